package org.mineral.eval;

/** A metric of one user's ranked list. Stateless. */
public interface Metric {

    /** Name without the cutoff, as in tables: {@code NDCG}. */
    String label();

    /**
     * The metric at a cutoff. Thread-safe.
     *
     * @param hits by rank, best first: whether the item is one of the user's test items. Shorter than k where the
     *     catalogue ends, longer where a larger cutoff is evaluated too; only the first k count
     * @param k the cutoff, at least 1
     * @param relevant number of the user's test items, at least 1, found or not
     */
    double value(boolean[] hits, int k, int relevant);

    /** Number of hits among the first k. */
    static int count(boolean[] hits, int k) {
        int count = 0;
        for (int r = 0; r < Math.min(k, hits.length); r++) {
            count += hits[r] ? 1 : 0;
        }
        return count;
    }
}
