package org.mineral.random;

import java.util.SplittableRandom;

/**
 * Independent generators for parts of a run, derived from its seed, so that draws of one part do not depend on the number of draws of
 * another. All are {@link SplittableRandom SplitMix64}; the derivations must not change, because results of a seed depend on them.
 */
public final class Streams {

    private Streams() {}

    /** The generator of a user, for splits and generated data: a user's draws do not depend on other users' data. */
    public static SplittableRandom ofUser(long seed, int user) {
        // SplittableRandom mixes its state well, but neighbouring seeds must not give neighbouring states.
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ user * 0xD1B54A32D192ED03L);
    }

    /** The generator of the candidates of a training step: a resumed run has the same draws as an uninterrupted one. */
    public static SplittableRandom ofStep(long seed, long step) {
        return new SplittableRandom(murmur(murmur(seed) ^ step));
    }

    /** Uniform 64 bits for an edge of the user-item graph. */
    public static long ofEdge(long seed, int user, int item) {
        return Random64.mix(seed + Random64.mix(((long) user << 32) + item));
    }

    /** The finaliser of MurmurHash3: mixes all 64 bits. */
    private static long murmur(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
