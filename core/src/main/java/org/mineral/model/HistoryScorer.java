package org.mineral.model;

import org.mineral.model.rank.Ranking;

/** Scores items for somebody by what they took, whether the model has seen them in training or not. Immutable and thread-safe. */
@Capability("scores for a history of items")
public interface HistoryScorer {

    /**
     * Scores of all items, as {@link Model#scores} has them for a user.
     *
     * @throws org.mineral.config.InputException if the model does not have an item of the history
     */
    float[] scores(History history);

    /**
     * The best n items, best first, ties by lower item index; shorter only where the catalogue ends. Items of the history are left out
     * only if they are excluded.
     *
     * @param exclude item indices to leave out, in any order; one may occur twice
     * @throws org.mineral.config.InputException if the model does not have an item of the history, an excluded index is none of an
     *     item, or n is below 1
     */
    Ranking rank(History history, int n, int... exclude);
}
