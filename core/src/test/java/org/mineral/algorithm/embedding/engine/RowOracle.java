package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.loss.PairwiseLoss;
import org.mineral.loss.Row;
import org.mineral.loss.SummedLoss;
import org.mineral.loss.Term;

/** One row in double precision, with a number of draws that differs from the number of distinct candidates. */
public final class RowOracle {

    public record Result(double value, double[] positives, double[] candidates) {}

    private RowOracle() {}

    public static Result evaluate(
            Objective objective, double[] positives, double[] candidates, double[] weights, int draws, int items) {
        double[] shares = new double[positives.length];
        Arrays.fill(shares, 1.0 / positives.length);
        return evaluate(objective, positives, shares, candidates, weights, draws, items);
    }

    /** @param shares what each positive counts in the means over them; they add up to 1 */
    public static Result evaluate(
            Objective objective,
            double[] positives,
            double[] shares,
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
                    double slope = share * weights[j] * pairwise.term().derivative(d) / t;
                    value += share * weights[j] * pairwise.term().value(d);
                    gradPositives[i] -= slope;
                    gradCandidates[j] += slope;
                }
            }
            return new Result(value, gradPositives, gradCandidates);
        }
        SummedLoss loss = (SummedLoss) objective.loss();
        Term term = loss.term();
        boolean exp = term.kind() == Term.Kind.EXP;
        Row row = new Row(positives.length);
        row.resize(positives.length);
        row.m = draws;
        row.items = items;
        row.temperature = t;
        Arrays.setAll(row.positives, i -> i < positives.length ? positives[i] / t : 0);
        System.arraycopy(shares, 0, row.shares, 0, shares.length);
        double sum = 0;
        for (int j = 0; j < candidates.length; j++) {
            sum += weights[j] * term.value(candidates[j] / t);
        }
        row.sum = exp ? Math.log(sum) : sum;
        double value = loss.evaluate(row);
        for (int i = 0; i < positives.length; i++) {
            gradPositives[i] = row.positiveGradients[i] / t;
        }
        for (int j = 0; j < candidates.length; j++) {
            double slope = weights[j] * term.derivative(candidates[j] / t) / (exp ? sum : 1);
            gradCandidates[j] = row.sumGradient * slope / t;
        }
        return new Result(value, gradPositives, gradCandidates);
    }
}
