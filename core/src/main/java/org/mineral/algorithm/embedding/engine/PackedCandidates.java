package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.target.CandidateWeights;
import org.mineral.candidate.Candidates;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * The candidates of one step as the kernels want them: their vectors row by row and packed in panels, with their
 * weights.
 */
public final class PackedCandidates {

    private final Matrix items;
    private final int stride;
    private final Kernels kernels;
    private final Workers workers;
    private final boolean total;
    private final float @Nullable [] itemWeights;
    private final int[] positions;

    /** Number of distinct candidates. */
    int count;

    /** M: number of draws. */
    int draws;

    /** Item of each candidate; null if candidate j is item j. */
    int @Nullable [] chosen;

    /** w_j; null if all are 1. */
    float @Nullable [] weights;

    /** Whether {@link #packed} holds all items, as they are now. */
    private boolean allPacked;

    /** Vectors, row by row. */
    float[] rows = new float[0];

    /** The same, packed. */
    float[] packed = new float[0];

    private int rowsBegin;
    private int packedBegin;

    /**
     * @param items vectors of all items, as they are at each {@link #fill}
     * @param estimatesTotal see {@link org.mineral.loss.row.LossType#estimatesTotal}
     * @param itemWeights see {@link CandidateWeights}
     */
    public PackedCandidates(
            Matrix items, boolean estimatesTotal, float @Nullable [] itemWeights, Kernels kernels, Workers workers) {
        this.items = items;
        this.stride = items.stride();
        this.kernels = kernels;
        this.workers = workers;
        this.total = estimatesTotal;
        this.itemWeights = itemWeights;
        this.positions = new int[items.rows()];
        Arrays.fill(positions, -1);
    }

    /** Strips of {@link Kernels#STRIP} candidates. */
    public int strips() {
        return (count + Kernels.STRIP - 1) / Kernels.STRIP;
    }

    /** Candidates of one strip. */
    int width(int strip) {
        return Math.min(Kernels.STRIP, count - strip * Kernels.STRIP);
    }

    int stride() {
        return stride;
    }

    /** Of all items, row by row. */
    float[] table() {
        return items.values();
    }

    int tableRows() {
        return items.rows();
    }

    /** Position of an item among the candidates, or -1. */
    int position(int item) {
        return chosen == null ? item : positions[item];
    }

    /** Takes other candidates, or the same ones after their vectors have changed. */
    public void fill(Candidates candidates) {
        if (chosen != null) {
            for (int item : chosen) {
                positions[item] = -1;
            }
        }
        chosen = candidates.items();
        count = chosen == null ? items.rows() : chosen.length;
        draws = candidates.draws();
        weights = weights(drawnWeights(candidates.relative()));
        int dp = stride;
        if (packed.length < strips() * Kernels.STRIP * dp + CacheLine.FLOATS) {
            packed = new float[Math.addExact(Math.multiplyExact(strips() * Kernels.STRIP, dp), CacheLine.FLOATS)];
            rows = new float[packed.length];
        }
        if (chosen != null) {
            for (int j = 0; j < chosen.length; j++) {
                positions[chosen[j]] = j;
            }
        }
        if (!allPacked) {
            workers.run(strips(), (strip, worker) -> pack(strip));
        }
        allPacked = chosen == null;
    }

    /** Lets {@link #rows} and {@link #packed} begin where cache lines do. */
    void align(CacheLine.Finder lines) {
        int rowsNow = lines.begin(rows, rowsBegin);
        int packedNow = lines.begin(packed, packedBegin);
        if (rowsNow != rowsBegin || packedNow != packedBegin) {
            rowsBegin = rowsNow;
            packedBegin = packedNow;
            allPacked = false;
        }
    }

    /** Where a strip begins in {@link #rows}. */
    int rowsAt(int strip) {
        return rowsBegin + strip * Kernels.STRIP * stride;
    }

    /** Where a strip begins in {@link #packed}. */
    int packedAt(int strip) {
        return packedBegin + strip * Kernels.STRIP * stride;
    }

    /** Whether all items are packed, so that whoever moves one packs its strip again. */
    boolean holdAll() {
        return allPacked;
    }

    /** Packs one strip; with all items as candidates, also whenever its items have stepped. */
    void pack(int strip) {
        gather(strip);
        kernels.pack(rows, rowsAt(strip), width(strip), stride, packed, packedAt(strip));
    }

    private float @Nullable [] weights(float @Nullable [] drawn) {
        if (itemWeights == null || chosen == null) {
            return itemWeights == null ? drawn : itemWeights;
        }
        float[] product = new float[count];
        for (int j = 0; j < count; j++) {
            product[j] = itemWeights[chosen[j]] * (drawn == null ? 1 : drawn[j]);
        }
        return product;
    }

    private float @Nullable [] drawnWeights(float @Nullable [] relative) {
        if (relative == null || !total) {
            return relative;
        }
        float scale = (float) items.rows() / draws;
        float[] scaled = relative.clone();
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] *= scale;
        }
        return scaled;
    }

    /** Copies the rows of one strip's candidates together. */
    private void gather(int strip) {
        int dp = stride;
        int first = strip * Kernels.STRIP;
        int to = rowsAt(strip);
        if (chosen == null) {
            System.arraycopy(items.values(), first * dp, rows, to, width(strip) * dp);
            return;
        }
        for (int j = 0; j < width(strip); j++) {
            System.arraycopy(items.values(), chosen[first + j] * dp, rows, to + j * dp, dp);
        }
    }
}
