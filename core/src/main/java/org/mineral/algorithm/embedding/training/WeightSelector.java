package org.mineral.algorithm.embedding.training;

import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** Which vectors of a run's steps are its result: the last ones, or averages. Of which epoch is {@link BestWeights}' to say. */
interface WeightSelector {

    /** To be called after each of an epoch's steps, counted from 0. */
    void after(int step, int steps);

    /** The result: copies of the users' and the items' vectors, and of further tables, in this order. */
    Matrix[] weights();

    /** Registers what it remembers from step to step. */
    void state(State state);
}
