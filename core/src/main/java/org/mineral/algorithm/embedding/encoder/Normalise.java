package org.mineral.algorithm.embedding.encoder;

import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * Vectors at unit length, {@code e/|e|}, so that dot products are cosines. A bias column is not part of the norm and passes unchanged.
 *
 * <p>The derivative is {@code dl/de = (g - (g . e/|e|) e/|e|) / |e|}, with g that of the unit vector.
 */
final class Normalise extends EncoderLayer {

    /** Lower bound of norms, so that a zero row stays zero instead of NaN. */
    private static final float SMALLEST_NORM = 1e-12f;

    private final Matrix vectors;
    private final int skipped;
    private final float[] inverseNorms;
    private final Kernels kernels;

    /** Of whole rows. */
    Normalise(Encoder below, Kernels kernels) {
        this(below, -1, kernels);
    }

    private Normalise(Encoder below, int skipped, Kernels kernels) {
        super(below);
        this.vectors = output(below);
        this.skipped = skipped;
        this.inverseNorms = new float[vectors.rows()];
        this.kernels = kernels;
    }

    /** Of all columns but the last. */
    static Normalise butLast(Encoder below, Kernels kernels) {
        return new Normalise(below, below.vectors().columns() - 1, kernels);
    }

    @Override
    public Matrix vectors() {
        return vectors;
    }

    /**
     * Each stage processes all rows before the next starts, because within a row the stages depend on each other and would stall the
     * processor.
     */
    @Override
    public void forward(RowSet rows, StepContext step) {
        below.forward(rows, step);
        float[] e = below.vectors().values();
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                inverseNorms[rows.first() + r] = inverseNorm(e, (rows.first() + r) * n);
            }
        }
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                int row = rows.first() + r;
                scale(e, vectors.values(), row * n, inverseNorms[row]);
            }
        }
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                backward(rows.first() + r, g, r * n);
            }
        }
        below.backward(rows, g, step);
    }

    private void backward(int row, float[] g, int go) {
        if (skipped < 0) {
            project(row, g, go);
            return;
        }
        float own = g[go + skipped];
        g[go + skipped] = 0;
        project(row, g, go);
        g[go + skipped] = own;
    }

    private void project(int row, float[] g, int go) {
        int n = vectors.stride();
        int o = row * n;
        float[] unit = vectors.values();
        float along = kernels.dot(g, go, unit, o, n);
        float inverseNorm = inverseNorms[row];
        for (int k = 0; k < n; k++) {
            g[go + k] = (g[go + k] - along * unit[o + k]) * inverseNorm;
        }
    }

    private void scale(float[] from, float[] to, int o, float by) {
        int n = vectors.stride();
        float own = skipped < 0 ? 0 : from[o + skipped];
        for (int k = 0; k < n; k++) {
            to[o + k] = from[o + k] * by;
        }
        if (skipped >= 0) {
            to[o + skipped] = own;
        }
    }

    /** 1/|e|, of a row that begins at o. */
    private float inverseNorm(float[] e, int o) {
        int n = vectors.stride();
        float own = 0;
        if (skipped >= 0) {
            own = e[o + skipped];
            e[o + skipped] = 0;
        }
        float norm = (float) Math.sqrt(kernels.dot(e, o, e, o, n));
        if (skipped >= 0) {
            e[o + skipped] = own;
        }
        return 1 / Math.max(SMALLEST_NORM, norm);
    }

    @Override
    public float norm(int row) {
        return 1 / inverseNorms[row];
    }

    @Override
    public float bound() {
        return 1;
    }

    @Override
    public void project(Matrix means) {
        float[] e = means.values();
        for (int o = 0; o < e.length; o += means.stride()) {
            scale(e, e, o, inverseNorm(e, o));
        }
    }

    @Override
    public long bytes() {
        return below.bytes() + outputBytes(below) + (long) Float.BYTES * inverseNorms.length;
    }
}
