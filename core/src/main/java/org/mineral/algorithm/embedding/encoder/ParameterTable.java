package org.mineral.algorithm.embedding.encoder;

import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.optim.Optimizer;

/** A table of parameters with its optimiser; the gradient of a row is derivative + r p, with r the setting {@code regularization}. */
public final class ParameterTable {

    private final Matrix values;
    private final Optimizer optimizer;
    private final float regularization;
    private final Kernels kernels;
    private final Optimizer.Kind kind;

    /** @param values initial parameters, updated in place */
    public ParameterTable(Matrix values, TrainOptions options, Kernels kernels) {
        this(values, options.optimization().optimizer(), options.optimization().regularization(), kernels);
    }

    ParameterTable(Matrix values, Optimizer.Kind kind, double regularization, Kernels kernels) {
        this.values = values;
        this.kind = kind;
        this.optimizer = Optimizer.of(kind, values.rows(), values.stride(), kernels);
        this.regularization = (float) regularization;
        this.kernels = kernels;
    }

    public Matrix values() {
        return values;
    }

    /**
     * One step of one row.
     *
     * @param g derivative, at go; overwritten
     */
    public void move(int row, float[] g, int go, double rate) {
        int n = values.stride();
        float[] p = values.values();
        if (regularization != 0) {
            kernels.axpy(regularization, p, row * n, g, go, n);
        }
        optimizer.step(row, p, row * n, g, go, n, rate);
    }

    public void state(State state) {
        state.floats("parameters", values.values());
        optimizer.state(state.under("optimizer"));
    }

    public long bytes() {
        return bytes(values.rows(), values.columns(), kind);
    }

    /** Bytes of a table of this shape with its optimiser state. */
    public static long bytes(long rows, int columns, Optimizer.Kind kind) {
        long table = Float.BYTES * rows * Matrix.pad(columns);
        return switch (kind) {
            case ADAM -> 3 * table + Integer.BYTES * rows;
            case ADAGRAD -> 2 * table;
            case SGD -> table;
        };
    }
}
