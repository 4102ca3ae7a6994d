package org.mineral.model.rank;

import java.util.function.IntPredicate;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * Ranks for one user directly from the items' rows, in scalar code. {@link FactorRanking} is far faster once its items are packed and its
 * SIMD code is compiled; until then that code runs in the interpreter, where a single user takes half a second. So this is faster for
 * programs that answer one query and end.
 *
 * <p>Scores are the same, bit for bit: multiply-adds in the order of coordinates, fused if the kernels' are.
 */
final class PlainRanking {

    private final Matrix items;
    private final IntPredicate has;
    private final boolean fused;

    /** @param has which items may be ranked */
    PlainRanking(Matrix items, IntPredicate has, Kernels kernels) {
        this.items = items;
        this.has = has;
        this.fused = kernels.lanes() > 1;
    }

    /**
     * The best k.
     *
     * @param exclude item indices, ascending from {@code from} to {@code to}, exclusive
     */
    Ranking rank(float[] users, int offset, int k, int[] exclude, int from, int to) {
        TopK best = new TopK(Math.min(k, items.rows()));
        int skip = from;
        for (int item = 0; item < items.rows(); item++) {
            boolean excluded = !has.test(item);
            for (; skip < to && exclude[skip] == item; skip++) {
                excluded = true;
            }
            if (excluded) {
                continue;
            }
            float score = fused ? fused(users, offset, item) : plain(users, offset, item);
            if (score > best.threshold()) {
                best.offer(item, score);
            }
        }
        return best.ranking();
    }

    private float fused(float[] users, int offset, int item) {
        float[] values = items.values();
        int row = items.offset(item);
        float sum = 0;
        for (int k = 0; k < items.columns(); k++) {
            sum = Math.fma(values[row + k], users[offset + k], sum);
        }
        return sum;
    }

    private float plain(float[] users, int offset, int item) {
        float[] values = items.values();
        int row = items.offset(item);
        float sum = 0;
        for (int k = 0; k < items.columns(); k++) {
            sum += users[offset + k] * values[row + k];
        }
        return sum;
    }
}
