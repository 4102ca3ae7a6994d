package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.List;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Inflow;
import org.mineral.algorithm.embedding.encoder.ParameterTable;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;

/**
 * Vectors of the contexts of a step: a {@link HistorySum} of each. An item's context vector is {@code c q_i + p_i}, q_i the vector that it is
 * scored by and c the setting {@code shared}: what is learnt of a rare item in one place serves in the other.
 *
 * <p>Its parameters are P, I x d, and W, the weights of positions. Their derivatives for a context with derivative g are {@code dl/dp_i(k) = w_b(k) *
 * g} and {@code dl/dw_b = sum of (c q + p)_i(k) * g over its distances k}; they are collected, and both tables move at the end of the step. c times the
 * derivatives of P go to the scored items, too ({@link Inflow}).
 */
final class ContextEncoder implements Encoder, Inflow {

    private static final int STRIP = ContextEntries.STRIP;

    private final ContextEntries entries;
    private final Rows items;
    private final Rows positions;
    private final HistorySum sum;
    private final boolean allMove;
    private final Workers workers;
    private final Matrix vectors;
    private final Encoder scored;
    private final float shared;
    private final float[] passed;

    /** The context vector of each entry, as the step met it. */
    private float[] gathered = new float[0];

    private final float[] positionGradients;
    private final float[][] stripGradients;

    /** What is done with the derivatives of a row of P or W. */
    interface Rows {

        /** @param g derivative, at go; may be overwritten */
        void move(int row, float[] g, int go, double rate);

        /** Registers what it remembers. */
        void state(State state);

        long bytes();

        /** A table that steps along them. */
        static Rows of(ParameterTable table) {
            return new Rows() {
                @Override
                public void move(int row, float[] g, int go, double rate) {
                    table.move(row, g, go, rate);
                }

                @Override
                public void state(State state) {
                    table.state(state);
                }

                @Override
                public long bytes() {
                    return table.bytes();
                }
            };
        }
    }

    /**
     * @param p first context vectors, I x d; trained in place
     * @param w first weights, buckets x d; trained in place
     * @param scored the items' vectors
     * @param rows most rows of a step
     * @param allMove whether context vectors without a derivative go on with their momentum; otherwise they rest
     */
    ContextEncoder(
            Contexts contexts,
            SequenceOptions rowOptions,
            TrainOptions options,
            Matrix p,
            Matrix w,
            Encoder scored,
            int rows,
            boolean allMove,
            Workers workers,
            Kernels kernels) {
        this(
                contexts,
                rowOptions,
                new HistorySum(p, w),
                Rows.of(new ParameterTable(p, options, kernels)),
                Rows.of(new ParameterTable(w, options, kernels)),
                scored,
                rows,
                allMove,
                workers);
    }

    /**
     * @param sum P and W
     * @param items takes the derivatives of P
     * @param positions takes the derivatives of W
     */
    ContextEncoder(
            Contexts contexts,
            SequenceOptions rowOptions,
            HistorySum sum,
            Rows items,
            Rows positions,
            Encoder scored,
            int rows,
            boolean allMove,
            Workers workers) {
        Matrix p = sum.items();
        this.entries = new ContextEntries(contexts, rowOptions.contextDropout(), rows);
        this.items = items;
        this.positions = positions;
        this.sum = sum;
        this.scored = scored;
        this.shared = (float) rowOptions.shared();
        this.allMove = allMove;
        this.workers = workers;
        this.vectors = new Matrix(rows, p.columns());
        this.passed = new float[vectors.values().length];
        this.positionGradients = new float[sum.weights().values().length];
        this.stripGradients = new float[workers.threads()][STRIP * p.stride()];
    }

    @Override
    public Matrix vectors() {
        return vectors;
    }

    @Override
    public boolean temporary() {
        return true;
    }

    @Override
    public boolean ofStep() {
        return true;
    }

    @Override
    public boolean collects() {
        return true;
    }

    @Override
    public boolean prepare(StepContext step) {
        entries.fill(step);
        int size = Math.multiplyExact(entries.capacity(), vectors.stride());
        if (gathered.length < size) {
            gathered = new float[size];
        }
        return false;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        int n = vectors.stride();
        float[] to = vectors.values();
        for (int r = 0; r < rows.count(); r++) {
            int slot = rows.first() + r;
            if (rows.marked[r]) {
                Arrays.fill(to, slot * n, (slot + 1) * n, 0);
                for (int e = entries.begin(slot); e < entries.begin(slot + 1); e++) {
                    if (entries.item(e) >= 0) {
                        gather(entries.item(e), e * n);
                        int w = sum.weights().offset(entries.bucket(e));
                        multiply(sum.weights().values(), w, gathered, e * n, to, slot * n, n);
                    }
                }
            }
        }
    }

