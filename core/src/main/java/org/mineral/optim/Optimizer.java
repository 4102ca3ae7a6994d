package org.mineral.optim;

import org.mineral.linalg.Kernels;
import org.mineral.linalg.State;

/**
 * Moves rows of parameters along their gradients, and keeps what it remembers of each row. Rows are independent:
 * different rows may be stepped by different threads at the same time.
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

    /** Names what it remembers. */
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
