package org.mineral.model;

import java.util.Arrays;
import java.util.List;

/** Explains a score by the user's items, and by attributes. */
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
     * @param attributes contributions of attributes of the user and of the scored item
     * @param rest the part of the score that neither explains; 0 for models whose score is such a sum
     */
    record Contributions(int[] items, double[] values, List<OfAttribute> attributes, double rest) {

        /** A score as a sum over items. */
        public Contributions(int[] items, double[] values, double rest) {
            this(items, values, List.of(), rest);
        }

        /**
         * The contribution of an attribute.
         *
         * @param ofUser whether it is the user's, otherwise the scored item's
         */
        public record OfAttribute(String name, boolean ofUser, double value) {}

        /** The sum of all terms. */
        public double score() {
            return Arrays.stream(values).sum()
                    + attributes.stream().mapToDouble(OfAttribute::value).sum()
                    + rest;
        }
    }
}
