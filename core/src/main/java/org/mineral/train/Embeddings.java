package org.mineral.train;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.optim.Optimizer;

/**
 * One side's embeddings e and the vectors that are scored: e itself for dot products, e/|e| for cosines. The embeddings are
 * the parameters, or come from a {@link Propagation}, which then takes their derivatives. Where a user's e is more than their
 * parameters, it is as of the last {@link #follow}. Rows are independent, so that threads may step different rows at the
 * same time.
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
    private final @Nullable History history;
    private final Propagation.@Nullable Side source;
    private final @Nullable ItemBias bias;

    Embeddings(Matrix parameters, boolean cosine, TrainOptions options, Kernels kernels) {
        this(parameters, cosine, options, kernels, null, null, null);
    }

    /**
     * @param source where the rows come from and their derivatives go, if they are no parameters themselves
     * @param bias the coordinate that is an item's bias; null if there is none
     */
    Embeddings(
            Matrix parameters,
            boolean cosine,
            TrainOptions options,
            Kernels kernels,
            @Nullable History history,
            Propagation.@Nullable Side source,
            @Nullable ItemBias bias) {
        this.source = source;
        this.bias = bias;
        this.parameters = parameters;
        this.scored = cosine || history != null || bias != null ? parameters.copy() : parameters;
        this.cosine = cosine;
        this.regularization = (float) options.regularization();
        this.optimizer =
                Optimizer.of(options.optimizer(), source == null ? parameters.rows() : 0, parameters.stride(), kernels);
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

    /** The parameters themselves; not for rows that come from a {@link Propagation}. */
    Matrix parameters() {
        return parameters;
    }

    /** Names parameters and what the optimiser remembers of them; to be put back after what the vectors are made of besides. */
    void state(State state) {
        if (source == null) {
            state.floats("parameters", parameters.values());
            optimizer.state(state.under("optimizer"));
        }
        if (state.restores()) {
            refresh(0, rows());
        }
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
        if (bias == null) {
            throughNorm(row, g, go);
            return;
        }
        int at = go + bias.column();
        float own = g[at];
        g[at] = 0;
        throughNorm(row, g, go);
        g[at] = bias.slope() * own;
    }

    private void throughNorm(int row, float[] g, int go) {
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
            inverseNorms[row] = inverseNorm(unscaled(), row * n);
        }
    }

    private void normalise(int row) {
        if (!cosine && bias == null) {
            return;
        }
        int n = stride();
        int o = row * n;
        float[] e = unscaled();
        float[] unit = scored.values();
        float inverse = cosine ? inverseNorms[row] : 1;
        for (int k = 0; k < n; k++) {
            unit[o + k] = e[o + k] * inverse;
        }
        if (bias != null) {
            unit[o + bias.column()] = bias.scored(parameters.values()[o + bias.column()]);
        }
    }

    /** 1/|e|, of a row that begins at o, without the bias. */
    private float inverseNorm(float[] e, int o) {
        int n = stride();
        float own = 0;
        if (bias != null) {
            own = e[o + bias.column()];
            e[o + bias.column()] = 0;
        }
        float norm = (float) Math.sqrt(kernels.dot(e, o, e, o, n));
        if (bias != null) {
            e[o + bias.column()] = own;
        }
        return 1 / Math.max(SMALLEST_NORM, norm);
    }

    /** No cosine, bias included, is above this. */
    float bound() {
        float most = 0;
        for (int row = 0; bias != null && row < rows(); row++) {
            float own = scored.values()[row * stride() + bias.column()];
            most = row == 0 ? own : Math.max(most, own);
        }
        return 1 + most;
    }

    /** Makes means of scored rows what would be scored: for cosines of unit length again, a bias as it is. */
    void normalise(Matrix means) {
        float[] e = means.values();
        int n = stride();
        for (int o = 0; cosine && o < e.length; o += n) {
            float inverse = inverseNorm(e, o);
            float own = bias == null ? 0 : e[o + bias.column()];
            for (int k = 0; k < n; k++) {
                e[o + k] *= inverse;
            }
            if (bias != null) {
                e[o + bias.column()] = own;
            }
        }
    }

    private float[] unscaled() {
        return history == null ? parameters.values() : scored.values();
    }
}
