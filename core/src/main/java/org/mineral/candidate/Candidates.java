package org.mineral.candidate;

import org.jspecify.annotations.Nullable;

/**
 * The items that one block of users is compared with.
 *
 * @param items distinct item indices, ascending; null means all items
 * @param relative w_j = count_j / (draws-normalised #I q_j): mean-one importance ratios against uniform items, draws of
 *     the same item added up; null means all ones
 * @param draws M, the number of draws (for all items: their number)
 */
public record Candidates(int @Nullable [] items, float @Nullable [] relative, int draws) {

    /** The whole catalogue. */
    public static Candidates all(int items) {
        return new Candidates(null, null, items);
    }
}
