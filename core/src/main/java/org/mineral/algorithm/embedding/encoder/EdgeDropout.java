package org.mineral.algorithm.embedding.encoder;

import org.mineral.random.Streams;

/**
 * Decides which edges between a step's users and their items are dropped (the setting {@code edge_dropout}). It depends only on (seed, edge),
 * so that forward pass, backward pass and all threads agree.
 */
final class EdgeDropout {

    private static final int LEVELS = 1 << 24;

    private final long dropped;
    private final float weight;

    /** @param share of dropped edges, below 1 */
    EdgeDropout(double share) {
        this.dropped = Math.round(share * LEVELS);
        this.weight = (float) (1 / (1 - share));
    }

    boolean none() {
        return dropped == 0;
    }

    /** The weight of the remaining edges of a user, which preserves the expectation of the sum. */
    float weight() {
        return weight;
    }

    /** @param seed of the step */
    boolean keeps(int user, int item, long seed) {
        return none() || Streams.ofEdge(seed, user, item) >>> 40 >= dropped;
    }
}
