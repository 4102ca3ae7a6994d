package org.mineral.algorithm.embedding.encoder;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.target.RowTargets;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;

/**
 * The rows of one step, usually users, and their positives, also sorted by strips of the catalogue. Reused from step to step.
 */
public final class UserBlock {

    private final RowTargets rows;
    private final @Nullable Interactions matrix;

    /** Users of this step. */
    public int[] users = new int[0];

    /** Positives of the block's b-th user: begin[b] to begin[b + 1]. */
    public int[] begin = new int[1];

    /** The item of each positive. */
    public int[] items = new int[0];

    /** The weight of each positive within its row, mean 1; null if all are 1. */
    public float @Nullable [] counts;

    /** Derivative of the step's objective with respect to each positive's score, as positive. Set by the engine. */
    public float[] gradients = new float[0];

    /** By positive: its user's position in the block. */
    public int[] owner = new int[0];

    /** Positives ordered by strip; those of strip s are at stripBegin[s] to stripBegin[s + 1]. */
    public int[] byStrip = new int[0];

    public final int[] stripBegin;

    @Internal
    public UserBlock(RowTargets rows) {
        this.rows = rows;
        this.matrix = rows instanceof Targets targets ? targets.rows() : null;
        this.counts = rows.weighted() ? new float[0] : null;
        this.stripBegin = new int[(rows.items() + Kernels.STRIP - 1) / Kernels.STRIP + 1];
    }

    /** @param rowCounts one for each entry of the rows; null if all are 1 */
    public UserBlock(Interactions rows, float @Nullable [] rowCounts) {
        this(new Targets(rows, rowCounts, new double[0], null, 0));
    }

    public int size() {
        return users.length;
    }

    /** Whether its positives are the entries of this matrix. */
    boolean of(Interactions other) {
        return matrix == other;
    }

    void fill(int[] blockUsers) {
        users = blockUsers;
        if (begin.length <= users.length) {
            begin = new int[users.length + 1];
        }
        for (int b = 0; b < users.length; b++) {
            begin[b + 1] = begin[b] + rows.count(users[b]);
        }
        int n = begin[users.length];
        if (items.length < n) {
            items = new int[n * 3 / 2];
            gradients = new float[items.length];
            counts = rows.weighted() ? new float[items.length] : null;
            owner = new int[items.length];
            byStrip = new int[items.length];
        }
        java.util.Arrays.fill(stripBegin, 0);
        for (int b = 0; b < users.length; b++) {
            rows.copy(users[b], items, counts, begin[b]);
            for (int k = begin[b]; k < begin[b + 1]; k++) {
                owner[k] = b;
                stripBegin[items[k] / Kernels.STRIP + 1]++;
            }
        }
        for (int s = 1; s < stripBegin.length; s++) {
            stripBegin[s] += stripBegin[s - 1];
        }
        // Counting sort: afterwards each start has moved to its end, so the starts are shifted back by one.
        for (int k = 0; k < n; k++) {
            byStrip[stripBegin[items[k] / Kernels.STRIP]++] = k;
        }
        System.arraycopy(stripBegin, 0, stripBegin, 1, stripBegin.length - 1);
        stripBegin[0] = 0;
    }
}
