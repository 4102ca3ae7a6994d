package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.linalg.Kernels;
import org.mineral.loss.Row;
import org.mineral.random.Random64;

/** What one worker needs for one row at a time. */
final class ThreadScratch {

    private static final int MASKS = 1 << 16;

    final Row row = new Row(256);

    /** The row, for its encoder. */
    final RowSet rows = new RowSet(1);

    final float[] ones = new float[Kernels.STRIP];

    /** A row's derivatives added up over pairs, without gaps. */
    final float[] total = new float[Kernels.STRIP];

    /** Weights of the row's pairs with one positive. */
    final float[] pairWeights = new float[Kernels.STRIP];

    private final float[] raw = new float[Kernels.STRIP];
    private final float[] pair = new float[Kernels.STRIP];
    private final float[] product = new float[Kernels.STRIP];
    private final float[] dropoutMask;
    private float[] gradient = new float[0];

    /** Weights of the current row's candidates, from {@link #offset} on; null if all are 1. */
    float @Nullable [] weights;

    int offset;

    ThreadScratch(double dropout) {
        Arrays.fill(ones, 1);
        dropoutMask = dropout == 0 ? new float[0] : new float[MASKS + Kernels.STRIP];
        SplittableRandom random = new SplittableRandom(20231208);
        for (int i = 0; i < dropoutMask.length; i++) {
            dropoutMask[i] = random.nextDouble() < dropout ? 0 : (float) (1 / (1 - dropout));
        }
    }

    /**
     * Sets {@link #weights} for one row of a strip. Score dropout multiplies them with 0 or 1/(1-p): a window of a long
     * random mask, at a place that depends on the step, the user and the strip.
     */
    void weights(float @Nullable [] candidateWeights, int strip, int width, int user, long seed) {
        weights = candidateWeights;
        offset = strip * Kernels.STRIP;
        if (dropoutMask.length == 0) {
            return;
        }
        int window = (int) (Random64.mix(seed + 31L * user + 1_000_003L * strip) & MASKS - 1);
        if (candidateWeights == null) {
            weights = dropoutMask;
            offset = window;
            return;
        }
        for (int j = 0; j < width; j++) {
            product[j] = candidateWeights[offset + j] * dropoutMask[window + j];
        }
        weights = product;
        offset = 0;
    }

    /**
     * Fetches a row of scores out of its panels, for {@link #pair}, with its weights, and clears {@link #total}. A last
     * panel that is not full is filled up with entries that weigh nothing: there is a row for every positive, and the
     * kernels are many times faster on a whole panel than on the end of one. Returns the number of entries.
     */
    int take(BlockScores from, int row, int width) {
        int whole = (width + Kernels.PANEL - 1) / Kernels.PANEL * Kernels.PANEL;
        for (int j = 0; j < width; j += Kernels.PANEL) {
            int at = row + j / Kernels.PANEL * from.stride();
            System.arraycopy(from.cells, at, raw, j, Math.min(Kernels.PANEL, width - j));
        }
        if (weights == null) {
            Arrays.fill(pairWeights, 0, width, 1);
        } else {
            System.arraycopy(weights, offset, pairWeights, 0, width);
        }
        Arrays.fill(raw, width, whole, 0);
        Arrays.fill(pairWeights, width, whole, 0);
        Arrays.fill(total, 0);
        return whole;
    }

    /** Writes {@link #total} where {@link #take} found the scores. */
    void put(BlockScores to, int row, int width) {
        for (int j = 0; j < width; j += Kernels.PANEL) {
            int at = row + j / Kernels.PANEL * to.stride();
            System.arraycopy(total, j, to.cells, at, Math.min(Kernels.PANEL, width - j));
        }
    }

    /** The scores that were taken, to be overwritten. */
    float[] pair(int width) {
        System.arraycopy(raw, 0, pair, 0, width);
        return pair;
    }

    /** Zeros. */
    float[] gradient(int n) {
        if (gradient.length != n) {
            gradient = new float[n];
        }
        Arrays.fill(gradient, 0);
        return gradient;
    }
}
