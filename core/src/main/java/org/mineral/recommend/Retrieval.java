package org.mineral.recommend;

import org.mineral.model.rank.Ranking;

/** The best items for a vector, by dot product. Thread-safe. */
public interface Retrieval {

    /** For people: {@code exact}, {@code hnsw}. */
    String name();

    /** Share of the exact best twenty that it finds, as measured on users of the model; 1 for the exact scan. */
    default double recall() {
        return 1;
    }

    /**
     * @param vector of the model's dimension
     * @param k at least 1
     * @param excluded item indices, strictly ascending
     * @return best first; shorter than k only where the catalogue ends
     */
    Ranking best(float[] vector, int k, int[] excluded);
}
