package org.mineral.loss;

import java.util.List;
import java.util.stream.Stream;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/** Losses that need more of a row than one sum, and pairwise ones of every phi: what the registered losses leave untried. */
public final class TestLosses {

    private TestLosses() {}

    /** Those whose gradients are derivatives: nothing is held constant. */
    public static Stream<Loss> differentiable() {
        return Stream.of(
                new SquaredSoftmax(3),
                new TopSoftmax(2.5),
                new Hardest(0.1),
                new Pairs(Phi.hinge(-0.3)),
                new Pairs(Phi.SQUARE),
                new Pairs(new SigmoidPower(1.5)),
                new PairsAndMaximum());
    }

    /** All that are there. */
    public static Stream<Loss> all() {
        return Stream.concat(
                differentiable(),
                Stream.of(
                        new SigmoidPowerFromQuantile(2.5, 1.5),
                        new FromThreshold(3, Phi.hinge(-0.2)),
                        new FromThreshold(2.5, Phi.sigmoidPower(3)),
                        new AboveThreshold(2.5)));
    }

    /** Two sums: {@code -s_i + log sum_j w_j e^{s_j} + (w/M) sum_j w_j s_j^2}. */
    @LossType(name = "squared-softmax", formula = "-s_i + log sum_j e^{s_j} + (w/M) sum_j s_j^2", source = "a test")
    public record SquaredSoftmax(double weight) implements RowLoss {

        @Override
        public List<RowStatistic> statistics() {
            return List.of(RowStatistic.sum(Phi.SQUARE), RowStatistic.sum(Phi.EXP));
        }

        @Override
        public double evaluate(Row row) {
            double value = row.statistics[1] + weight / row.m * row.statistics[0];
            for (int i = 0; i < row.n; i++) {
                value -= row.shares[i] * row.positives[i];
                row.positiveGradients[i] = -row.shares[i];
            }
            row.statisticGradients[0] = weight / row.m;
            row.statisticGradients[1] = 1;
            return value;
        }
    }

    /** A quantile b, and positives weighed by it: {@code sg(s_i - b) (log sum_j w_j e^{s_j} - s_i)}, as SL@K has it (arXiv 2508.05673). */
    @LossType(name = "top-softmax", formula = "sg(s_i - b) (log sum_j e^{s_j} - s_i)", source = "a test")
    public record TopSoftmax(double count) implements RowLoss {

        @Override
        public List<RowStatistic> statistics() {
            return List.of(RowStatistic.quantile(count), RowStatistic.sum(Phi.EXP));
        }

        @Override
        public double evaluate(Row row) {
            double value = 0;
            row.statisticGradients[0] = 0;
            row.statisticGradients[1] = 0;
            for (int i = 0; i < row.n; i++) {
                double g = Phi.SOFTPLUS.derivative(row.positives[i] - row.statistics[0]);
                double l = row.statistics[1] - row.positives[i];
                value += row.shares[i] * g * l;
                row.positiveGradients[i] = row.shares[i] * (g * (1 - g) * l - g);
                row.statisticGradients[0] -= row.shares[i] * g * (1 - g) * l;
                row.statisticGradients[1] += row.shares[i] * g;
            }
            return value;
        }
    }

    /**
     * The hardest candidate, and the mean of those above a margin m, each by its excess:
     * {@code softplus(max_j s_j - s_i) + sum_j w_j max(0, s_j - m) / (1 + sum_j w_j [s_j > m])}.
     */
    @LossType(name = "hardest", formula = "softplus(max_j s_j - s_i) + mean of max(0, s_j - m)", source = "a test")
    public record Hardest(double margin) implements RowLoss {

        @Override
        public List<RowStatistic> statistics() {
            return List.of(
                    RowStatistic.maximum(), RowStatistic.countAbove(margin), RowStatistic.sum(Phi.hinge(margin)));
        }

        @Override
        public double evaluate(Row row) {
            double active = 1 + row.statistics[1];
            double value = row.statistics[2] / active;
            row.statisticGradients[0] = 0;
            row.statisticGradients[1] = 0;
            row.statisticGradients[2] = 1 / active;
            for (int i = 0; i < row.n; i++) {
                double d = row.statistics[0] - row.positives[i];
                value += row.shares[i] * Phi.SOFTPLUS.value(d);
                row.positiveGradients[i] = -row.shares[i] * Phi.SOFTPLUS.derivative(d);
                row.statisticGradients[0] += row.shares[i] * Phi.SOFTPLUS.derivative(d);
            }
            return value;
        }
    }

    /** phi(s) = sg(s)^p: one that has no kernel. */
    public record SigmoidPower(double p) implements Phi {

