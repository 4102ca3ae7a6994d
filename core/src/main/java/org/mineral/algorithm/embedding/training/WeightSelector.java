package org.mineral.algorithm.embedding.training;

import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** Which vectors of a run are its result. */
interface WeightSelector {

    /** To be called after each of an epoch's steps, counted from 0. */
    void after(int step, int steps);

    /** What the run has come to: copies of the users' and the items' vectors, in this order. */
    Matrix[] weights();

    void state(State state);

    /** The last ones. */
    static WeightSelector last(Encoders encoders) {
        return new WeightSelector() {
            @Override
            public void after(int step, int steps) {
                // The encoders have them.
            }

            @Override
            public Matrix[] weights() {
                Matrix items = encoders.items().snapshot();
                return new Matrix[] {encoders.users().snapshot(), items};
            }

            @Override
            public void state(State state) {
                // Nothing of its own.
            }
        };
    }
}
