package org.mineral.model;

import java.util.Arrays;

/** Explains a score by the user's items. */
@Capability("explanations")
public interface Explainable {

    /**
     * Explains a score of a user of the model.
     *
     * @throws IllegalArgumentException if there is no such user or item
     */
    Contributions explain(int user, int item);

    /**
     * Explains a score for a history.
     *
     * @throws IllegalArgumentException if there is no such item
     * @throws org.mineral.config.InputException if the model does not have an item of the history
     */
    Contributions explain(History history, int item);

    /**
     * A score as a sum of terms.
     *
     * @param items indices of the items of the history
     * @param values the contribution of each item
     * @param rest the part of the score that the items do not explain; 0 for models whose score is such a sum
     */
    record Contributions(int[] items, double[] values, double rest) {

        /** The sum of all terms. */
        public double score() {
            return Arrays.stream(values).sum() + rest;
        }
    }
}
