package org.mineral.model.rank;

import java.util.function.IntPredicate;
import org.mineral.config.Internal;

/** The best of an array of scores, one for each item. */
@Internal
public final class ScoredItems {

    private ScoredItems() {}

    /**
     * The best k items that can be ranked, ties by lower item index.
     *
     * @param ranked whether an item can be ranked
     * @param exclude item indices, ascending from {@code from} to {@code to}, exclusive
     */
    public static Ranking best(float[] scores, IntPredicate ranked, int k, int[] exclude, int from, int to) {
        TopK best = new TopK(Math.min(k, scores.length));
        int skip = from;
        for (int item = 0; item < scores.length; item++) {
            boolean excluded = false;
            for (; skip < to && exclude[skip] == item; skip++) {
                excluded = true;
            }
            if (!excluded && scores[item] > best.threshold() && ranked.test(item)) {
                best.offer(item, scores[item]);
            }
        }
        return best.ranking();
    }
}
