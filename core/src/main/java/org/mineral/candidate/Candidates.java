package org.mineral.candidate;

import org.jspecify.annotations.Nullable;

/**
 * The candidate items of one block of users.
 *
 * @param items distinct item indices, ascending; null means all items
 * @param relative one weight for each entry of {@code items}, summed over draws of the same item: {@code count_j / (#I q_j)} with q_j the
 *     probability that one draw is item j, so that {@code (1/M) sum_j relative_j f(j)} is an unbiased estimate of the
 *     mean of f over all items that can be drawn, counted as 0 where they cannot; times #I, of its sum. Without
 *     correction: count_j. Null means all ones.
 * @param draws M, the number of draws (for all items: their number)
 */
public record Candidates(int @Nullable [] items, float @Nullable [] relative, int draws) {

    /** @throws IllegalArgumentException if items are not strictly ascending or weights are not one each */
    public Candidates {
        for (int k = 1; items != null && k < items.length; k++) {
            if (items[k] <= items[k - 1]) {
                throw new IllegalArgumentException("candidate " + items[k] + " after " + items[k - 1]
                        + "; allowed: distinct items in ascending order");
            }
        }
        if (items != null && relative != null && relative.length != items.length) {
            throw new IllegalArgumentException(relative.length + " weights for " + items.length + " candidates");
        }
    }

    /** The whole catalogue. */
    public static Candidates all(int items) {
        return new Candidates(null, null, items);
    }
}
