package org.mineral.random;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Random orders. */
public final class Permutations {

    private Permutations() {}

    /** A generator of one user's own, so that one user's draws never depend on another's data. */
    public static SplittableRandom generator(long seed, int user) {
        // SplittableRandom mixes its state well, but neighbouring seeds must not be neighbouring states
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ user * 0xD1B54A32D192ED03L);
    }

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
