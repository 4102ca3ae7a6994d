package org.mineral.model;

import org.mineral.model.rank.Ranking;

/** Scores items for a history of items, of a user from training or a new one. Immutable and thread-safe. */
@Capability("scores for a history of items")
public interface HistoryScorer {

    /**
     * Scores of all items, in the form of {@link Model#scores}.
     *
     * @throws org.mineral.config.InputException if the model does not have an item of the history
     */
    float[] scores(History history);

    /**
     * The best n items, best first, ties by lower item index; fewer only if the catalogue is smaller. Items of the history are left out
     * only if they are excluded.
     *
     * @param exclude item indices to leave out, in any order; one may occur twice
     * @throws org.mineral.config.InputException if the model does not have an item of the history, an excluded index is out of range, or n is
     *     below 1
     */
    Ranking rank(History history, int n, int... exclude);
}
