package org.mineral.random;

import java.util.SplittableRandom;

/**
 * Draws indices from a discrete distribution in constant time (Walker 1977; the linear set-up is Vose 1991).
 *
 * <p>The unit mass of n equal columns is filled so that each column holds at most two indices: itself up to a threshold,
 * one alias above it.
 */
public final class AliasTable {

    private final double[] threshold;
    private final int[] alias;

    /** @param probabilities of each index; they add up to 1 */
    public AliasTable(double[] probabilities) {
        int n = probabilities.length;
        threshold = new double[n];
        alias = new int[n];
        // Columns with too little mass are collected from the left, those with too much from the right.
        int[] queue = new int[n];
        int small = 0;
        int large = n;
        for (int i = 0; i < n; i++) {
            threshold[i] = probabilities[i] * n;
            alias[i] = i;
            queue[threshold[i] < 1 ? small++ : --large] = i;
        }
        while (small > 0 && large < n) {
            int poor = queue[--small];
            int rich = queue[large];
            alias[poor] = rich;
            threshold[rich] -= 1 - threshold[poor];
            if (threshold[rich] < 1) {
                large++;
                queue[small++] = rich;
            }
        }
        // Columns left over by rounding are full.
        while (small > 0) {
            threshold[queue[--small]] = 1;
        }
    }

    /** Draws an index. */
    public int draw(SplittableRandom random) {
        int column = random.nextInt(threshold.length);
        return random.nextDouble() < threshold[column] ? column : alias[column];
    }
}
