package org.mineral.algorithm.embedding.engine;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/**
 * A whole row of any loss in single precision: scores of candidates in, their derivatives out, in place. What fold-in takes for its one row, and
 * the engine for rows of losses that need more than one sum; {@link org.mineral.loss.RowEvaluator} is the same in double precision. Some
 * have buffers: one thread's own.
 */
public abstract class RowKernel {

    private final int statistics;

    RowKernel(int statistics) {
        this.statistics = statistics;
    }

    /** The kernel of this loss. */
    public static RowKernel of(Loss loss, Kernels kernels) {
        if (loss instanceof PairwiseLoss pairs) {
            return new PairKernel(pairs.phi(), kernels);
        }
        RowLoss whole = (RowLoss) loss;
        SumKernel sum = SumKernel.of(whole, kernels);
        return sum != null ? sum : new StatisticsKernel(whole, kernels);
    }

    /**
     * Bytes that a thread of the engine needs to keep a whole row of this many candidates: scores, weights, derivatives, and the slopes of
     * each sum. 0 for losses of one sum, with a threshold or without, and of pairs, which keep no row.
     */
    public static long bytes(Loss loss, int candidates) {
        if (!(loss instanceof RowLoss whole) || SumKernel.of(whole, KernelProvider.scalar()) != null) {
            return 0;
        }
        long sums = whole.statistics().stream()
                .filter(one -> one instanceof RowStatistic.Sum || one instanceof RowStatistic.SumFrom)
                .count();
        long strips = (candidates + Kernels.STRIP - 1L) / Kernels.STRIP;
        int pairs = loss instanceof PairedLoss ? 1 : 0;
        return (3 + sums + pairs) * Float.BYTES * strips * Kernels.STRIP;
    }

    /**
     * Evaluates one row.
     *
     * @param row positives, shares and sizes are read; its value, statistics and derivatives are set
     * @param scores s_j of n candidates, with room for whole panels; entry j becomes g_j, where {@code dl/ds_j = a g_j}
     * @param weights w_j; null: all ones
     * @return a
     */
    public abstract double derivatives(Row row, float[] scores, int n, float @Nullable [] weights);

    /** A row that has room for what the loss needs. */
    public final Row row(int positives) {
        return new Row(positives, statistics);
    }

    /** An array of at least n floats: this one if it is long enough. */
    static float[] atLeast(int n, float[] array) {
        return array.length >= n ? array : new float[n];
    }
}
