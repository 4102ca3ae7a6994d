package org.mineral.algorithm.embedding.encoder;

import org.mineral.random.Streams;

/**
 * Which edges between a step's users and their items are there (the setting {@code edge_dropout}). An edge is there or not in all
 * parts of a step alike, whoever asks.
 */
final class EdgeDropout {

    private static final int LEVELS = 1 << 24;

    private final long dropped;
    private final float weight;

    /** @param share of the edges that are missing, below 1 */
    EdgeDropout(double share) {
        this.dropped = Math.round(share * LEVELS);
        this.weight = (float) (1 / (1 - share));
    }

    boolean none() {
        return dropped == 0;
    }

    /** What edges towards a user weigh, so that the expectation of the user's sum stays. */
    float weight() {
        return weight;
    }

    /** @param seed of the step */
    boolean keeps(int user, int item, long seed) {
        return none() || Streams.ofEdge(seed, user, item) >>> 40 >= dropped;
    }
}
