package org.mineral.loss.row;

import java.util.List;

/**
 * A number that a loss needs of a row's candidates: of their scores s_j and weights w_j, in any order. A candidate of weight 0 is as if it
 * were not there. A statistic of a row that lies in several parts is found from {@link RowSummary summaries} of the parts.
 *
 * <p>Loss and engine meet here: a loss declares its statistics ({@link RowLoss#statistics}) and answers with its derivative with respect to each;
 * where the derivatives of the scores come from is the statistic's own matter. One {@link Sum} by itself takes the engine's fast path, which
 * never keeps a row; anything else keeps the row's scores and makes their derivatives at its end.
 */
public sealed interface RowStatistic {

    /** {@code sum_j w_j phi(s_j)}; its natural logarithm for {@link Phi#EXP}. */
    static RowStatistic sum(Phi phi) {
        return new Sum(phi);
    }

    /**
     * {@code sum_j w_j phi(s_j - b)}, b another statistic of the same row that is held constant: no derivative goes through it. Its logarithm
     * for {@link Phi#EXP}.
     *
     * @param origin b; it comes before this one among the loss's statistics
     */
    static RowStatistic sumFrom(RowStatistic origin, Phi phi) {
        return new SumFrom(origin, phi);
    }

    /** {@code max_j s_j}, of any weights; minus infinity where there are no candidates. Candidates that tie share its derivative. */
    static RowStatistic maximum() {
        return Maximum.INSTANCE;
    }

    /** {@code sum_j w_j [s_j > threshold]}. Its derivative is 0. */
    static RowStatistic countAbove(double threshold) {
        return new CountAbove(threshold);
    }

    /**
     * The largest score b that candidates of the weight {@code count} reach, {@code sum_j w_j [s_j >= b] >= count}: with weights of 1
     * the count-th largest score, the quantile at {@code 1 - count/M}. The smallest score where all weights together are less, minus infinity
     * where there are no candidates. Candidates that tie share its derivative.
     *
     * @param count above 0
     */
    static RowStatistic quantile(double count) {
        return new Quantile(count, false);
    }

    /** {@link #quantile}, held constant: no derivative goes through it. With one sum besides, it takes a fast path of the engine. */
    static RowStatistic threshold(double count) {
        return new Quantile(count, true);
    }

    /** {@code sum_j a_j phi(s_j)} with the softmax {@code a_j = w_j e^{s_j} / sum_k w_k e^{s_k}}: the mean of phi over likely candidates. 0 where there are none. */
    static RowStatistic softMean(Phi phi) {
        return new SoftMean(phi);
    }

    /**
     * Index of the statistic that the k-th one holds constant; -1 if it needs none ({@link #sumFrom}).
     *
     * @throws IllegalArgumentException if it does not come before the k-th
     */
    static int origin(List<RowStatistic> statistics, int k) {
        if (!(statistics.get(k) instanceof SumFrom shifted)) {
            return -1;
        }
        int at = statistics.subList(0, k).indexOf(shifted.origin);
        if (at < 0) {
            throw new IllegalArgumentException(
                    shifted.origin + " does not come before " + shifted + " among the statistics; put it there");
        }
        return at;
    }

    /**
     * Of no candidates yet.
     *
     * @param origin b of {@link #sumFrom}; otherwise unused
     */
    RowSummary summary(double origin);

    /** See {@link #sum}. */
    record Sum(Phi phi) implements RowStatistic {

        @Override
        public RowSummary summary(double origin) {
            return phi == Phi.EXP ? new RowSummary.LogSumExp(0) : new RowSummary.PhiSum(phi, 0);
        }
    }

    /** See {@link #sumFrom}. */
    record SumFrom(RowStatistic origin, Phi phi) implements RowStatistic {

        @Override
        public RowSummary summary(double at) {
            return phi == Phi.EXP ? new RowSummary.LogSumExp(at) : new RowSummary.PhiSum(phi, at);
        }
    }

    /** See {@link #maximum}. */
    enum Maximum implements RowStatistic {
        INSTANCE;

        @Override
        public RowSummary summary(double origin) {
            return new RowSummary.Largest();
        }
    }

    /** See {@link #countAbove}. */
    record CountAbove(double threshold) implements RowStatistic {

        @Override
        public RowSummary summary(double origin) {
            return new RowSummary.Count(threshold);
        }
    }

    /** See {@link #quantile} and, held constant, {@link #threshold}. */
    record Quantile(double count, boolean constant) implements RowStatistic {

        public Quantile {
            if (!(count > 0)) {
                throw new IllegalArgumentException("count = " + count + " of a quantile; it is above 0");
            }
        }

        @Override
        public RowSummary summary(double origin) {
            return new QuantileSummary(count, constant);
        }
    }

    /** See {@link #softMean}. */
    record SoftMean(Phi phi) implements RowStatistic {

        @Override
        public RowSummary summary(double origin) {
            return new RowSummary.SoftMean(phi);
        }
    }
}
