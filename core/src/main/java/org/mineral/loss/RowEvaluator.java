package org.mineral.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.RowSummary;
import org.mineral.loss.row.Similarity;

/**
 * One row of any loss in double precision, from plain similarities to the value and its gradients: the reference that
 * the fast engines are tested against, and what {@code mineral loss} and fold-in use.
 *
 * <p>The candidates given are the whole set C: positives are not added to it. Immutable and thread-safe.
 */
public final class RowEvaluator {

    /** Room for the last bit of a cosine that was computed in single precision. */
    private static final double COSINE_SLACK = 1e-6;

    private final Loss loss;
    private final LossType type;
    private final double temperature;
    private final Similarity similarity;
    private final int items;

    /**
     * Gradients are with respect to the similarities, before their division by the temperature.
     *
     * @param value mean of l(u,i) over the positives
     * @param gradPositives one entry a positive, through all its roles but that of a candidate
     * @param gradCandidates one entry a candidate
     */
    public record Result(double value, double[] gradPositives, double[] gradCandidates) {}

    private RowEvaluator(Loss loss, double temperature, Similarity similarity, int items) {
        this.loss = loss;
        this.type = Losses.typeOf(loss);
        this.temperature = type.tempered() ? temperature : 1;
        this.similarity = similarity;
        this.items = items;
    }

    /** At the loss's own temperature and similarity; #I is the number of candidates. */
    public static RowEvaluator of(Loss loss) {
        LossType type = Losses.typeOf(loss);
        return new RowEvaluator(loss, type.temperature(), type.similarity(), 0);
    }

