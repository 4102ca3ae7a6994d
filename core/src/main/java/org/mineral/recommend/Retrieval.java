package org.mineral.recommend;

import org.mineral.model.rank.Ranking;

/** Finds the items with the largest dot products with a vector. Thread-safe. */
public interface Retrieval {

    /** The name of the method: {@code exact}, {@code hnsw}. */
    String name();

    /** Recall of the exact best twenty, measured on users of the model; 1 for the exact scan. */
    default double recall() {
        return 1;
    }

    /**
     * @param vector of the model's dimension
     * @param k at least 1
     * @param excluded item indices, strictly ascending
     * @return best first; fewer than k only if the catalogue is smaller
     */
    Ranking best(float[] vector, int k, int[] excluded);
}
