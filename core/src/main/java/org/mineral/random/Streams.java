package org.mineral.random;

import java.util.SplittableRandom;

/**
 * Generators of their own for parts of a run, all from its one seed: the numbers of one part never depend on how many another
 * part drew. All are {@link SplittableRandom SplitMix64}; the derivations are part of what a seed means, and do not change.
 */
public final class Streams {

    private Streams() {}

    /** Of one user, for splits and generated data: a user's draws do not depend on other users' data. */
    public static SplittableRandom ofUser(long seed, int user) {
        // SplittableRandom mixes its state well, but neighbouring seeds must not be neighbouring states.
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ user * 0xD1B54A32D192ED03L);
    }

    /** Of the candidates of one step of a training: a run that is resumed draws what an unbroken one does. */
    public static SplittableRandom ofStep(long seed, long step) {
        return new SplittableRandom(murmur(murmur(seed) ^ step));
    }

    /** Of one edge of the graph of users and items: uniform 64 bits. */
    public static long ofEdge(long seed, int user, int item) {
        return Random64.mix(seed + Random64.mix(((long) user << 32) + item));
    }

    /** The finaliser of MurmurHash3: spreads neighbouring numbers over all 64 bits. */
    private static long murmur(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
