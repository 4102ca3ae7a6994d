package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.RowSummary;

/**
 * Rows that need one sum of their candidates, and perhaps a {@link RowStatistic#threshold} b: {@code g_j = w_j phi'(s_j)}, or of s_j - b, and a is the derivative
 * with respect to the sum. For {@link Phi#EXP} g_j is {@code w_j e^{s_j - shift}} and the row has the logarithm of the sum, so
 * {@code a = slope e^{shift - log sum}}. One thread's own.
 */
final class SumKernel extends RowKernel {

    /** Scores below this are none: {@link Phi#vanishing} takes their place. */
    static final float NONE = -1e29f;

    private final RowLoss loss;
    private final Kernels kernels;
    private final int sumAt;

    /** The threshold that the loss needs; null if it needs none. */
    final RowStatistic.@Nullable Quantile threshold;

    /** To be applied to a row part by part, then {@link #finish}. */
    final PhiKernel phi;

    /** Whether the shift that phi is applied with, its origin, is to be near the row's largest score. */
    final boolean exponential;

    /** Whether phi's origin is the threshold, which then has to be known before. */
    final boolean fromThreshold;

    /** Whether that leaves derivatives of scores above the threshold only. */
    final boolean aboveThreshold;

    /** See {@link Phi#vanishing}. */
    final double vanishing;

    private SumKernel(
            RowLoss loss,
            int sumAt,
            Phi phi,
            boolean fromThreshold,
            RowStatistic.@Nullable Quantile threshold,
            Kernels kernels) {
        super(loss.statistics().size());
        this.loss = loss;
        this.kernels = kernels;
        this.sumAt = sumAt;
        this.threshold = threshold;
        this.fromThreshold = fromThreshold;
        this.aboveThreshold = fromThreshold && phi instanceof Phi.Hinge hinge && hinge.margin() >= 0;
        this.phi = PhiKernel.of(phi, kernels);
        this.exponential = phi == Phi.EXP;
        this.vanishing = phi.vanishing();
    }

    /** The kernel of a loss of one sum, with a threshold or without; null for losses that need more. */
    static @Nullable SumKernel of(RowLoss loss, Kernels kernels) {
        List<RowStatistic> statistics = loss.statistics();
        if (loss instanceof PairedLoss) {
            return null;
        }
        if (statistics.size() == 1 && statistics.get(0) instanceof RowStatistic.Sum sum) {
            return new SumKernel(loss, 0, sum.phi(), false, null, kernels);
        }
        for (int k = 0; k < 2 && statistics.size() == 2; k++) {
            if (statistics.get(1 - k) instanceof RowStatistic.Quantile quantile && quantile.constant()) {
                RowStatistic other = statistics.get(k);
                if (other instanceof RowStatistic.Sum sum && sum.phi().vanishing() < NONE) {
                    return new SumKernel(loss, k, sum.phi(), false, quantile, kernels);
                }
                if (other instanceof RowStatistic.SumFrom sum
                        && sum.phi() != Phi.EXP
                        && sum.phi().vanishing() < NONE
                        && RowStatistic.origin(statistics, k) >= 0) {
                    return new SumKernel(loss, k, sum.phi(), true, quantile, kernels);
                }
            }
        }
        return null;
    }

    @Override
    public double derivatives(Row row, float[] scores, int n, float @Nullable [] weights) {
        double b = threshold == null ? 0 : value(threshold, scores, n, weights);
        float shift = exponential ? kernels.max(scores, 0, n, Kernels.PANEL) : fromThreshold ? (float) b : 0;
        double sum = phi.apply(scores, 0, n, Kernels.PANEL, shift, weights, 0);
        return finish(row, sum, shift, b, false);
    }

    private static double value(RowStatistic statistic, float[] scores, int n, float @Nullable [] weights) {
        RowSummary summary = statistic.summary(0);
        for (int j = 0; j < n; j++) {
            summary.add(scores[j], weights == null ? 1 : weights[j]);
        }
        return summary.value();
    }

    /**
     * Evaluates a row whose sum is known.
     *
     * @param shift that the sum, and all g_j, were computed with; used only where {@link #exponential}
     * @param b the threshold, where there is one
     * @param empty whether there are no candidates, which then have no part in the derivatives
     * @return a
     */
    double finish(Row row, double sum, double shift, double b, boolean empty) {
        if (threshold != null && (empty || b == Double.NEGATIVE_INFINITY)) {
            row.value = 0;
            Arrays.fill(row.statisticGradients, 0);
            Arrays.fill(row.positiveGradients, 0, row.n, 0);
            return 0;
        }
        double held = exponential ? Math.log(Math.max(sum, Double.MIN_NORMAL)) + shift : sum;
        row.statistics[sumAt] = held;
        if (threshold != null) {
            row.statistics[1 - sumAt] = b;
        }
        row.value = loss.evaluate(row);
        if (empty) {
            row.statisticGradients[sumAt] = 0;
        }
        double slope = row.statisticGradients[sumAt];
        return exponential && slope != 0 ? slope * Math.exp(shift - held) : slope;
    }

    /** The derivative with respect to the sum, and the sum, of the row that was finished last. */
    double slope(Row row) {
        return row.statisticGradients[sumAt];
    }

    double sum(Row row) {
        return row.statistics[sumAt];
    }
}
