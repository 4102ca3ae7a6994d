package org.mineral.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.candidate.Candidates;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;

/**
 * The candidates of one step as the kernels want them: their scored vectors row by row and packed in panels, with their
 * weights. All items are not copied but read where they lie.
 */
final class PackedCandidates {

    private final Embeddings items;
    private final Kernels kernels;
    private final Workers workers;
    private final boolean total;
    private final float @Nullable [] itemWeights;
    private final int[] positions;
    private float[] gathered = new float[0];

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

    /** Scored vectors, row by row. */
    float[] rows;

    /** The same, packed. */
    float[] packed = new float[0];

    /** @param itemWeights see {@link CandidateWeights} */
    PackedCandidates(
            Embeddings items,
            boolean estimatesTotal,
            float @Nullable [] itemWeights,
            Kernels kernels,
            Workers workers) {
        this.items = items;
        this.kernels = kernels;
        this.workers = workers;
        this.total = estimatesTotal;
        this.itemWeights = itemWeights;
        this.positions = new int[items.rows()];
        this.rows = items.scored();
        Arrays.fill(positions, -1);
    }

    int strips() {
        return (count + Kernels.STRIP - 1) / Kernels.STRIP;
    }

    /** Candidates of one strip. */
    int width(int strip) {
        return Math.min(Kernels.STRIP, count - strip * Kernels.STRIP);
    }

    /** Where an item stands among the candidates, or -1. */
    int position(int item) {
        return chosen == null ? item : positions[item];
    }

    void fill(Candidates candidates) {
        if (chosen != null) {
            for (int item : chosen) {
                positions[item] = -1;
            }
        }
        chosen = candidates.items();
        count = chosen == null ? items.rows() : chosen.length;
        draws = candidates.draws();
        weights = weights(drawnWeights(candidates.relative()));
        int dp = items.stride();
        if (packed.length < (strips() * Kernels.STRIP) * dp) {
            packed = new float[Math.multiplyExact(strips() * Kernels.STRIP, dp)];
        }
        if (chosen == null) {
            rows = items.scored();
        } else {
            place(chosen, dp);
        }
        if (!allPacked) {
            workers.run(strips(), (strip, worker) -> {
                gather(strip);
                pack(strip);
            });
        }
        allPacked = chosen == null;
    }

    /** To be called when items have moved that were not packed again. */
    void forget() {
        allPacked = false;
    }

    /** Packs one strip; with all items as candidates, also whenever its items have stepped. */
    void pack(int strip) {
        int dp = items.stride();
        int start = strip * Kernels.STRIP * dp;
        kernels.pack(rows, start, width(strip), dp, packed, start);
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

    private void place(int[] from, int dp) {
        if (gathered.length < from.length * dp) {
            gathered = new float[from.length * dp];
        }
        rows = gathered;
        for (int j = 0; j < from.length; j++) {
            positions[from[j]] = j;
        }
    }

    /** Copies the rows of one strip's candidates together, where they are not all items. */
    private void gather(int strip) {
        int first = strip * Kernels.STRIP;
        int dp = items.stride();
        for (int j = first; chosen != null && j < first + width(strip); j++) {
            System.arraycopy(items.scored(), chosen[j] * dp, gathered, j * dp, dp);
        }
    }
}
