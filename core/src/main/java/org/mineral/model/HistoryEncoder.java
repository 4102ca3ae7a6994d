package org.mineral.model;

import org.mineral.model.rank.Ranking;

/** Scores by a vector that it computes from a history: what approximate search and caches need. */
@Capability("vectors of histories")
public interface HistoryEncoder extends HistoryScorer {

    /** The model whose items the vector is multiplied with. */
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
