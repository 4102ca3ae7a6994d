package org.mineral.algorithm.sequence;

import org.mineral.linalg.Matrix;

/**
 * The vector of a history, {@code h = sum_k w_b(k) * p_i(k)}, with * coordinate by coordinate: p_i(k) the context vector of the item at
 * distance k from the end, 0 for the last, w_b the weights of its bucket. The last {@value #SINGLE} items have a bucket each; those before them
 * share one up to twice that distance, one up to four times, and so on.
 *
 * @param items P, I x d
 * @param weights W, buckets x d
 */
record HistorySum(Matrix items, Matrix weights) {

    static final int SINGLE = 32;

    /** The bucket of a distance. */
    static int bucket(int distance) {
        return distance < SINGLE ? distance : SINGLE + 31 - Integer.numberOfLeadingZeros(distance / SINGLE);
    }

    /** Number of buckets of so many positions. */
    static int buckets(int positions) {
        return bucket(positions - 1) + 1;
    }

    /** W at the start: decay^k, k the first distance of each bucket. */
    static Matrix start(int positions, int dimension, double decay) {
        Matrix weights = new Matrix(buckets(positions), dimension);
        for (int k = positions - 1; k >= 0; k--) {
            for (int c = 0; c < dimension; c++) {
                weights.set(bucket(k), c, (float) Math.pow(decay, k));
            }
        }
        return weights;
    }

    /** {@code to += scale w_b(distance) * p_item}, at an offset. */
    void add(int item, int distance, float scale, float[] to, int at) {
        float[] p = items.values();
        float[] w = weights.values();
        int po = items.offset(item);
        int wo = weights.offset(bucket(distance));
        int n = items.stride();
        if (scale == 1) {
            for (int c = 0; c < n; c++) {
                to[at + c] += w[wo + c] * p[po + c];
            }
            return;
        }
        for (int c = 0; c < n; c++) {
            to[at + c] += scale * w[wo + c] * p[po + c];
        }
    }
}
