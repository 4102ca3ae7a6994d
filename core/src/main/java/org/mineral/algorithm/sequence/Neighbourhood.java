package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.mineral.algorithm.embedding.init.LinearMap;
import org.mineral.data.Sequences;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Which items stand near each other in sequences, frequencies divided out: {@code K = D^-1/2 (C + C^T) D^-1/2}, items x items. c_ij is the sum of b^(k-1)
 * over all places of j that are k places after one of i; D has the row sums of {@code C + C^T}. Symmetric, with eigenvalues from -1 to 1.
 *
 * <p>C is never written down. Along a sequence {@code r = b r + x_i} holds the weighted sum of what came before, so that a product takes one
 * pass forward and one backward. Tasks take some columns each: every entry is summed in the order of the sequences.
 */
final class Neighbourhood implements LinearMap {

    /** Columns of a task: two cache lines of a row. */
    private static final int COLUMNS = 32;

    private final UnaryOperator<Matrix> passes;
    private final float[] scale;

    /** @param decay b, what a place counts against the one that is nearer by one */
    Neighbourhood(Sequences sequences, double decay, Workers workers, Kernels kernels) {
        this(sequences.pairs().items(), q -> passes(sequences, decay, q, workers, kernels));
    }

    /**
     * Of sequences in several places.
     *
     * @param passes the product with {@code C + C^T}: the sum of {@link #passes}
     */
    Neighbourhood(int items, UnaryOperator<Matrix> passes) {
        this.passes = passes;
        this.scale = new float[items];
        Matrix ones = new Matrix(scale.length, 1);
        for (int item = 0; item < scale.length; item++) {
            ones.set(item, 0, 1);
        }
        Matrix sums = passes.apply(ones);
        for (int item = 0; item < scale.length; item++) {
            float sum = sums.get(item, 0);
            scale[item] = sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
        }
    }

    @Override
    public int rows() {
        return scale.length;
    }

    @Override
    public int columns() {
        return scale.length;
    }

    @Override
    public Matrix times(Matrix q) {
        Matrix from = q.copy();
        scale(from);
        Matrix to = passes.apply(from);
        scale(to);
        return to;
    }

    /** {@code (C + C^T) Q} of some sequences. */
    static Matrix passes(Sequences sequences, double decay, Matrix from, Workers workers, Kernels kernels) {
        Matrix to = new Matrix(from.rows(), from.columns());
        int n = to.stride();
        float b = (float) decay;
        workers.run((n + COLUMNS - 1) / COLUMNS, (task, worker) -> {
            int first = task * COLUMNS;
            float[] sum = new float[Math.min(COLUMNS, n - first)];
            for (int u = 0; u < sequences.pairs().users(); u++) {
                int begin = sequences.pairs().begin(u);
                int end = sequences.pairs().end(u);
                Arrays.fill(sum, 0);
                for (int place = begin; place < end; place++) {
                    pass(sequences.items()[place] * n + first, b, from.values(), to.values(), sum, kernels);
                }
                Arrays.fill(sum, 0);
                for (int place = end - 1; place >= begin; place--) {
                    pass(sequences.items()[place] * n + first, b, from.values(), to.values(), sum, kernels);
                }
            }
        });
        return to;
    }

    /** Adds to an item what the passage has met, and lets it meet the item. */
    private static void pass(int at, float decay, float[] from, float[] to, float[] sum, Kernels kernels) {
        kernels.axpy(1, sum, 0, to, at, sum.length);
        for (int c = 0; c < sum.length; c++) {
            sum[c] = decay * sum[c] + from[at + c];
        }
    }

    private void scale(Matrix rows) {
        int n = rows.stride();
        for (int item = 0; item < scale.length; item++) {
            for (int c = item * n; c < (item + 1) * n; c++) {
                rows.values()[c] *= scale[item];
            }
        }
    }

    @Override
    public Matrix transposedTimes(Matrix y) {
        return times(y);
    }
}
