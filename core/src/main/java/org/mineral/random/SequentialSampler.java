package org.mineral.random;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Draws items one after the other without replacement from a softmax. Draws of items already drawn are repeated, which is equivalent to
 * drawing from the rest; if that happens too often, the weights of drawn items are set to zero.
 */
public final class SequentialSampler {

    private static final int PATIENCE = 50;

    private final double[] weights;
    private final double[] background;

    /**
     * @param scores log weights
     * @param backgroundScores log weights of the noise distribution
     */
    public SequentialSampler(float[] scores, float[] backgroundScores) {
        this.weights = softmax(scores);
        this.background = softmax(backgroundScores);
    }

    /** The drawn items, in the order of drawing. */
    public int[] draw(int count, double noise, SplittableRandom random) {
        int[] drawn = new int[count];
        complete(drawn, 0, new boolean[weights.length], noise, random);
        return drawn;
    }

    /** Fills {@code drawn} from position {@code k} on; items already drawn are marked in {@code taken}. */
    public void complete(int[] drawn, int k, boolean[] taken, double noise, SplittableRandom random) {
        double[] sums = sums(without(weights, taken));
        double[] backgroundSums = sums(without(background, taken));
        int repeats = 0;
        while (k < drawn.length) {
            double[] from = random.nextDouble() < noise ? backgroundSums : sums;
            int item = pick(from, random.nextDouble());
            if (!taken[item]) {
                taken[item] = true;
                drawn[k++] = item;
            } else if (++repeats % PATIENCE == 0) {
                sums = sums(without(weights, taken));
                backgroundSums = sums(without(background, taken));
            }
        }
    }

    /** The position at which the cumulated weight exceeds this fraction of the total. */
    static int pick(double[] sums, double uniform) {
        double target = uniform * sums[sums.length - 1];
        int found = Arrays.binarySearch(sums, target);
        int first = found < 0 ? -found - 1 : found + 1;
        return Math.min(first, sums.length - 1);
    }

    static double[] sums(double[] weights) {
        double[] sums = weights.clone();
        for (int k = 1; k < sums.length; k++) {
            sums[k] += sums[k - 1];
        }
        return sums;
    }

    private static double[] without(double[] weights, boolean[] taken) {
        double[] rest = weights.clone();
        for (int k = 0; k < rest.length; k++) {
            // Above zero, so that the rest of a peaked softmax does not round to a sum of zero.
            rest[k] = taken[k] ? 0 : Math.max(rest[k], 1e-300);
        }
        return rest;
    }

    private static double[] softmax(float[] scores) {
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        double[] weights = new double[scores.length];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = StrictMath.exp(scores[k] - max);
        }
        return weights;
    }
}
