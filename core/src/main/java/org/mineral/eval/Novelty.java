package org.mineral.eval;

import java.util.Arrays;
import org.mineral.data.Interactions;

/**
 * Novelty of a list: the mean over its first K items j of the self-information
 * {@code -log2(n_j / sum_i n_i)}, in bits, where n_j is the number of j's training interactions, and 1 for an item without
 * any, which would be infinitely surprising. An item twice as popular is one bit less novel.
 *
 * <p>Sources: the self-information of recommended items of Zhou, Kuscsik, Liu, Medo, Wakeling and Zhang 2010 (Solving the
 * apparent diversity-accuracy dilemma of recommender systems, PNAS 107(10)), there by the share of users, here by the share
 * of interactions, as the free discovery of Vargas and Castells 2011 (Rank and relevance in novelty and diversity metrics
 * for recommender systems, RecSys), without discount and relevance.
 */
public final class Novelty {

    /** Name without the cutoff, as in tables. Higher is not better in itself: random lists are the most novel. */
    public static final String LABEL = "Novelty";

    private final double[] bits;

    private Novelty(double[] bits) {
        this.bits = bits;
    }

    /** @param train users x items */
    public static Novelty of(Interactions train) {
        int[] counts =
                Arrays.stream(train.itemCounts()).map(n -> Math.max(1, n)).toArray();
        double total = Arrays.stream(counts).asLongStream().sum();
        return new Novelty(Arrays.stream(counts)
                .mapToDouble(n -> Math.log(total / n) / Math.log(2))
                .toArray());
    }

    /**
     * The mean over the first k items, or over all of a shorter list; 0 if it is empty.
     *
     * @param ranked items, best first
     */
    public double value(int[] ranked, int k) {
        int n = Math.min(k, ranked.length);
        double sum = 0;
        for (int r = 0; r < n; r++) {
            sum += bits[ranked[r]];
        }
        return n == 0 ? 0 : sum / n;
    }
}