    private void gather(int item, int to) {
        int n = vectors.stride();
        System.arraycopy(sum.items().values(), item * n, gathered, to, n);
        if (shared != 0) {
            float[] q = scored.vectors().values();
            for (int c = 0; c < n; c++) {
                gathered[to + c] += shared * q[item * n + c];
            }
        }
    }

    @Override
    public void backward(RowSet rows, float[] g, StepContext step) {
        int n = vectors.stride();
        for (int r = 0; r < rows.count(); r++) {
            if (rows.marked[r]) {
                System.arraycopy(g, r * n, passed, (rows.first() + r) * n, n);
            }
        }
    }

    /** P moves strip by strip while its derivatives are in cache, W after that, because P's derivatives need it as it was. */
    @Override
    public void step(StepContext step) {
        int size = step.rows().length;
        workers.run(sum.weights().rows(), (bucket, worker) -> addPositions(bucket, size));
        workers.run(entries.strips(), (strip, worker) -> moveStrip(strip, stripGradients[worker], step.rate()));
        for (int bucket = 0; bucket < sum.weights().rows(); bucket++) {
            positions.move(bucket, positionGradients, sum.weights().offset(bucket), step.rate());
        }
    }

    private void addPositions(int bucket, int rows) {
        int n = vectors.stride();
        int to = sum.weights().offset(bucket);
        Arrays.fill(positionGradients, to, to + n, 0);
        for (int s = 0; s < rows; s++) {
            int begin = entries.begin(s);
            int length = entries.begin(s + 1) - begin;
            for (int k = first(bucket); k < length && HistorySum.bucket(k) == bucket; k++) {
                if (entries.item(begin + k) >= 0) {
                    multiply(gathered, (begin + k) * n, passed, s * n, positionGradients, to, n);
                }
            }
        }
    }

    private static int first(int bucket) {
        return bucket < HistorySum.SINGLE ? bucket : HistorySum.SINGLE << (bucket - HistorySum.SINGLE);
    }

    private void moveStrip(int strip, float[] gradients, double rate) {
        int n = vectors.stride();
        int first = strip * STRIP;
        int count = Math.min(STRIP, sum.items().rows() - first);
        boolean[] touched = new boolean[count];
        Arrays.fill(gradients, 0, count * n, 0);
        float[] w = sum.weights().values();
        for (int k = entries.stripBegin(strip); k < entries.stripBegin(strip + 1); k++) {
            int e = entries.byStrip(k);
            int local = entries.item(e) - first;
            touched[local] = true;
            multiply(w, sum.weights().offset(entries.bucket(e)), passed, entries.slot(e) * n, gradients, local * n, n);
        }
        for (int local = 0; local < count; local++) {
            if (allMove || touched[local]) {
                items.move(first + local, gradients, local * n, rate);
            }
        }
    }

    /** {@code to += a * b}, coordinate by coordinate. */
    private static void multiply(float[] a, int ao, float[] b, int bo, float[] to, int at, int n) {
        for (int c = 0; c < n; c++) {
            to[at + c] += a[ao + c] * b[bo + c];
        }
    }

    @Override
    public List<Inflow> inflows(Encoder source) {
        return shared != 0 && source == scored ? List.of(this) : List.of();
    }

    @Override
    public int begin(StepContext step, int strip) {
        return entries.stripBegin(strip);
    }

    @Override
    public int add(StepContext step, int slot, int from, int strip, float[] gradients, boolean[] touched) {
        int n = vectors.stride();
        float[] w = sum.weights().values();
        int k = from;
        for (; k < entries.stripBegin(strip + 1) && entries.slot(entries.byStrip(k)) == slot; k++) {
            int e = entries.byStrip(k);
            int local = entries.item(e) - strip * STRIP;
            int wo = sum.weights().offset(entries.bucket(e));
            touched[local] = true;
            for (int c = 0; c < n; c++) {
                gradients[local * n + c] += shared * w[wo + c] * passed[slot * n + c];
            }
        }
        return k;
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
        items.state(state.under("context"));
        positions.state(state.under("positions"));
    }

    @Override
    public long bytes() {
        return items.bytes()
                + positions.bytes()
                + Float.BYTES
                        * ((long) vectors.values().length + passed.length + positionGradients.length + gathered.length)
                + entries.bytes();
    }

    @Override
    public boolean folded() {
        return true;
    }
}
