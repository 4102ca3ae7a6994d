package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;

/**
 * Vectors that are sums of a row's own and those of its attributes: {@code e_i = s_i q_i + sum over a of x_ia w_a}, q the vectors of the encoder
 * below, W a table of parameters, attributes x d, that starts at 0. A bias, if there is one, is the row's own and nothing else: attributes of popular
 * rows would learn that these are popular, which their own biases say better.
 *
 * <p>{@code dl/dw_a = sum over i of x_ia dl/de_i} is collected, summed over rows by ascending index, and applied when the step ends. The sums are
 * taken row by row, as the derivatives lie in memory, each thread for some of the attributes: there are fewer attributes than rows as a rule, so
 * that their sums are nearer to the processor.
 */
final class AttributeSum extends EncoderLayer {

    /** Attributes that are one task. */
    private static final int CHUNK = 64;

    private final SparseMatrix x;
    private final float[] scales;

    /** The coordinate of the bias; -1 if there is none. */
    private final int bias;

    private final ParameterTable table;
    private final Workers workers;
    private final Kernels kernels;
    private final Matrix vectors;

    /** dl/de_i of the rows of the step that have attributes, and whether there is any. */
    private final Matrix gradients;

    private final boolean[] touched;

    /** dl/dw_a of the step's attributes, otherwise 0. */
    private final Matrix sums;

    private final boolean[] summed;

    /** Each thread sums the attributes from one bound to the next; each part has about as many entries. */
    private final int[] bounds;

    /**
     * @param x rows x attributes
     * @param scales s, one for each row
     * @param biased whether the last coordinate is a bias
     * @param table W, zeros at the start
     */
    AttributeSum(
            Encoder own,
            SparseMatrix x,
            float[] scales,
            boolean biased,
            ParameterTable table,
            Workers workers,
            Kernels kernels) {
        super(own);
        this.bias = biased ? own.vectors().columns() - 1 : -1;
        this.x = x;
        this.scales = scales;
        this.table = table;
        this.workers = workers;
        this.kernels = kernels;
        this.vectors = output(own);
        this.gradients = new Matrix(vectors.rows(), vectors.columns());
        this.touched = new boolean[vectors.rows()];
        this.sums = new Matrix(x.columns(), vectors.columns());
        this.summed = new boolean[x.columns()];
        this.bounds = bounds(x.entries(), workers.threads());
    }

    private static int[] bounds(Interactions entries, int parts) {
        int[] counts = entries.itemCounts();
        int[] bounds = new int[parts + 1];
        long passed = 0;
        int part = 1;
        for (int a = 0; a < counts.length; a++) {
            passed += counts[a];
            while (part < parts && passed * parts >= (long) part * entries.size()) {
                bounds[part++] = a + 1;
            }
        }
        Arrays.fill(bounds, part, parts + 1, counts.length);
        return bounds;
    }

    @Override
    public Matrix vectors() {
        return vectors;
    }

    @Override
    public boolean collects() {
        return true;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        below.forward(rows, step);
        float[] from = below.vectors().values();
        float[] to = vectors.values();
        float[] w = table.values().values();
        int n = vectors.stride();
        Interactions entries = x.entries();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                int row = rows.first() + r;
                float scale = scales[row];
                for (int k = row * n; k < (row + 1) * n; k++) {
                    to[k] = scale * from[k];
                }
                kernels.addWeightedRows(
                        x.values(), w, n, entries.columns(), entries.begin(row), entries.end(row), to, row * n);
                if (bias >= 0) {
                    to[row * n + bias] = from[row * n + bias];
                }
            }
        }
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                int row = rows.first() + r;
                System.arraycopy(g, r * n, gradients.values(), row * n, n);
                touched[row] = true;
                float scale = scales[row];
                float ofBias = bias < 0 ? 0 : g[r * n + bias];
                for (int k = r * n; k < (r + 1) * n; k++) {
                    g[k] *= scale;
                }
                if (bias >= 0) {
                    g[r * n + bias] = ofBias;
                    gradients.values()[row * n + bias] = 0;
                }
            }
        }
        below.backward(rows, g, step);
    }

    @Override
    public void step(StepContext step) {
        below.step(step);
        int n = vectors.stride();
        workers.run(bounds.length - 1, (part, worker) -> sum(bounds[part], bounds[part + 1]));
        Arrays.fill(touched, false);
        int attributes = x.columns();
        workers.run((attributes + CHUNK - 1) / CHUNK, (chunk, worker) -> {
            for (int a = chunk * CHUNK; a < Math.min(attributes, (chunk + 1) * CHUNK); a++) {
                if (summed[a]) {
                    table.move(a, sums.values(), a * n, step.rate());
                    Arrays.fill(sums.values(), a * n, (a + 1) * n, 0);
                    summed[a] = false;
                }
            }
        });
    }

    /** Sums the derivatives of these attributes. */
    private void sum(int first, int end) {
        Interactions entries = x.entries();
        int[] columns = entries.columns();
        int n = vectors.stride();
        for (int row = 0; row < touched.length; row++) {
            if (touched[row]) {
                int from = place(columns, entries.begin(row), entries.end(row), first);
                int to = place(columns, from, entries.end(row), end);
                for (int k = from; k < to; k++) {
                    summed[columns[k]] = true;
                }
                kernels.addToRows(x.values(), gradients.values(), row * n, n, columns, from, to, sums.values());
            }
        }
    }

    /** Of the first of a row's entries whose column is not below a bound. */
    private static int place(int[] columns, int from, int to, int bound) {
        int at = Arrays.binarySearch(columns, from, to, bound);
        return at < 0 ? -at - 1 : at;
    }

    @Override
    public float bound() {
        return Float.POSITIVE_INFINITY;
    }

    @Override
    public void state(State state) {
        below.state(state);
        table.state(state.under("attributes"));
    }

    @Override
    public long bytes() {
        return below.bytes()
                + outputBytes(below)
                + table.bytes()
                + (long) Float.BYTES * (scales.length + gradients.values().length + sums.values().length)
                + touched.length
                + summed.length
                + (long) Integer.BYTES * bounds.length;
    }

    @Override
    public boolean folded() {
        return true;
    }
}
