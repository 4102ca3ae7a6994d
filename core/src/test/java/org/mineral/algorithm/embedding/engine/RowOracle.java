package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/** One row in double precision, with a number of draws that differs from the number of distinct candidates. */
public final class RowOracle {

    public record Result(double value, double[] positives, double[] candidates) {}

    private RowOracle() {}

    public static Result evaluate(
            Objective objective, double[] positives, double[] candidates, double[] weights, int draws, int items) {
        double[] shares = new double[positives.length];
        Arrays.fill(shares, 1.0 / positives.length);
        return evaluate(objective, positives, shares, new double[shares.length], candidates, weights, draws, items);
    }

    /**
     * @param shares what each positive counts in the means over them; they add up to 1
     * @param hits what each positive counts among the candidates
     */
    public static Result evaluate(
            Objective objective,
            double[] positives,
            double[] shares,
            double[] hits,
            double[] candidates,
            double[] weights,
            int draws,
            int items) {
        double t = objective.temperature();
        double[] gradPositives = new double[positives.length];
        double[] gradCandidates = new double[candidates.length];
        if (objective.loss() instanceof PairwiseLoss pairwise) {
            double value = 0;
            for (int i = 0; i < positives.length; i++) {
                double share = shares[i] / draws;
                for (int j = 0; j < candidates.length; j++) {
                    double d = (candidates[j] - positives[i]) / t;
                    double slope = share * weights[j] * pairwise.phi().derivative(d) / t;
                    value += share * weights[j] * pairwise.phi().value(d);
                    gradPositives[i] -= slope;
                    gradCandidates[j] += slope;
                }
            }
            return new Result(value, gradPositives, gradCandidates);
        }
        RowLoss loss = (RowLoss) objective.loss();
        List<RowStatistic> statistics = loss.statistics();
        Row row = new Row(positives.length, statistics.size());
        row.resize(positives.length);
        row.m = draws;
        row.items = items;
        row.temperature = t;
        Arrays.setAll(row.positives, i -> i < positives.length ? positives[i] / t : 0);
        System.arraycopy(shares, 0, row.shares, 0, shares.length);
        System.arraycopy(hits, 0, row.hits, 0, hits.length);
        double[] scores = DoubleStream.of(candidates).map(s -> s / t).toArray();
        for (int k = 0; k < statistics.size(); k++) {
            row.statistics[k] = value(statistics, k, row, scores, weights);
        }
        if (loss instanceof PairedLoss paired) {
            for (int i = 0; i < positives.length; i++) {
                double own = row.positives[i];
                row.pairSums[i] = IntStream.range(0, scores.length)
                        .mapToDouble(j -> weights[j] * paired.pairPhi().value(scores[j] - own))
                        .sum();
                row.pairSlopes[i] = IntStream.range(0, scores.length)
                        .mapToDouble(j -> weights[j] * paired.pairPhi().derivative(scores[j] - own))
                        .sum();
            }
        }
        double value = loss.evaluate(row);
        for (int i = 0; i < positives.length; i++) {
            gradPositives[i] = row.positiveGradients[i] / t;
            for (int j = 0; j < scores.length && loss instanceof PairedLoss; j++) {
                double d = scores[j] - row.positives[i];
                double slope = row.pairGradients[i]
                        * weights[j]
                        * ((PairedLoss) loss).pairPhi().derivative(d)
                        / t;
                gradPositives[i] -= slope;
                gradCandidates[j] += slope;
            }
        }
        for (int k = 0; k < statistics.size(); k++) {
            double[] slopes = slopes(statistics, k, row, scores, weights);
            for (int j = 0; j < candidates.length; j++) {
                gradCandidates[j] += row.statisticGradients[k] * slopes[j] / t;
            }
        }
        return new Result(value, gradPositives, gradCandidates);
    }

    private static double value(List<RowStatistic> statistics, int k, Row row, double[] s, double[] w) {
        RowStatistic statistic = statistics.get(k);
        if (statistic instanceof RowStatistic.CountAbove above) {
            return IntStream.range(0, s.length)
                    .filter(j -> s[j] > above.threshold())
                    .mapToDouble(j -> w[j])
                    .sum();
        }
        if (statistic instanceof RowStatistic.Quantile quantile) {
            return DoubleStream.of(s)
                    .filter(b -> IntStream.range(0, s.length)
                                    .filter(j -> s[j] >= b)
                                    .mapToDouble(j -> w[j])
                                    .sum()
                            >= quantile.count())
                    .max()
                    .orElse(DoubleStream.of(s).min().orElseThrow());
        }
        if (statistic == RowStatistic.maximum()) {
            return DoubleStream.of(s).max().orElseThrow();
        }
        if (statistic instanceof RowStatistic.SoftMean mean) {
            double[] a = softmax(s, w);
            return IntStream.range(0, s.length)
                    .mapToDouble(j -> a[j] * mean.phi().value(s[j]))
                    .sum();
        }
        double b = origin(statistics, k, row);
        double sum = IntStream.range(0, s.length)
                .mapToDouble(j -> w[j] * phi(statistic).value(s[j] - b))
                .sum();
        return phi(statistic) == Phi.EXP ? Math.log(sum) : sum;
    }

    private static double[] slopes(List<RowStatistic> statistics, int k, Row row, double[] s, double[] w) {
        RowStatistic statistic = statistics.get(k);
        double[] slopes = new double[s.length];
        if (statistic instanceof RowStatistic.CountAbove
                || statistic instanceof RowStatistic.Quantile quantile && quantile.constant()) {
            return slopes;
        }
        if (statistic instanceof RowStatistic.Quantile || statistic == RowStatistic.maximum()) {
            long ties = DoubleStream.of(s).filter(x -> x == row.statistics[k]).count();
            Arrays.setAll(slopes, j -> s[j] == row.statistics[k] ? 1.0 / ties : 0);
            return slopes;
        }
        if (statistic instanceof RowStatistic.SoftMean mean) {
            double[] a = softmax(s, w);
            Arrays.setAll(
                    slopes,
                    j -> a[j]
                            * (mean.phi().value(s[j])
                                    - row.statistics[k]
                                    + mean.phi().derivative(s[j])));
            return slopes;
        }
        double b = origin(statistics, k, row);
        double scale = phi(statistic) == Phi.EXP ? Math.exp(-row.statistics[k]) : 1;
        Arrays.setAll(slopes, j -> w[j] * phi(statistic).derivative(s[j] - b) * scale);
        return slopes;
    }

    private static double[] softmax(double[] s, double[] w) {
        double[] e = IntStream.range(0, s.length)
                .mapToDouble(j -> w[j] * Math.exp(s[j]))
                .toArray();
        double sum = DoubleStream.of(e).sum();
        return DoubleStream.of(e).map(x -> x / sum).toArray();
    }

    private static double origin(List<RowStatistic> statistics, int k, Row row) {
        return statistics.get(k) instanceof RowStatistic.SumFrom sum
                ? row.statistics[statistics.indexOf(sum.origin())]
                : 0;
    }

    private static Phi phi(RowStatistic statistic) {
        return statistic instanceof RowStatistic.Sum sum ? sum.phi() : ((RowStatistic.SumFrom) statistic).phi();
    }
}
