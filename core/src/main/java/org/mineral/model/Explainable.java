package org.mineral.model;

import java.util.Arrays;

/** Tells which of somebody's items account for a score. */
@Capability("explanations")
public interface Explainable {

    /**
     * Why a user of the model has a score.
     *
     * @throws IllegalArgumentException if there is no such user or item
     */
    Contributions explain(int user, int item);

    /**
     * Why somebody with a history has a score.
     *
     * @throws IllegalArgumentException if there is no such item
     * @throws org.mineral.config.InputException if the model does not have an item of the history
     */
    Contributions explain(History history, int item);

    /**
     * A score as a sum of terms.
     *
     * @param items indices of the items that account for it
     * @param values what each of them adds
     * @param rest what none of them accounts for; 0 where the score is such a sum by itself
     */
    record Contributions(int[] items, double[] values, double rest) {

        /** The sum of all terms. */
        public double score() {
            return Arrays.stream(values).sum() + rest;
        }
    }
}
