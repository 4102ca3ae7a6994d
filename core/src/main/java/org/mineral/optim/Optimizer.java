package org.mineral.optim;

import org.mineral.linalg.Kernels;
import org.mineral.linalg.State;

/**
 * Updates rows of parameters by their gradients, and keeps the state of each row (moments, step counts). Rows are independent: threads may
 * update different rows at the same time.
 */
public interface Optimizer {

    enum Kind {
        ADAM,
        ADAGRAD,
        SGD
    }

    /**
     * One step of one row.
     *
     * @param row which row of the table
     * @param p parameters, changed; this row's n values begin at po
     * @param g gradient of the objective, same shape, at go
     * @param rate learning rate of this step
     */
    void step(int row, float[] p, int po, float[] g, int go, int n, double rate);

    /** Registers moments and step counts with the checkpoint. */
    void state(State state);

    /** For a table of {@code rows} rows of {@code width} values. */
    static Optimizer of(Kind kind, int rows, int width, Kernels kernels) {
        return switch (kind) {
            case ADAM -> new Adam(rows, width, kernels);
            case ADAGRAD -> new AdaGrad(rows, width);
            case SGD -> new Sgd();
        };
    }
}
