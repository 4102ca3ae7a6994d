package org.mineral.algorithm.embedding.target;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;

/**
 * The weight of each item as a candidate: n_j^b, with n_j its number of users, scaled to mean 1 over the catalogue. In a loss over e^s this
 * adds {@code b log n_j} to candidates' scores in training only (logit adjustment, Menon et al. 2021, arXiv 2007.07314): b below 0 pushes
 * popular items down less, so that they rank higher.
 */
public final class CandidateWeights {

    private CandidateWeights() {}

    /** One weight for each item; null, meaning all ones, if b is 0. An item without users is treated as having one. */
    public static float @Nullable [] of(Interactions train, double b) {
        return b == 0 ? null : of(train.itemCounts(), b);
    }

    /**
     * The same where users are counted already.
     *
     * @param itemCounts by item: n_j
     */
    public static float @Nullable [] of(int[] itemCounts, double b) {
        if (b == 0) {
            return null;
        }
        double[] powers = Arrays.stream(itemCounts)
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
