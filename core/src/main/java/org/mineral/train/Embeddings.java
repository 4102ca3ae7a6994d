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
        int n = stride();
        int o = row * n;
        float[] p = parameters.values();
        if (cosine) {
            throughNormalisation(g, go, o, kernels.dot(g, go, scored.values(), o, n), inverseNorms[row]);
        }
        if (regularization != 0) {
            kernels.axpy(regularization, p, o, g, go, n);
        }
        optimizer.step(row, p, o, g, go, n, rate);
        refresh(row);
    }

    /** d/de = (g - (g . e/|e|) e/|e|) / |e|. */
    private void throughNormalisation(float[] g, int go, int o, float along, float inverseNorm) {
        float[] unit = scored.values();
        int n = stride();
        for (int k = 0; k < n; k++) {
            g[go + k] = (g[go + k] - along * unit[o + k]) * inverseNorm;
        }
    }

    private void refresh(int row) {
        if (!cosine) {
            return;
        }
        int n = stride();
        int o = row * n;
        float[] p = parameters.values();
        float[] unit = scored.values();
        float inverse = 1 / Math.max(SMALLEST_NORM, (float) Math.sqrt(kernels.dot(p, o, p, o, n)));
        inverseNorms[row] = inverse;
        for (int k = 0; k < n; k++) {
            unit[o + k] = p[o + k] * inverse;
        }
    }
}
