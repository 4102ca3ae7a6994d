package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;

/**
 * Rows of pairwise losses: {@code g_j = sum_i c_i w_j phi'(s_j - s_i)} with c_i = n v_i what a positive counts, their mean 1, and
 * {@code a = 1/(n M)}.
 */
final class PairKernel extends RowKernel {

    private final PhiKernel phi;
    private float[] pair = new float[0];
    private float[] total = new float[0];

    PairKernel(Phi phi, Kernels kernels) {
        super(1);
        this.phi = PhiKernel.of(phi, kernels);
    }

    @Override
    public double derivatives(Row row, float[] scores, int n, float @Nullable [] weights) {
        pair = atLeast(scores.length, pair);
        total = atLeast(scores.length, total);
        Arrays.fill(total, 0, n, 0);
        double factor = 1.0 / row.n / row.m;
        double value = 0;
        for (int i = 0, next; i < row.n; i = next) {
            next = same(row, i);
            double count = 0;
            for (int k = i; k < next; k++) {
                count += row.shares[k] * row.n;
            }
            System.arraycopy(scores, 0, pair, 0, n);
            value += count * phi.apply(pair, 0, n, Kernels.PANEL, (float) row.positives[i], weights, 0);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                total[j] += (float) count * pair[j];
                sum += pair[j];
            }
            for (int k = i; k < next; k++) {
                row.positiveGradients[k] = -factor * (row.shares[k] * row.n) * sum;
            }
        }
        System.arraycopy(total, 0, scores, 0, n);
        row.value = value * factor;
        return factor;
    }

    /** Where the positives with the i-th one's score end; equal scores are next to each other. */
    private static int same(Row row, int i) {
        int end = i + 1;
        while (end < row.n && row.positives[end] == row.positives[i]) {
            end++;
        }
        return end;
    }
}