        @Override
        public double value(double s) {
            return Math.pow(Phi.SOFTPLUS.derivative(s), p);
        }

        @Override
        public double derivative(double s) {
            return p * value(s) * Phi.SOFTPLUS.derivative(-s);
        }
    }

    /** {@code log sum_j w_j sg(s_j - b)^p - p log sg(s_i - b)}, b a quantile held constant, as Talos has it (arXiv 2601.19276). */
    @LossType(
            name = "sigmoid-power-from-quantile",
            formula = "log sum_j sg(s_j - b)^p - p log sg(s_i - b)",
            source = "a test")
    public record SigmoidPowerFromQuantile(double count, double p) implements RowLoss {

        @Override
        public List<RowStatistic> statistics() {
            RowStatistic quantile = RowStatistic.quantile(count);
            return List.of(quantile, RowStatistic.sumFrom(quantile, new SigmoidPower(p)));
        }

        @Override
        public double evaluate(Row row) {
            double value = Math.log(row.statistics[1]);
            row.statisticGradients[0] = 0;
            row.statisticGradients[1] = 1 / row.statistics[1];
            for (int i = 0; i < row.n; i++) {
                double s = row.positives[i] - row.statistics[0];
                value += row.shares[i] * p * Phi.SOFTPLUS.value(-s);
                row.positiveGradients[i] = -row.shares[i] * p * Phi.SOFTPLUS.derivative(-s);
            }
            return value;
        }
    }

    /** {@code -s_i + b + (1/M) sum_j w_j phi(s_j - b)}, b a threshold. */
    @LossType(name = "from-threshold", formula = "-s_i + b + mean_j phi(s_j - b)", source = "a test")
    public record FromThreshold(double count, Phi phi) implements RowLoss {

        @Override
        public List<RowStatistic> statistics() {
            RowStatistic threshold = RowStatistic.threshold(count);
            return List.of(threshold, RowStatistic.sumFrom(threshold, phi));
        }

        @Override
        public double evaluate(Row row) {
            row.statisticGradients[0] = 17; // It is constant: whatever a loss answers is not used.
            row.statisticGradients[1] = 1.0 / row.m;
            double value = row.statistics[0] + row.statistics[1] / row.m;
            for (int i = 0; i < row.n; i++) {
                value -= row.shares[i] * row.positives[i];
                row.positiveGradients[i] = -row.shares[i];
            }
            return value;
        }
    }

    /** {@code -b s_i + log sum_j w_j e^{s_j}}, b a threshold that stands before the sum. */
    @LossType(name = "above-threshold", formula = "-b s_i + log sum_j e^{s_j}", source = "a test")
    public record AboveThreshold(double count) implements RowLoss {

        @Override
        public List<RowStatistic> statistics() {
            return List.of(RowStatistic.threshold(count), RowStatistic.sum(Phi.EXP));
        }

        @Override
        public double evaluate(Row row) {
            row.statisticGradients[0] = 17;
            row.statisticGradients[1] = 1;
            double value = row.statistics[1];
            for (int i = 0; i < row.n; i++) {
                value -= row.shares[i] * row.positives[i] * row.statistics[0];
                row.positiveGradients[i] = -row.shares[i] * row.statistics[0];
            }
            return value;
        }
    }

    /** Sums over pairs beside a statistic, and derivatives by all ways: {@code sqrt(1 + (T_i / M)^2) + (max_j s_j)^2 - s_i / 2}. */
    @LossType(
            name = "pairs-and-maximum",
            formula = "sqrt(1 + (T_i / M)^2) + (max_j s_j)^2 - s_i / 2",
            source = "a test")
    public record PairsAndMaximum() implements PairedLoss {

        @Override
        public Phi pairPhi() {
            return Phi.SOFTPLUS;
        }

        @Override
        public List<RowStatistic> statistics() {
            return List.of(RowStatistic.maximum());
        }

        @Override
        public double evaluate(Row row) {
            double value = row.statistics[0] * row.statistics[0];
            row.statisticGradients[0] = 2 * row.statistics[0];
            for (int i = 0; i < row.n; i++) {
                double mean = row.pairSums[i] / row.m;
                double root = Math.sqrt(1 + mean * mean);
                value += row.shares[i] * (root - row.positives[i] / 2);
                row.positiveGradients[i] = -row.shares[i] / 2;
                row.pairGradients[i] = row.shares[i] * mean / root / row.m;
            }
            return value;
        }
    }

    /** Any phi of the differences. */
    @LossType(name = "pairs", formula = "mean_j phi(s_j - s_i)", source = "a test")
    public record Pairs(Phi phi) implements PairwiseLoss {}
}
