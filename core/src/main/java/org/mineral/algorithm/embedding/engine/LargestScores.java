package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.linalg.Kernels;

/** The K largest of a row's scores, all of which weigh 1. Scores gather until they are several times K, then a selection drops all but K. */
final class LargestScores {

    /** Scores that gather, for each that is kept: more make selections rarer, and the floor older. */
    private static final int GATHERED = 4;

    private final int kept;
    private final int full;
    private final Kernels kernels;
    private float[] scores = new float[0];
    private int size;
    private float floor;

    /** @param count how many, rounded up */
    LargestScores(double count, Kernels kernels) {
        this.kept = (int) Math.min(Integer.MAX_VALUE / 8, Math.ceil(count));
        this.full = Math.max(GATHERED * kept, Kernels.STRIP / GATHERED);
        this.kernels = kernels;
        clear();
    }

    void clear() {
        size = 0;
        floor = SumKernel.NONE;
    }

    /** Scores up to this are not among the largest. */
    float floor() {
        return floor;
    }

    /** The entries of an array at these places. */
    void add(float[] from, int[] places, int count) {
        if (size + count > scores.length) {
            scores = Arrays.copyOf(scores, 2 * (size + count));
        }
        for (int k = 0; k < count; k++) {
            scores[size + k] = from[places[k]];
        }
        size += count;
        if (size >= full) {
            select();
        }
    }

    /** The least of the largest, the K-th of all; the least of all where they are fewer, minus infinity where there are none. */
    float least() {
        if (size < kept) {
            return size == 0 ? Float.NEGATIVE_INFINITY : kernels.largest(scores, size, size);
        }
        if (size > kept || floor == SumKernel.NONE) {
            select();
        }
        return floor;
    }

    private void select() {
        floor = kernels.largest(scores, size, kept);
        int above = 0;
        for (int k = 0; k < size; k++) {
            float score = scores[k];
            scores[above] = score;
            above += score > floor ? 1 : 0;
        }
        Arrays.fill(scores, above, kept, floor);
        size = kept;
    }
}
