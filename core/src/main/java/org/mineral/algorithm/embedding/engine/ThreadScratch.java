package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Row;
import org.mineral.random.Random64;
import org.mineral.random.Streams;

/** What one thread needs for one row at a time: {@link BlockGradient#scratch}. */
public final class ThreadScratch {

    private static final int MASKS = 1 << 16;

    final RowKernel kernel;
    final Row row;

    /** A row in one piece, with its weights. */
    float[] wholeScores = new float[0];

    float[] wholeWeights = new float[0];

    final float[] ones = new float[Kernels.STRIP];

    /** A row's derivatives added up over pairs, without gaps. */
    final float[] total = new float[Kernels.STRIP];

    /** Weights of the row's pairs with one positive. */
    final float[] pairWeights = new float[Kernels.STRIP];

    /** Places of a strip's scores. */
    final int[] places = new int[Kernels.STRIP];

    private final float[] raw = new float[Kernels.STRIP];
    private final float[] pair = new float[Kernels.STRIP];
    private final float[] product = new float[Kernels.STRIP];
    private final float[] dropoutMask;
    private float[] gradient = new float[0];
    private float[] rescaled = new float[0];

    /** Weights of the current row's candidates, from {@link #offset} on; null if all are 1. */
    float @Nullable [] weights;

    int offset;

    private final int[] leftOut = new int[Kernels.STRIP];
    private int leftOutCount;

    ThreadScratch(RowKernel kernel, double dropout) {
        this.kernel = kernel;
        this.row = kernel.row(256);
        Arrays.fill(ones, 1);
        dropoutMask = dropout == 0 ? new float[0] : new float[MASKS + Kernels.STRIP];
        SplittableRandom random = Streams.ofDropout();
        for (int i = 0; i < dropoutMask.length; i++) {
            dropoutMask[i] = random.nextDouble() < dropout ? 0 : (float) (1 / (1 - dropout));
        }
    }

    /**
     * Sets {@link #weights} for one row of a strip. Score dropout multiplies them with 0 or 1/(1-p): a window of a long
     * random mask, at a place that depends on the step, the row's key and the strip.
     */
    void weights(float @Nullable [] candidateWeights, int strip, int width, int key, long seed) {
        weights = candidateWeights;
        offset = strip * Kernels.STRIP;
        if (dropoutMask.length == 0) {
            return;
        }
        int window = (int) (Random64.mix(seed + 31L * key + 1_000_003L * strip) & MASKS - 1);
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

    /** Takes an entry of a strip out of the next {@link #take}. */
    void leaveOut(int within) {
        leftOut[leftOutCount++] = within;
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
        while (leftOutCount > 0) {
            pairWeights[leftOut[--leftOutCount]] = 0;
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

    /** Fetches a strip of a whole row, with its weights. */
    void gather(BlockScores from, int row, int strip, int width) {
        int first = strip * Kernels.STRIP;
        for (int j = 0; j < width; j += Kernels.PANEL) {
            int at = row + j / Kernels.PANEL * from.stride();
            System.arraycopy(from.cells, at, wholeScores, first + j, Math.min(Kernels.PANEL, width - j));
        }
        if (weights == null) {
            Arrays.fill(wholeWeights, first, first + width, 1);
        } else {
            System.arraycopy(weights, offset, wholeWeights, first, width);
        }
    }

    /** Writes a strip of the whole row where {@link #gather} found the scores. */
    void scatter(BlockScores to, int row, int strip, int width) {
        for (int j = 0; j < width; j += Kernels.PANEL) {
            int at = row + j / Kernels.PANEL * to.stride();
            int from = strip * Kernels.STRIP + j;
            System.arraycopy(wholeScores, from, to.cells, at, Math.min(Kernels.PANEL, width - j));
        }
    }

    /** Makes room for rows of this many strips. */
    void resize(int strips) {
        wholeScores = RowKernel.atLeast(strips * Kernels.STRIP, wholeScores);
        wholeWeights = RowKernel.atLeast(strips * Kernels.STRIP, wholeWeights);
    }

    /** Zeros. */
    float[] gradient(int n) {
        if (gradient.length != n) {
            gradient = new float[n];
        }
        Arrays.fill(gradient, 0);
        return gradient;
    }

    /** At least n floats with anything in them. */
    float[] rescaled(int n) {
        rescaled = RowKernel.atLeast(n, rescaled);
        return rescaled;
    }
}
