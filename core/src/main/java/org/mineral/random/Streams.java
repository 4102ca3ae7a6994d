package org.mineral.random;

import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Independent generators for parts of a run, derived from its seed, so that draws of one part do not depend on the number of draws of
 * another. All are {@link SplittableRandom SplitMix64}; the derivations must not change, because results of a seed depend on them.
 */
public final class Streams {

    private Streams() {}

    /** The division of all interactions, users or items into parts. */
    public static SplittableRandom ofSplit(long seed) {
        return new SplittableRandom(seed);
    }

    /** A sample of users. */
    public static SplittableRandom ofUsers(long seed) {
        return new SplittableRandom(seed);
    }

    /** The parameters that a training starts from, one generator for each table. */
    public static SplittableRandom ofStart(long seed) {
        return new SplittableRandom(seed);
    }

    /** The pairs that a probe of the data holds out. */
    public static SplittableRandom ofProbe(long seed) {
        return new SplittableRandom(seed);
    }

    /** The order of users in the epochs of a training, with a state that a checkpoint keeps. */
    public static Random64 ofEpochs(long seed) {
        return new Random64(seed);
    }

    /** The candidates of fold-in, the same for every history: they depend on the number of items only. */
    public static SplittableRandom ofFoldIn(int items) {
        return new SplittableRandom(items);
    }

    /** The table of dropout masks, the same for all runs; rows take windows of it that depend on the seed. */
    public static SplittableRandom ofDropout() {
        return new SplittableRandom(20231208);
    }

    /** The resamples of a bootstrap. */
    public static SplittableRandom ofBootstrap(long seed) {
        return new SplittableRandom(seed);
    }

    /** The points of a search for settings. */
    public static SplittableRandom ofSearch(long seed) {
        return new SplittableRandom(seed);
    }

    /** Tastes, users and items of generated data. */
    public static SplittableRandom ofTastes(long seed) {
        return new SplittableRandom(seed);
    }

    /** How active each user of generated data is. */
    public static SplittableRandom ofActivity(long seed) {
        return new SplittableRandom(seed + 2);
    }

    /** 64 bits that differ from process to process, for hashes that nobody can foresee; never for results. */
    public static long salt() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** The generator of a user, for splits and generated data: a user's draws do not depend on other users' data. */
    public static SplittableRandom ofUser(long seed, int user) {
        // SplittableRandom mixes its state well, but neighbouring seeds must not give neighbouring states.
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ user * 0xD1B54A32D192ED03L);
    }

    /** The generator of the candidates of a training step: a resumed run has the same draws as an uninterrupted one. */
    public static SplittableRandom ofStep(long seed, long step) {
        return new SplittableRandom(murmur(murmur(seed) ^ step));
    }

    /** The seed of one part of the users, for draws that must differ from those of other parts. */
    public static long ofPart(long seed, int part) {
        return Random64.mix(seed + Random64.mix(part + 1L));
    }

    /** The order of a part's users in an epoch: of any epoch, without those before it. */
    public static Random64 ofEpoch(long seed, int epoch) {
        return new Random64(murmur(murmur(seed) + epoch));
    }

    /** Uniform 64 bits for a step. */
    public static long seedOfStep(long seed, long step) {
        return Random64.mix(seed + Random64.mix(step));
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
