package org.mineral.train;

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

    /** What is scored, of a parameter. */
    float scored(float parameter) {
        return constant + slope * parameter;
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
