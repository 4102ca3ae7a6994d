package org.mineral.train;

import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;

/**
 * The last coordinate of the embeddings as an item's bias ({@code item_bias=true}): users' scored vectors hold 1 there and items'
 * t b_i, with b_i the parameter, so that {@code s_ui = sim(u, i)/t + b_i} remains one dot product. The coordinate is no part of the norm
 * that a cosine divides by.
 *
 * @param column which coordinate
 * @param constant what is scored there where the parameter is 0
 * @param slope by how much that grows with the parameter
 */
record ItemBias(int column, float constant, float slope) {

    static ItemBias ofUsers(int dimension) {
        return new ItemBias(dimension - 1, 1, 0);
    }

    static ItemBias ofItems(int dimension, double temperature) {
        return new ItemBias(dimension - 1, 0, (float) temperature);
    }

    /** Users' side of a run; null if its items have no biases. */
    static @Nullable ItemBias ofUsers(TrainOptions options) {
        return options.itemBias() ? ofUsers(options.dimension()) : null;
    }

    /** Items' side of a run; null if its items have no biases. */
    static @Nullable ItemBias ofItems(TrainOptions options, Objective objective) {
        return options.itemBias() ? ofItems(options.dimension(), objective.temperature()) : null;
    }

    /** What is scored, of a parameter. */
    float scored(float parameter) {
        return constant + slope * parameter;
    }

    /** Parameters that are scored as these rows are. */
    Matrix parameters(Matrix scored) {
        Matrix parameters = scored.copy();
        for (int row = 0; row < scored.rows(); row++) {
            parameters.set(row, column, (scored.get(row, column) - constant) / slope);
        }
        return parameters;
    }

    /**
     * First biases of items that a model did not know: by the line through the biases of the others over the logarithm of their
     * number of users (least squares), which is where the biases of a softmax lie if vectors say nothing.
     *
     * @param items parameters; the last column of the new rows is set
     * @param counts users of each item, the new interactions included
     */
    static void byCount(Matrix items, int[] counts, boolean[] isNew) {
        int column = items.columns() - 1;
        int n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double xy = 0;
        for (int item = 0; item < items.rows(); item++) {
            if (!isNew[item]) {
                double log = Math.log(Math.max(1, counts[item]));
                double bias = items.get(item, column);
                n++;
                x += log;
                y += bias;
                xx += log * log;
                xy += log * bias;
            }
        }
        double spread = n * xx - x * x;
        double slope = spread > 1e-9 * n * n ? (n * xy - x * y) / spread : 0;
        double level = n == 0 ? 0 : (y - slope * x) / n;
        for (int item = 0; item < items.rows(); item++) {
            if (isNew[item]) {
                items.set(item, column, (float) (level + slope * Math.log(Math.max(1, counts[item]))));
            }
        }
    }

    /**
     * Shifts the biases of scored items to mean 0, which changes no ranking. A loss over e^s leaves their mean undecided, and
     * one with lambda above 1 lets it fall for ever.
     */
    static void centre(Matrix items) {
        int column = items.columns() - 1;
        double mean = 0;
        for (int row = 0; row < items.rows(); row++) {
            mean += items.get(row, column) / items.rows();
        }
        for (int row = 0; row < items.rows(); row++) {
            items.set(row, column, (float) (items.get(row, column) - mean));
        }
    }

    /** Sets the column to 0. */
    static void clear(Matrix... tables) {
        for (Matrix table : tables) {
            for (int row = 0; row < table.rows(); row++) {
                table.set(row, table.columns() - 1, 0);
            }
        }
    }
}
