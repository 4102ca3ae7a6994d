package org.mineral.model;

import org.mineral.model.rank.Ranking;
import org.mineral.model.rank.TopK;

/** The best of an array of scores, one for each item. */
final class ScoredItems {

    private ScoredItems() {}

    /**
     * The best k items that can be ranked, ties by lower item index.
     *
     * @param exclude item indices, ascending from {@code from} to {@code to}, exclusive
     */
    static Ranking best(float[] scores, Population population, int k, int[] exclude, int from, int to) {
        TopK best = new TopK(Math.min(k, scores.length));
        int skip = from;
        for (int item = 0; item < scores.length; item++) {
            boolean excluded = false;
            for (; skip < to && exclude[skip] == item; skip++) {
                excluded = true;
            }
            if (!excluded && scores[item] > best.threshold() && population.hasItem(item)) {
                best.offer(item, scores[item]);
            }
        }
        return best.ranking();
    }
}
