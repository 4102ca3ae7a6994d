package org.mineral.algorithm.embedding.target;

import org.jspecify.annotations.Nullable;

/** What the rows of a run are trained on: the positives of each, and weights. A row is a user, or a place in a user's sequence. */
public interface RowTargets {

    /** Number of items that positives are taken from. */
    int items();

    /** Number of positives of a row. */
    int count(int row);

    /** Whether positives have weights other than 1. */
    boolean weighted();

    /**
     * Writes a row's positives, ascending.
     *
     * @param counts the weights of the positives, their mean 1 for every row; not null if {@link #weighted}
     * @param at where the first one is written, in both arrays
     */
    void copy(int row, int[] positives, float @Nullable [] counts, int at);

    /** What a row counts in the objective; the mean over all rows is 1. */
    double weight(int row);

    /** One for each item; null if all are 1; see {@link CandidateWeights}. */
    float @Nullable [] candidateWeights();

    /** Mean of the logarithms of the rows' numbers of positives; see {@link UserTemperatures}. */
    double meanLog();
}
