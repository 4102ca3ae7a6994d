package org.mineral.algorithm.embedding.foldin;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.engine.RowKernel;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.CandidateWeights;
import org.mineral.algorithm.embedding.target.UserTemperatures;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.loss.row.Row;
import org.mineral.model.VectorModel;
import org.mineral.model.rank.Ranking;
import org.mineral.random.Streams;

/**
 * The row of a user to be folded in, and the derivative of its loss with respect to the user's vector.
 *
 * <p>Candidates are the whole catalogue, estimated where it is large: the up to {@value #NEAR} items nearest to the user's initial vector,
 * which dominate a sum of exponentials, each with weight 1, and {@value #FAR} drawn from the others, weighted to represent them. So a step
 * costs the same for any catalogue, a few hundredths of a millisecond.
 */
final class FoldInRow {

    private static final int NEAR = 2_048;
    private static final int FAR = 2_048;

    private final Kernels kernels;
    private final RowKernel kernel;
    private final Matrix factors;
    private final int[] positives;
    private final int[] times;
    private final Row row;
    private final double temperature;
    private final int candidates;
    private final float @Nullable [] weights;
    private final float[] vectors;
    private final float[] scores;

    /**
     * The data shared by all rows of a model.
     *
     * @param weights candidate weight of each item; null if all are 1
     */
    record Scale(UserTemperatures temperatures, float @Nullable [] weights) {

        static Scale of(VectorModel model, Objective objective, TrainOptions options) {
            return of(model.trained().itemCounts(), UserTemperatures.meanLog(model.trained()), objective, options);
        }

        static Scale of(int[] itemCounts, double meanLog, Objective objective, TrainOptions options) {
            return new Scale(
                    new UserTemperatures(meanLog, objective, options.objective().temperatureExponent()),
                    CandidateWeights.of(itemCounts, options.objective().candidateWeight()));
        }
    }

    /**
     * @param positives item indices, ascending
     * @param times number of repetitions of each in the row
     * @param first the user's initial vector, which determines the near items
     */
    FoldInRow(
            VectorModel model,
            Objective objective,
            Scale scale,
            int[] positives,
            int[] times,
            float[] first,
            Kernels kernels) {
        this.kernels = kernels;
        this.kernel = RowKernel.of(objective.loss(), kernels);
        this.factors = model.itemVectors();
        this.positives = positives;
        this.times = times;
        this.temperature = scale.temperatures.of(positives.length);
        int items = model.items().size();
        int[] chosen;
        float[] shares;
        if (items <= NEAR + FAR) {
            chosen = allItems(items);
            shares = null;
        } else {
            chosen = nearAndFar(model, Arrays.copyOf(first, model.dimension()));
            int near = chosen.length - FAR;
            shares = new float[chosen.length];
            Arrays.fill(shares, 0, near, 1);
            Arrays.fill(shares, near, shares.length, (float) (items - near) / FAR);
        }
        this.weights = weights(scale.weights, chosen, shares);
        this.candidates = chosen.length;
        int padded = (candidates + Kernels.PANEL - 1) / Kernels.PANEL * Kernels.PANEL;
        this.vectors = new float[candidates * factors.stride()];
        for (int j = 0; j < candidates; j++) {
            System.arraycopy(
                    factors.values(), factors.offset(chosen[j]), vectors, j * factors.stride(), factors.stride());
        }
        this.scores = new float[padded];
        int entries = Arrays.stream(times).sum();
        this.row = kernel.row(entries);
        row.resize(entries);
        row.m = items;
        // Losses that use the share of positives in the catalogue must not count repetitions.
        row.items = (int) Math.min(Integer.MAX_VALUE, (long) items * entries / positives.length);
        row.temperature = temperature;
        hits(chosen);
    }

    /** What each positive counts among the candidates; entries of the same item share it. */
    private void hits(int[] chosen) {
        double[] byPositive = new double[positives.length];
        for (int j = 0; j < chosen.length; j++) {
            int i = Arrays.binarySearch(positives, chosen[j]);
            if (i >= 0) {
                byPositive[i] = weights == null ? 1 : weights[j];
            }
        }
        for (int i = 0, k = 0; i < positives.length; k += times[i], i++) {
            Arrays.fill(row.hits, k, k + times[i], byPositive[i]);
        }
    }

    /** The number of items that each candidate represents, times its weight in training; null if all are 1. */
    private static float @Nullable [] weights(float @Nullable [] all, int[] chosen, float @Nullable [] shares) {
        if (all == null) {
            return shares;
        }
        float[] weights = new float[chosen.length];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = all[chosen[j]] * (shares == null ? 1 : shares[j]);
        }
        return weights;
    }

    private static int[] allItems(int items) {
        int[] all = new int[items];
        Arrays.setAll(all, j -> j);
        return all;
    }

    private static int[] nearAndFar(VectorModel model, float[] first) {
        int items = model.items().size();
        Ranking near = model.rank(first, NEAR, new int[0]);
        boolean[] taken = new boolean[items];
        int[] chosen = Arrays.copyOf(near.items(), near.items().length + FAR);
        for (int item : near.items()) {
            taken[item] = true;
        }
        SplittableRandom random = Streams.ofFoldIn(items);
        for (int k = near.items().length; k < chosen.length; ) {
            int item = random.nextInt(items);
            if (!taken[item]) {
                chosen[k++] = item;
            }
        }
        return chosen;
    }

    /** The derivative of the row's loss with respect to the user's scored vector; {@code to} is overwritten. */
    void gradient(float[] person, float[] to) {
        int dp = factors.stride();
        float scale = (float) (1 / temperature);
        for (int j = 0; j < candidates; j++) {
            scores[j] = scale * kernels.dot(vectors, j * dp, person, 0, dp);
        }
        for (int i = 0, k = 0; i < positives.length; i++) {
            double score = scale * kernels.dot(factors.values(), factors.offset(positives[i]), person, 0, dp);
            for (int r = 0; r < times[i]; r++) {
                row.positives[k++] = score;
            }
        }
        float a = (float) kernel.derivatives(row, scores, candidates, weights);
        Arrays.fill(to, 0);
        for (int j = 0; j < candidates; j++) {
            kernels.axpy(scale * a * scores[j], vectors, j * dp, to, 0, dp);
        }
        for (int i = 0, k = 0; i < positives.length; i++) {
            double slope = 0;
            for (int r = 0; r < times[i]; r++) {
                slope += row.positiveGradients[k++];
            }
            kernels.axpy((float) (scale * slope), factors.values(), factors.offset(positives[i]), to, 0, dp);
        }
    }
}
