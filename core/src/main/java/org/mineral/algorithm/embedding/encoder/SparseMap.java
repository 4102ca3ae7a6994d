package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/**
 * Vectors that are sums of another encoder's: {@code e = A x, a_ui = r_u v_ui c_i}, with x the vectors of the source, whose rows are the
 * columns of A. For example a user's items, or an item's attributes.
 *
 * <p>It has no parameters. Its derivatives, {@code A^T dl/de}, are added to those of the source's rows ({@link Inflow}).
 */
final class SparseMap implements Encoder, Inflow {

    private static final int STRIP = Kernels.STRIP;

    private final Interactions entries;
    private final float @Nullable [] values;
    private final float[] rowScales;
    private final float[] columnScales;
    private final Encoder source;
    private final Kernels kernels;

    /** By slot of the step: r_u dl/de_u. */
    private float[] passed = new float[0];

    /** Allocated only outside a sum; a sum provides the space for its parts. */
    private Matrix vectors = new Matrix(0, 0);

    /**
     * @param entries the non-zero entries of A
     * @param values v, one for each entry; null if all are 1
     * @param rowScales r, one for each row
     * @param columnScales c, one a column
     * @param source rows are columns of A
     */
    SparseMap(
            Interactions entries,
            float @Nullable [] values,
            float[] rowScales,
            float[] columnScales,
            Encoder source,
            Kernels kernels) {
        this.entries = entries;
        this.values = values;
        this.rowScales = rowScales;
        this.columnScales = columnScales;
        this.source = source;
        this.kernels = kernels;
    }

    @Override
    public Matrix vectors() {
        if (vectors.rows() != rowScales.length) {
            vectors = new Matrix(rowScales.length, source.vectors().columns());
        }
        return vectors;
    }

    @Override
    public boolean temporary() {
        return true;
    }

    @Override
    public boolean collects() {
        return false;
    }

    @Override
    public boolean prepare(StepContext step) {
        step.entries(entries);
        int size = step.rows().length * source.vectors().stride();
        if (passed.length < size) {
            passed = new float[size];
        }
        return false;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        Matrix to = vectors();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                int o = to.offset(rows.first() + r);
                Arrays.fill(to.values(), o, o + to.stride(), 0);
            }
        }
        add(rows, to);
    }

    /** Adds these rows of A x to those of {@code to}. */
    void add(RowSet rows, Matrix to) {
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                add(rows.first() + r, to.values(), to.offset(rows.first() + r));
            }
        }
    }

    private void add(int row, float[] to, int at) {
        float[] x = source.vectors().values();
        int n = source.vectors().stride();
        int[] columns = entries.columns();
        int begin = entries.begin(row);
        int end = entries.end(row);
        float scale = rowScales[row];
        if (values == null) {
            kernels.addRows(scale, columnScales, x, n, columns, begin, end, to, at);
            return;
        }
        for (int k = begin; k < end; k++) {
            int column = columns[k];
            kernels.axpy(scale * columnScales[column] * values[k], x, column * n, to, at, n);
        }
    }

    /** Stores r_u dl/de_u until the source's rows are processed; does not change g. */
    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = source.vectors().stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                float scale = rowScales[rows.first() + r];
                int to = (rows.slot() + r) * n;
                for (int k = 0; k < n; k++) {
                    passed[to + k] = scale * g[r * n + k];
                }
            }
        }
    }

    @Override
    public void step(StepContext step) {
        // There are no parameters.
    }

    @Override
    public List<Inflow> inflows(Encoder of) {
        return of == source ? List.of(this) : List.of();
    }

    @Override
    public int begin(StepContext step, int strip) {
        return step.entries(entries).stripBegin[strip];
    }

    @Override
    public int add(StepContext step, int slot, int from, int strip, float[] gradients, boolean[] touched) {
        UserBlock block = step.entries(entries);
        int n = source.vectors().stride();
        int end = block.stripBegin[strip + 1];
        int p = from;
        for (; p < end && block.owner[block.byStrip[p]] == slot; p++) {
            int k = block.byStrip[p];
            int column = block.items[k];
            int local = column - strip * STRIP;
            float value = values == null ? 1 : values[entries.begin(step.rows()[slot]) + k - block.begin[slot]];
            touched[local] = true;
            kernels.axpy(columnScales[column] * value, passed, slot * n, gradients, local * n, n);
        }
        return p;
    }

    @Override
    public float bound() {
        return Float.POSITIVE_INFINITY;
    }

    @Override
    public void project(Matrix means) {
        // Any vector is one.
    }

    @Override
    public void state(State state) {
        // Everything is the source's.
    }

    @Override
    public long bytes() {
        return Float.BYTES * ((long) rowScales.length + columnScales.length + passed.length + vectors.values().length);
    }

    @Override
    public boolean folded() {
        return true;
    }
}
