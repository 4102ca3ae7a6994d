package org.mineral.random;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random orders. */
public final class Permutations {

    private Permutations() {}

    /** A random permutation of 0 to n - 1 (Fisher and Yates). */
    public static int[] order(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int k = n - 1; k > 0; k--) {
            int other = random.nextInt(k + 1);
            int swapped = order[k];
            order[k] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
