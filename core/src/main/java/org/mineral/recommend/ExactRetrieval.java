package org.mineral.recommend;

import org.mineral.model.VectorModel;
import org.mineral.model.rank.Ranking;

/** Scores every item with the model's SIMD kernels. */
public record ExactRetrieval(VectorModel model) implements Retrieval {

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public Ranking best(float[] vector, int k, int[] excluded) {
        return model.rank(vector, k, excluded);
    }
}
