package org.mineral.train;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.optim.Optimizer;

/**
 * One side's embeddings e and the vectors that are scored: e itself for dot products, e/|e| for cosines. The embeddings are
 * the parameters, or come from a {@link Propagation}, which then takes their derivatives. Where a user's e is more than their
 * parameters, it is as of the last {@link #follow}. Rows are independent, so that threads may step different rows at the
 * same time.
 */
final class Embeddings {

    /** A norm below this is taken for this, so that a zero row stays zero instead of NaN. */
    static final float SMALLEST_NORM = 1e-12f;

    private final Matrix parameters;
    private final Matrix scored;
    private final boolean cosine;
    private final float regularization;
    private final Optimizer optimizer;
    private final Kernels kernels;
    private final float[] inverseNorms;
    private final @Nullable History history;
    private final Propagation.@Nullable Side source;

    Embeddings(Matrix parameters, boolean cosine, TrainOptions options, Kernels kernels) {
        this(parameters, cosine, options, kernels, null, null);
    }

    /** @param source where the rows come from and their derivatives go, if they are no parameters themselves */
    Embeddings(
            Matrix parameters,
            boolean cosine,
            TrainOptions options,
            Kernels kernels,
            @Nullable History history,
            Propagation.@Nullable Side source) {
        this.source = source;
        this.parameters = parameters;
        this.scored = cosine || history != null ? parameters.copy() : parameters;
        this.cosine = cosine;
        this.regularization = (float) options.regularization();
        this.optimizer = Optimizer.of(options.optimizer(), source == null ? parameters.rows() : 0, parameters.stride());
        this.kernels = kernels;
        this.history = history;
        this.inverseNorms = new float[cosine ? parameters.rows() : 0];
        refresh(0, parameters.rows());
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

    @Nullable
    History history() {
        return history;
    }

    @Nullable
    Propagation propagation() {
        return source == null ? null : source.propagation();
    }

    /** A copy of what is scored now. */
    Matrix snapshot() {
        for (int row = 0; row < rows(); row++) {
            follow(row);
        }
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
        if (source == null) {
            refresh(row);
        }
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
        if (source != null) {
            return;
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

    /** The second half of a step, g being the derivative with respect to e. */
    void move(int row, float[] g, int go, double rate) {
        if (source != null) {
            source.collect(row, g, go);
            return;
        }
        int n = stride();
        float[] p = parameters.values();
        if (regularization != 0) {
            kernels.axpy(regularization, p, row * n, g, go, n);
        }
        optimizer.step(row, p, row * n, g, go, n, rate);
    }

    /** The first half of a step: d/de = (g - (g . e/|e|) e/|e|) / |e|. */
    void throughNormalisation(int row, float[] g, int go) {
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

    /** Brings e up to where the rows that it holds are now. */
    void follow(int row) {
        if (source != null) {
            source.follow(row);
        }
        if (history != null || source != null) {
            refresh(row);
        }
    }

    /** The same for a step, with whatever is left to chance in it. */
    void follow(int row, long seed) {
        if (source != null) {
            source.follow(row, seed);
        }
        if (history != null || source != null) {
            refresh(row);
        }
    }

    /** Brings what is scored of these rows up to their e. */
    void refresh(int from, int to) {
        for (int row = from; row < to; row++) {
            refresh(row);
        }
    }

    private void refresh(int row) {
        if (history != null) {
            history.sum(row, parameters.values(), scored.values());
        }
        measure(row);
        normalise(row);
    }

    private void measure(int row) {
        if (cosine) {
            int n = stride();
            float[] e = unscaled();
            float norm = (float) Math.sqrt(kernels.dot(e, row * n, e, row * n, n));
            inverseNorms[row] = 1 / Math.max(SMALLEST_NORM, norm);
        }
    }

    private void normalise(int row) {
        if (!cosine) {
            return;
        }
        int n = stride();
        int o = row * n;
        float[] e = unscaled();
        float[] unit = scored.values();
        float inverse = inverseNorms[row];
        for (int k = 0; k < n; k++) {
            unit[o + k] = e[o + k] * inverse;
        }
    }

    private float[] unscaled() {
        return history == null ? parameters.values() : scored.values();
    }
}
