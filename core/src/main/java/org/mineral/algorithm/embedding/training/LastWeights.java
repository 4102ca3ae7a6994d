package org.mineral.algorithm.embedding.training;

import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** The vectors as the last step left them; the encoders have them. */
record LastWeights(Encoders encoders) implements WeightSelector {

    @Override
    public void after(int step, int steps) {}

    @Override
    public Matrix[] weights() {
        Matrix items = encoders.items().snapshot();
        return new Matrix[] {encoders.users().snapshot(), items};
    }

    @Override
    public void state(State state) {}
}
