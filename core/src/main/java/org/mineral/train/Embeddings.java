package org.mineral.train;

import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.optim.Optimizer;

/**
 * One side's parameters e and the vectors that are scored: e itself for dot products, e/|e| for cosines. Rows are
 * independent, so that threads may step different rows at the same time.
 */
final class Embeddings {

    /** A norm below this is taken for this, so that a zero row stays zero instead of NaN. */
    private static final float SMALLEST_NORM = 1e-12f;

    private final Matrix parameters;
    private final Matrix scored;
    private final boolean cosine;
    private final float regularization;
    private final Optimizer optimizer;
    private final Kernels kernels;
    private final float[] inverseNorms;

    Embeddings(Matrix parameters, boolean cosine, TrainOptions options, Kernels kernels) {
        this.parameters = parameters;
        this.scored = cosine ? parameters.copy() : parameters;
        this.cosine = cosine;
        this.regularization = (float) options.regularization();
        this.optimizer = Optimizer.of(options.optimizer(), parameters.rows(), parameters.stride());
        this.kernels = kernels;
        this.inverseNorms = new float[cosine ? parameters.rows() : 0];
        for (int row = 0; row < parameters.rows(); row++) {
            refresh(row);
        }
    }

    int rows() {
        return parameters.rows();
    }

    /** Padded dimension, the distance between rows. */
    int stride() {
        return parameters.stride();
    }

    /** What is scored, as a backing array of rows. */
    float[] scored() {
        return scored.values();
    }

    /** A copy of what is scored now. */
    Matrix snapshot() {
        return scored.copy();
    }

    /**
     * One optimiser step of one row.
     *
     * @param g derivative with respect to the scored row, at go; overwritten
     */
    void step(int row, float[] g, int go, double rate) {
        throughNormalisation(row, g, go);
        move(row, g, go, rate);
        refresh(row);
    }

    /**
     * One optimiser step of those of the rows first to first + count - 1 that are marked, from the first entry of
     * {@code touched} on. Each stage passes over all rows before the next begins: within one row each waits for the
     * one before, and the processor would wait with it.
     *
     * @param g derivatives with respect to the scored rows, one row after the other; overwritten
     */
    void steps(int first, int count, boolean[] touched, float[] g, double rate) {
        int n = stride();
        for (int r = 0; r < count; r++) {
            if (touched[r]) {
                throughNormalisation(first + r, g, r * n);
            }
        }
        for (int r = 0; r < count; r++) {
            if (touched[r]) {
                move(first + r, g, r * n, rate);
            }
        }
        for (int r = 0; r < count; r++) {
            if (touched[r]) {
                measure(first + r);
            }
        }
        for (int r = 0; r < count; r++) {
            if (touched[r]) {
                normalise(first + r);
            }
        }
    }

    private void move(int row, float[] g, int go, double rate) {
        int n = stride();
        float[] p = parameters.values();
        if (regularization != 0) {
            kernels.axpy(regularization, p, row * n, g, go, n);
        }
        optimizer.step(row, p, row * n, g, go, n, rate);
    }

    /** d/de = (g - (g . e/|e|) e/|e|) / |e|. */
    private void throughNormalisation(int row, float[] g, int go) {
        if (!cosine) {
            return;
        }
        int n = stride();
        int o = row * n;
        float[] unit = scored.values();
        float along = kernels.dot(g, go, unit, o, n);
        float inverseNorm = inverseNorms[row];
        for (int k = 0; k < n; k++) {
            g[go + k] = (g[go + k] - along * unit[o + k]) * inverseNorm;
        }
    }

    private void refresh(int row) {
        measure(row);
        normalise(row);
    }

    private void measure(int row) {
        if (cosine) {
            int n = stride();
            float[] p = parameters.values();
            float norm = (float) Math.sqrt(kernels.dot(p, row * n, p, row * n, n));
            inverseNorms[row] = 1 / Math.max(SMALLEST_NORM, norm);
        }
    }

    private void normalise(int row) {
        if (!cosine) {
            return;
        }
        int n = stride();
        int o = row * n;
        float[] p = parameters.values();
        float[] unit = scored.values();
        float inverse = inverseNorms[row];
        for (int k = 0; k < n; k++) {
            unit[o + k] = p[o + k] * inverse;
        }
    }
}
