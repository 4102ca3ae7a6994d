package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;

/** The largest of a row's scores as long as those above weigh less than a given weight: a heap, the least of them on top. */
final class LargestWeights {

    private static final int SMALLEST = 64;

    private final double count;
    private float[] scores = new float[0];
    private float[] weights = new float[0];
    private int size;
    private double total;

    /** @param count the weight that is to be reached */
    LargestWeights(double count) {
        this.count = count;
    }

    void clear() {
        size = 0;
        total = 0;
    }

    /** The least of the largest; minus infinity where there are none. */
    float least() {
        return size == 0 ? Float.NEGATIVE_INFINITY : scores[0];
    }

    /** Scores up to this are not among the largest. */
    float floor() {
        return total >= count ? scores[0] : SumKernel.NONE;
    }

    void add(float score, float weight) {
        total += weight;
        if (size == 0 || total - weights[0] < count) {
            rise(score, weight);
            return;
        }
        total -= weights[0];
        sink(score, weight);
        while (size > 1 && total - weights[0] >= count) {
            total -= weights[0];
            size--;
            sink(scores[size], weights[size]);
        }
    }

    /** One more, from the bottom. */
    private void rise(float score, float weight) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, Math.max(SMALLEST, 2 * size));
            weights = Arrays.copyOf(weights, scores.length);
        }
        int at = size++;
        for (int parent = (at - 1) >>> 1; at > 0 && scores[parent] > score; parent = (at - 1) >>> 1) {
            scores[at] = scores[parent];
            weights[at] = weights[parent];
            at = parent;
        }
        scores[at] = score;
        weights[at] = weight;
    }

    /** In place of the top. */
    private void sink(float score, float weight) {
        float[] s = scores;
        float[] w = weights;
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            // Which of two children is less no processor can guess.
            child += child + 1 < size && s[child + 1] < s[child] ? 1 : 0;
            if (s[child] >= score) {
                break;
            }
            s[at] = s[child];
            w[at] = w[child];
            at = child;
        }
        s[at] = score;
        w[at] = weight;
    }
}
