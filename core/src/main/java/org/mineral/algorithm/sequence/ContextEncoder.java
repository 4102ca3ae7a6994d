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
import org.mineral.random.Random64;

/**
 * Vectors of the contexts of a step: a {@link HistorySum} of each. An item's context vector is {@code c q_i + p_i}, q_i the vector that it is
 * scored by and c the setting {@code shared}: what is learnt of a rare item in one place serves in the other.
 *
 * <p>Its parameters are P, I x d, and W, the weights of positions. Their derivatives for a context with derivative g are {@code dl/dp_i(k) = w_b(k) *
 * g} and {@code dl/dw_b = sum of (c q + p)_i(k) * g over its distances k}; they are collected, and both tables move at the end of the step. c times the
 * derivatives of P go to the scored items, too ({@link Inflow}).
 */
final class ContextEncoder implements Encoder, Inflow {

    private static final int STRIP = Kernels.STRIP;

    private final Contexts contexts;
    private final double dropout;
    private final ParameterTable items;
    private final ParameterTable positions;
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

    /** Entries of the step's contexts: those of slot s are at begin[s] to begin[s + 1], the last item first. */
    private final int[] begin;

    /** The item of each entry; -1 where it is left out. */
    private int[] entries = new int[0];

    private int[] slots = new int[0];

    /** Entries ordered by strips of items; those of a strip are at stripBegin[strip] to stripBegin[strip + 1]. */
    private int[] byStrip = new int[0];

    private final int[] stripBegin;

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
        this.contexts = contexts;
        this.dropout = rowOptions.contextDropout();
        this.items = new ParameterTable(p, options, kernels);
        this.positions = new ParameterTable(w, options, kernels);
        this.sum = new HistorySum(p, w);
        this.scored = scored;
        this.shared = (float) rowOptions.shared();
        this.allMove = allMove;
        this.workers = workers;
        this.vectors = new Matrix(rows, p.columns());
        this.passed = new float[vectors.values().length];
        this.positionGradients = new float[w.values().length];
        this.stripGradients = new float[workers.threads()][STRIP * p.stride()];
        this.begin = new int[rows + 1];
        this.stripBegin = new int[strips() + 1];
    }

    private int strips() {
        return (sum.items().rows() + STRIP - 1) / STRIP;
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
        int[] rows = step.rows();
        for (int s = 0; s < rows.length; s++) {
            begin[s + 1] = begin[s] + contexts.length(rows[s]);
        }
        int size = begin[rows.length];
        if (entries.length < size) {
            entries = new int[size * 3 / 2];
            slots = new int[entries.length];
            byStrip = new int[entries.length];
            gathered = new float[Math.multiplyExact(entries.length, vectors.stride())];
        }
        for (int s = 0; s < rows.length; s++) {
            for (int e = begin[s]; e < begin[s + 1]; e++) {
                slots[e] = s;
                entries[e] = contexts.item(rows[s], e - begin[s]);
            }
            if (dropout > 0 && step.training()) {
                leaveOut(s, step.seed() + 31L * rows[s]);
            }
        }
        sort(size);
        return false;
    }

    /** Never all of a context. */
    private void leaveOut(int slot, long seed) {
        int kept = 0;
        for (int e = begin[slot]; e < begin[slot + 1]; e++) {
            double uniform = (Random64.mix(seed + 0x9e3779b97f4a7c15L * (e - begin[slot] + 1)) >>> 11) * 0x1p-53;
            boolean last = e == begin[slot + 1] - 1 && kept == 0;
            if (uniform < dropout && !last) {
                entries[e] = -1;
            } else {
                kept++;
            }
        }
    }

    /** By strips, within one in the order of entries. */
    private void sort(int size) {
        Arrays.fill(stripBegin, 0);
        for (int e = 0; e < size; e++) {
            if (entries[e] >= 0) {
                stripBegin[entries[e] / STRIP + 1]++;
            }
        }
        for (int s = 1; s < stripBegin.length; s++) {
            stripBegin[s] += stripBegin[s - 1];
        }
        // Afterwards each start has moved to its end, so the starts are shifted back by one.
        for (int e = 0; e < size; e++) {
            if (entries[e] >= 0) {
                byStrip[stripBegin[entries[e] / STRIP]++] = e;
            }
        }
        System.arraycopy(stripBegin, 0, stripBegin, 1, stripBegin.length - 1);
        stripBegin[0] = 0;
    }

    @Override
    public void forward(RowSet rows, StepContext step) {
        int n = vectors.stride();
        float[] to = vectors.values();
        for (int r = 0; r < rows.count(); r++) {
            int slot = rows.first() + r;
            if (rows.marked[r]) {
                Arrays.fill(to, slot * n, (slot + 1) * n, 0);
                for (int e = begin[slot]; e < begin[slot + 1]; e++) {
                    if (entries[e] >= 0) {
                        gather(entries[e], e * n);
                        int w = sum.weights().offset(HistorySum.bucket(e - begin[slot]));
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
        workers.run(strips(), (strip, worker) -> moveStrip(strip, stripGradients[worker], step.rate()));
        for (int bucket = 0; bucket < sum.weights().rows(); bucket++) {
            positions.move(bucket, positionGradients, sum.weights().offset(bucket), step.rate());
        }
    }

    private void addPositions(int bucket, int rows) {
        int n = vectors.stride();
        int to = sum.weights().offset(bucket);
        Arrays.fill(positionGradients, to, to + n, 0);
        for (int s = 0; s < rows; s++) {
            int length = begin[s + 1] - begin[s];
            for (int k = first(bucket); k < length && HistorySum.bucket(k) == bucket; k++) {
                if (entries[begin[s] + k] >= 0) {
                    multiply(gathered, (begin[s] + k) * n, passed, s * n, positionGradients, to, n);
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
        for (int k = stripBegin[strip]; k < stripBegin[strip + 1]; k++) {
            int e = byStrip[k];
            int slot = slots[e];
            int local = entries[e] - first;
            touched[local] = true;
            int bucket = HistorySum.bucket(e - begin[slot]);
            multiply(w, sum.weights().offset(bucket), passed, slot * n, gradients, local * n, n);
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
        return stripBegin[strip];
    }

    @Override
    public int add(StepContext step, int slot, int from, int strip, float[] gradients, boolean[] touched) {
        int n = vectors.stride();
        float[] w = sum.weights().values();
        int k = from;
        for (; k < stripBegin[strip + 1] && slots[byStrip[k]] == slot; k++) {
            int e = byStrip[k];
            int local = entries[e] - strip * STRIP;
            int wo = sum.weights().offset(HistorySum.bucket(e - begin[slot]));
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
                + Integer.BYTES * 3L * entries.length;
    }

    @Override
    public boolean folded() {
        return true;
    }
}
