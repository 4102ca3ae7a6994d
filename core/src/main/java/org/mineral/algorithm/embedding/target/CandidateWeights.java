package org.mineral.algorithm.embedding.target;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;

/**
 * How much each item weighs as a candidate: n_j^b, with n_j its number of users, scaled to mean 1 over the catalogue. In a
 * loss over e^s that is a prior on the scores of candidates, {@code s_j + b log n_j}, which the finished model is served
 * without (logit adjustment, Menon et al. 2021, arXiv 2007.07314): b below 0 pushes popular items down less than the loss itself
 * would, so that they end up higher.
 */
public final class CandidateWeights {

    private CandidateWeights() {}

    /** One weight an item; null, standing for all ones, if b is 0. An item without users counts as one with a single one. */
    public static float @Nullable [] of(Interactions train, double b) {
        if (b == 0) {
            return null;
        }
        double[] powers = Arrays.stream(train.itemCounts())
                .mapToDouble(n -> Math.pow(Math.max(1, n), b))
                .toArray();
        double mean = Arrays.stream(powers).average().orElse(1);
        float[] weights = new float[powers.length];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = (float) (powers[j] / mean);
        }
        return weights;
    }
}
