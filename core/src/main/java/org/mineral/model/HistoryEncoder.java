package org.mineral.model;

import org.mineral.model.rank.Ranking;

/** Computes a vector from a history and scores by it; needed for approximate search and caches. */
@Capability("vectors of histories")
public interface HistoryEncoder extends HistoryScorer {

    /** The model whose item vectors it is multiplied with. */
    VectorModel model();

    /**
     * A vector of the model's dimension, to be scored by dot products with its items.
     *
     * @throws org.mineral.config.InputException if the model does not have an item of the history
     */
    float[] vector(History history);

    @Override
    default float[] scores(History history) {
        return model().scores(vector(history));
    }

    @Override
    default Ranking rank(History history, int n, int... exclude) {
        return model().rank(vector(history), n, exclude);
    }
}
