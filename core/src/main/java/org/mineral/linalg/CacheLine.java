package org.mineral.linalg;

import java.util.Arrays;
import org.mineral.config.Internal;

/**
 * Where in an array a cache line begins. Java's arrays begin in the middle of one and may be moved by the garbage
 * collector, and a load of 64 bytes that does not begin where a line does takes two lines, which costs a loop that is
 * bound by loads up to half of its speed. No interface tells where a line begins, but a loop of loads that stays in the
 * first-level cache does: it is fastest from there on. Which place is found decides about speed only, never about a result.
 */
@Internal
public final class CacheLine {

    /** Says where in an array to begin: {@link #begin}, or what a test puts in its place. */
    @FunctionalInterface
    public interface Finder {
        int begin(float[] a, int otherwise);
    }

    /** Floats in a line; what an array needs beyond its contents so that they can begin at one. */
    public static final int FLOATS = 16;

    /** Floats that are read: an eighth of a first-level cache. */
    private static final int READ = 1024;

    private static final int PASSES = 16;
    private static final int TRIES = 12;

    /** Nanoseconds after which a pass of one reading has not been compiled yet: compiled ones take less than 100. */
    private static final long NOT_COMPILED = 1_000;

    /** Nanoseconds in which a call waits for the compiler. */
    private static final long PATIENCE = 5_000_000;

    /** Floats by which places differ: objects begin at multiples of 8 bytes. */
    private static final int STEP = 2;

    private static final Kernels KERNELS = KernelProvider.best();

    /** Sink against dead-code elimination. Racy on purpose; never read. */
    private static float read;

    private CacheLine() {}

    /**
     * A place in [0, {@link #FLOATS}) of {@code a} at which a line begins, or {@code otherwise} where none is faster, the array is
     * too short to tell, or the loop has not been compiled yet. About 50 microseconds.
     */
    public static int begin(float[] a, int otherwise) {
        if (KERNELS.lanes() < 8 || a.length < READ + FLOATS || !compiled(a)) {
            return otherwise;
        }
        long[] least = new long[FLOATS / STEP];
        Arrays.fill(least, Long.MAX_VALUE);
        for (int t = 0; t < TRIES; t++) {
            for (int place = 0; place < least.length; place++) {
                least[place] = Math.min(least[place], time(a, place * STEP, PASSES));
            }
        }
        int best = 0;
        for (int place = 1; place < least.length; place++) {
            best = least[place] < least[best] ? place : best;
        }
        return least[best] < 0.9 * least[otherwise / STEP] ? best * STEP : otherwise;
    }

    private static boolean compiled(float[] a) {
        long last = System.nanoTime() + PATIENCE;
        long took;
        do {
            took = Math.min(time(a, 0, 1), time(a, 0, 1));
        } while (took > NOT_COMPILED && System.nanoTime() < last);
        return took <= NOT_COMPILED;
    }

    private static long time(float[] a, int from, int passes) {
        long start = System.nanoTime();
        float sum = 0;
        for (int pass = 0; pass < passes; pass++) {
            sum += KERNELS.sum(a, from, READ);
        }
        read = sum;
        return System.nanoTime() - start;
    }
}