    /** t, above 0. Losses without a temperature (see {@link LossType#tempered}) stay at 1. */
    public RowEvaluator withTemperature(double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new InputException("temperature = " + temperature + " is out of range; allowed: above 0, finite.");
        }
        return new RowEvaluator(loss, temperature, similarity, items);
    }

    /** What the similarities are; cosines are held to [-1, 1]. */
    public RowEvaluator withSimilarity(Similarity similarity) {
        return new RowEvaluator(loss, temperature, similarity, items);
    }

    /** #I, the size of the catalogue, for losses that depend on it; 0 means the number of candidates. */
    public RowEvaluator withItems(int items) {
        if (items < 0) {
            throw new InputException("items = " + items + " is out of range; allowed: 0 or more.");
        }
        return new RowEvaluator(loss, temperature, similarity, items);
    }

    /** All weights 1. */
    public Result evaluate(double[] positives, double[] candidates) {
        return evaluate(positives, candidates, null);
    }

    /**
     * @param positives similarities of the user's positives, at least one
     * @param candidates similarities of the candidates, at least one
     * @param weights w_j, positive, one a candidate; null means all ones
     * @throws InputException if a number is missing, not finite, or no cosine where a cosine is due
     */
    public Result evaluate(double[] positives, double[] candidates, double @Nullable [] weights) {
        return evaluate(positives, null, candidates, weights);
    }

    /**
     * As {@link #evaluate(double[], double[], double[])}, for positives that are among the candidates: what they count there is known to losses that leave a
     * positive out of its own sum.
     *
     * @param hits w_i of each positive that is a candidate itself, 0 for the others; one a positive
     */
    public Result evaluateWithHits(
            double[] positives, double[] hits, double[] candidates, double @Nullable [] weights) {
        return evaluate(positives, null, hits, candidates, weights);
    }

    /**
     * As {@link #evaluate(double[], double[], double[])}, where the positives do not all count the same.
     *
     * @param counts what each positive counts in the means over them, positive, one a positive; only their ratios matter;
     *     null means all the same
     */
    public Result evaluate(
            double[] positives, double @Nullable [] counts, double[] candidates, double @Nullable [] weights) {
        return evaluate(positives, counts, new double[positives.length], candidates, weights);
    }

    private Result evaluate(
            double[] positives,
            double @Nullable [] counts,
            double[] hits,
            double[] candidates,
            double @Nullable [] weights) {
        checkSimilarities("positives", positives);
        checkSimilarities("candidates", candidates);
        double[] v = counts == null ? ones(positives.length) : counts;
        checkWeights("counts", v, positives.length, "positives");
        double[] w = weights == null ? ones(candidates.length) : weights;
        checkWeights("weights", w, candidates.length, "candidates");
        Row row = new Row(
                positives.length,
                loss instanceof RowLoss whole ? whole.statistics().size() : 1);
        row.resize(positives.length);
        System.arraycopy(scores(positives), 0, row.positives, 0, row.n);
        double total = Arrays.stream(v).sum();
        Arrays.setAll(row.shares, i -> v[i] / total);
        System.arraycopy(hits, 0, row.hits, 0, row.n);
        double[] sj = scores(candidates);
        Result result =
                loss instanceof RowLoss whole ? whole(whole, row, sj, w) : pairwise((PairwiseLoss) loss, row, sj, w);
        checkResult(result);
        return result;
    }

    private Result whole(RowLoss whole, Row row, double[] candidates, double[] w) {
        int m = candidates.length;
        row.m = m;
        row.items = items == 0 ? m : items;
        row.temperature = temperature;
        List<RowStatistic> statistics = whole.statistics();
        List<RowSummary> summaries = new ArrayList<>();
        for (int k = 0; k < statistics.size(); k++) {
            int origin = RowStatistic.origin(statistics, k);
            RowSummary summary = statistics.get(k).summary(origin < 0 ? 0 : row.statistics[origin]);
            for (int j = 0; j < m; j++) {
                summary.add(candidates[j], w[j]);
            }
            row.statistics[k] = summary.value();
            summaries.add(summary);
        }
        Phi pairPhi = whole instanceof PairedLoss paired ? paired.pairPhi() : null;
        for (int i = 0; i < row.n && pairPhi != null; i++) {
            row.pairSums[i] = 0;
            row.pairSlopes[i] = 0;
            for (int j = 0; j < m; j++) {
                row.pairSums[i] += w[j] * pairPhi.value(candidates[j] - row.positives[i]);
                row.pairSlopes[i] += w[j] * pairPhi.derivative(candidates[j] - row.positives[i]);
            }
        }
        double value = whole.evaluate(row);

        double[] gradients = new double[m];
        for (int i = 0; i < row.n && pairPhi != null; i++) {
            row.positiveGradients[i] -= row.pairGradients[i] * row.pairSlopes[i];
            for (int j = 0; j < m; j++) {
                double slope = w[j] * pairPhi.derivative(candidates[j] - row.positives[i]);
                gradients[j] += row.pairGradients[i] * slope / temperature;
            }
        }
        for (int k = 0; k < statistics.size(); k++) {
            for (int j = 0; j < m; j++) {
                double slope = summaries.get(k).derivative(candidates[j], w[j]);
                gradients[j] += row.statisticGradients[k] * slope / temperature;
            }
        }
        double[] own = Arrays.stream(row.positiveGradients, 0, row.n)
                .map(g -> g / temperature)
                .toArray();
        return new Result(value, own, gradients);
    }

    private Result pairwise(PairwiseLoss pairs, Row row, double[] candidates, double[] w) {
        Phi phi = pairs.phi();
        double[] own = new double[row.n];
        double[] gradients = new double[candidates.length];
        double value = 0;
        for (int i = 0; i < own.length; i++) {
            double share = row.shares[i] / candidates.length;
            for (int j = 0; j < gradients.length; j++) {
                double difference = candidates[j] - row.positives[i];
                double gradient = share * w[j] * phi.derivative(difference) / temperature;
                value += share * w[j] * phi.value(difference);
                own[i] -= gradient;
                gradients[j] += gradient;
            }
        }
        return new Result(value, own, gradients);
    }

    private double[] scores(double[] similarities) {
        return Arrays.stream(similarities).map(s -> s / temperature).toArray();
    }

    private static double[] ones(int length) {
        double[] ones = new double[length];
        Arrays.fill(ones, 1);
        return ones;
    }

    private void checkSimilarities(String what, double[] similarities) {
        if (similarities.length == 0) {
            throw new InputException("no " + what + "; " + type.name() + " needs at least one, for example 0.9.");
        }
        for (int k = 0; k < similarities.length; k++) {
            double s = similarities[k];
            if (!Double.isFinite(s)) {
                throw new InputException(what + "[" + k + "] = " + s + " is not a finite number.");
            }
            if (similarity == Similarity.COSINE && Math.abs(s) > 1 + COSINE_SLACK) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s[%d] = %s is no cosine; allowed: -1 to 1. For dot products set similarity=%s.",
                        what,
                        k,
                        s,
                        Similarity.DOT.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    private static void checkWeights(String what, double[] weights, int due, String of) {
        if (weights.length != due) {
            throw new InputException(
                    String.format(Locale.ROOT, "%d %s for %d %s; give one for each.", weights.length, what, due, of));
        }
        for (int j = 0; j < weights.length; j++) {
            if (!(weights[j] > 0) || Double.isInfinite(weights[j])) {
                throw new InputException(what + "[" + j + "] = " + weights[j] + "; allowed: finite and above 0.");
            }
        }
    }

    private void checkResult(Result result) {
        boolean finite = Double.isFinite(result.value)
                && Arrays.stream(result.gradPositives).allMatch(Double::isFinite)
                && Arrays.stream(result.gradCandidates).allMatch(Double::isFinite);
        if (!finite) {
            throw new InputException(
                    type.name() + " of these numbers is beyond double precision; bring them nearer to 0"
                            + " or raise the temperature (now " + temperature + ").");
        }
    }
}
