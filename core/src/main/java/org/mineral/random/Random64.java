package org.mineral.random;

import java.util.SplittableRandom;
import org.mineral.linalg.State;

/**
 * SplitMix64 (Steele, Lea, Flood 2014): the same numbers as {@link java.util.SplittableRandom}, but with a state of one number that can be
 * saved.
 */
public final class Random64 {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long seed;

    public Random64(long seed) {
        this.seed = seed;
    }

    public long nextLong() {
        return mix(next());
    }

    /** The finaliser of SplitMix64: mixes all 64 bits. */
    public static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** A normal variate by Box and Muller, with {@link StrictMath} for the same numbers on every machine. */
    public static double gaussian(SplittableRandom random) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    /** Uniform in [0, bound). */
    public int nextInt(int bound) {
        int mask = bound - 1;
        if ((bound & mask) == 0) {
            return nextInt() & mask;
        }
        // Rejects the last, incomplete range below 2^31, so that all numbers are equally likely.
        int u = nextInt() >>> 1;
        while (u + mask - u % bound < 0) {
            u = nextInt() >>> 1;
        }
        return u % bound;
    }

    /** Shuffles (Fisher and Yates). */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
    }

    public void state(State state) {
        seed = state.number("seed", seed);
    }

    private int nextInt() {
        long z = next();
        z = (z ^ (z >>> 33)) * 0x62a9d9ed799705f5L;
        return (int) (((z ^ (z >>> 28)) * 0xcb24d0a5c88c35b3L) >>> 32);
    }

    private long next() {
        seed += GOLDEN_GAMMA;
        return seed;
    }
}
