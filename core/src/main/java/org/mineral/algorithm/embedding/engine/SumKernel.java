package org.mineral.algorithm.embedding.engine;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;

/**
 * Rows of losses that see their candidates through one sum: {@code g_j = w_j phi'(s_j)}, and a is the derivative with respect to the sum. For
 * {@link Phi#EXP} g_j is {@code w_j e^{s_j - shift}} and the row has the logarithm of the sum, so {@code a = slope e^{shift - log sum}}. Thread-safe.
 */
final class SumKernel extends RowKernel {

    private final RowLoss loss;
    private final Kernels kernels;

    /** To be applied to a row part by part, then {@link #finish}. */
    final PhiKernel phi;

    /** Whether the shift that phi is applied with, its origin, is to be near the row's largest score. */
    final boolean exponential;

    /** See {@link Phi#vanishing}. */
    final double vanishing;

    SumKernel(RowLoss loss, Phi phi, Kernels kernels) {
        super(1);
        this.loss = loss;
        this.kernels = kernels;
        this.phi = PhiKernel.of(phi, kernels);
        this.exponential = phi == Phi.EXP;
        this.vanishing = phi.vanishing();
    }

    @Override
    public double derivatives(Row row, float[] scores, int n, float @Nullable [] weights) {
        float shift = exponential ? kernels.max(scores, 0, n, Kernels.PANEL) : 0;
        double sum = phi.apply(scores, 0, n, Kernels.PANEL, shift, weights, 0);
        return finish(row, sum, shift, false);
    }

    /**
     * Evaluates a row whose sum is known.
     *
     * @param shift that the sum, and all g_j, were computed with; 0 unless {@link #exponential}
     * @param empty whether there are no candidates, which then have no part in the derivatives
     * @return a
     */
    double finish(Row row, double sum, double shift, boolean empty) {
        double held = exponential ? Math.log(Math.max(sum, Double.MIN_NORMAL)) + shift : sum;
        row.statistics[0] = held;
        row.value = loss.evaluate(row);
        if (empty) {
            row.statisticGradients[0] = 0;
        }
        double slope = row.statisticGradients[0];
        return exponential && slope != 0 ? slope * Math.exp(shift - held) : slope;
    }
}
