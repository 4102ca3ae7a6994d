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
 * Rows of losses that need any statistics, and perhaps sums over pairs: {@code g_j = sum_k a_k dT_k/ds_j}, formed once the loss has answered with all a_k, and a = 1. A row
 * none of whose candidates weighs anything has no loss and no derivatives. Sums go through the kernels, one buffer each; other statistics through their {@link RowSummary}, score by score.
 */
final class StatisticsKernel extends RowKernel {

    /** A statistic on its way through one row. */
    private interface Part {

        /** T_k. */
        double read(Row row, float[] scores, int n, float @Nullable [] weights);

        /** {@code to[j] += a dT_k/ds_j}, of the row that was read last. */
        void add(double a, float[] scores, int n, float @Nullable [] weights, float[] to);
    }

    private final RowLoss loss;
    private final Kernels kernels;
    private final Part[] parts;
    private final @Nullable Pairs pairs;
    private float[] total = new float[0];

    StatisticsKernel(RowLoss loss, Kernels kernels) {
        super(loss.statistics().size());
        this.loss = loss;
        this.kernels = kernels;
        List<RowStatistic> statistics = loss.statistics();
        this.parts = new Part[statistics.size()];
        Arrays.setAll(parts, k -> part(statistics, k));
        this.pairs = loss instanceof PairedLoss paired ? new Pairs(paired.pairPhi()) : null;
    }

    private Part part(List<RowStatistic> statistics, int k) {
        RowStatistic statistic = statistics.get(k);
        if (statistic instanceof RowStatistic.Sum sum) {
            return new Sum(sum.phi(), -1);
        }
        if (statistic instanceof RowStatistic.SumFrom sum) {
            return new Sum(sum.phi(), RowStatistic.origin(statistics, k));
        }
        return new Summarised(statistic);
    }

    @Override
    public double derivatives(Row row, float[] scores, int n, float @Nullable [] weights) {
        if (weights != null && empty(weights, n)) {
            row.value = 0;
            Arrays.fill(row.positiveGradients, 0, row.n, 0);
            Arrays.fill(scores, 0, n, 0);
            return 0;
        }
        for (int k = 0; k < parts.length; k++) {
            row.statistics[k] = parts[k].read(row, scores, n, weights);
        }
        if (pairs != null) {
            pairs.read(row, scores, n, weights);
        }
        row.value = loss.evaluate(row);
        total = atLeast(scores.length, total);
        Arrays.fill(total, 0, n, 0);
        if (pairs != null) {
            pairs.add(row, scores, n, weights, total);
        }
        for (int k = 0; k < parts.length; k++) {
            if (row.statisticGradients[k] != 0) {
                parts[k].add(row.statisticGradients[k], scores, n, weights, total);
            }
        }
        System.arraycopy(total, 0, scores, 0, n);
        return 1;
    }

    private static boolean empty(float[] weights, int n) {
        for (int j = 0; j < n; j++) {
            if (weights[j] != 0) {
                return false;
            }
        }
        return true;
    }

    /** A sum of phi, of scores less another statistic where there is one. */
    private final class Sum implements Part {

        private final PhiKernel phi;
        private final boolean exponential;
        private final int origin;
        private float[] slopes = new float[0];
        private double scale;

        Sum(Phi phi, int origin) {
            this.phi = PhiKernel.of(phi, kernels);
            this.exponential = phi == Phi.EXP;
            this.origin = origin;
        }

        @Override
        public double read(Row row, float[] scores, int n, float @Nullable [] weights) {
            double from = origin < 0 ? 0 : row.statistics[origin];
            slopes = atLeast(scores.length, slopes);
            System.arraycopy(scores, 0, slopes, 0, n);
            if (!exponential) {
                scale = 1;
                return phi.apply(slopes, 0, n, Kernels.PANEL, (float) from, weights, 0);
            }
            float shift = kernels.max(slopes, 0, n, Kernels.PANEL);
            double sum = phi.apply(slopes, 0, n, Kernels.PANEL, shift, weights, 0);
            scale = 1 / sum;
            return Math.log(sum) + shift - from;
        }

        @Override
        public void add(double a, float[] scores, int n, float @Nullable [] weights, float[] to) {
            kernels.axpy((float) (a * scale), slopes, 0, to, 0, n);
        }
    }

    /** The sums over pairs with each positive, {@link Row#pairSums}. */
    private final class Pairs {

        private final PhiKernel phi;
        private float[] pair = new float[0];

        Pairs(Phi phi) {
            this.phi = PhiKernel.of(phi, kernels);
        }

        void read(Row row, float[] scores, int n, float @Nullable [] weights) {
            for (int i = 0; i < row.n; i++) {
                row.pairSums[i] = slopes(row.positives[i], scores, n, weights);
                double slope = 0;
                for (int j = 0; j < n; j++) {
                    slope += pair[j];
                }
                row.pairSlopes[i] = slope;
            }
        }

        void add(Row row, float[] scores, int n, float @Nullable [] weights, float[] to) {
            for (int i = 0; i < row.n; i++) {
                double a = row.pairGradients[i];
                if (a != 0) {
                    slopes(row.positives[i], scores, n, weights);
                    kernels.axpy((float) a, pair, 0, to, 0, n);
                    row.positiveGradients[i] -= a * row.pairSlopes[i];
                }
            }
        }

        /** Leaves {@code w_j phi'(s_j - positive)} in {@link #pair}; returns the sum of {@code w_j phi}. */
        private double slopes(double positive, float[] scores, int n, float @Nullable [] weights) {
            pair = atLeast(scores.length, pair);
            System.arraycopy(scores, 0, pair, 0, n);
            return phi.apply(pair, 0, n, Kernels.PANEL, (float) positive, weights, 0);
        }
    }

    private static final class Summarised implements Part {

        private final RowStatistic statistic;
        private RowSummary summary;

        Summarised(RowStatistic statistic) {
            this.statistic = statistic;
            this.summary = statistic.summary(0);
        }

        @Override
        public double read(Row row, float[] scores, int n, float @Nullable [] weights) {
            summary = statistic.summary(0);
            for (int j = 0; j < n; j++) {
                summary.add(scores[j], weights == null ? 1 : weights[j]);
            }
            return summary.value();
        }

        @Override
        public void add(double a, float[] scores, int n, float @Nullable [] weights, float[] to) {
            for (int j = 0; j < n; j++) {
                to[j] += (float) (a * summary.derivative(scores[j], weights == null ? 1 : weights[j]));
            }
        }
    }
}
