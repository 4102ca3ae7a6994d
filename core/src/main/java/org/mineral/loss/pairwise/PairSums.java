package org.mineral.loss.pairwise;

import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;

/** The arithmetic of losses that have a sum over pairs for each positive. */
final class PairSums {

    /** A sum below this is none: its reciprocal is still a number of single precision. */
    private static final double SMALLEST = 1e-30;

    /** phi(d) = 1/(1 + e^-d). */
    static final Phi SIGMOID = Phi.sigmoidPower(1);

    private PairSums() {}

    /** The logarithm of a sum that single precision may have rounded to 0. */
    static double log(double sum) {
        return Math.log(Math.max(sum, SMALLEST));
    }

    /** The derivative of {@link #log}. */
    static double slopeOfLog(double sum) {
        return 1 / Math.max(sum, SMALLEST);
    }

    /**
     * The chance that positive i beats a candidate drawn from the softmax a over candidates, {@code P_i = sum_j a_j sg(s_i - s_j)}, as a logarithm. As
     * {@code e^{s_j} sg(s_i - s_j) = e^{s_i} sg(s_j - s_i)}, it is {@code s_i + log T_i - log sum_j w_j e^{s_j}} with {@code T_i = sum_j w_j sg(s_j - s_i)}, the sum over pairs; the
     * logarithm is the row's first statistic.
     */
    static double logChance(Row row, int i) {
        return Math.min(0, row.positives[i] + log(row.pairSums[i]) - row.statistics[0]);
    }

    /** Sets and adds the derivatives with respect to s_i, T_i and the first statistic of a value whose derivative with respect to log P_i is the slope. */
    static void chanceGradients(Row row, int i, double slope) {
        // Where P_i is 1 to the last bit, nothing changes it.
        double a = logChance(row, i) < 0 ? slope : 0;
        row.positiveGradients[i] = a;
        row.pairGradients[i] = a * slopeOfLog(row.pairSums[i]);
        row.statisticGradients[0] -= a;
    }
}
