package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;

/**
 * The rows of one block: what {@link BlockGradient} is given of each, and what it leaves. Rows are numbered from 0 on within the block, and their
 * positives are rows of the table that candidates come from. Reused from step to step; grows as needed. A row's entries are written by the one
 * thread that has the row, and read by all once the rows are finished.
 */
public final class BlockRows {

    private static final int TILE = Kernels.USER_TILE;

    private final int dp;

    // In.

    /** Each row's vector divided by its t, zeros up to a whole tile. */
    public float[] vectors = new float[0];

    /** t of each row. */
    public double[] temperatures = new double[0];

    /** What each row's loss counts in the block's. */
    public double[] weights = new double[0];

    /** What score dropout of a row depends on, besides {@link #seed} and the strip. */
    public int[] keys = new int[0];

    public long seed;

    /** Positives of row u: begin[u] to begin[u + 1]. */
    public int[] begin = new int[1];

    /** The positives, as rows of the candidates' table; ascending within a row. */
    public int[] positives = new int[0];

    /** What each positive counts beside its row's others, their mean 1; null if all are 1. */
    public float @Nullable [] counts;

    /** For one sum of exponentials of cosines: no score, times its temperature, is above this. */
    public double bound;

    // Out.

    /** Each row's weighted loss. */
    public double[] losses = new double[0];

    /** By positive: the derivative of the block's loss with respect to its score, through the positive itself only. */
    public float[] positiveGradients = new float[0];

    // While the candidates pass by.

    /** G C: derivatives of the row's candidates with respect to its vector, up to the factor a_u. */
    float[] products = new float[0];

    /** sum_j w_j phi(s_j); for EXP without its factor e^shift. */
    double[] sums = new double[0];

    /** How many candidates are masked out. */
    int[] masked = new int[0];

    /** The next positive that the strips have not met, as a position in {@link #positives}. */
    int[] cursors = new int[0];

    /** By positive: its score. */
    float[] scores = new float[0];

    /** By positive: its weight among the candidates; see {@link org.mineral.loss.row.Row#hits}. */
    float[] hits = new float[0];

    /** By positive: a sum over candidates or a derivative, as the {@link RowPass} needs it. */
    double[] pairSums = new double[0];

    private int count;
    private int size;

    BlockRows(int dp) {
        this.dp = dp;
    }

    /** How many rows there are. */
    int count() {
        return count;
    }

    /** The same, rounded up to a whole number of tiles. */
    int size() {
        return size;
    }

    void resize(int rows, int positiveCount) {
        count = rows;
        size = (rows + TILE - 1) / TILE * TILE;
        if (sums.length < size) {
            vectors = new float[size * dp];
            products = new float[size * dp];
            temperatures = new double[size];
            weights = new double[size];
            keys = new int[size];
            losses = new double[size];
            sums = new double[size];
            cursors = new int[size];
            masked = new int[size];
        }
        if (scores.length < positiveCount) {
            scores = new float[positiveCount];
            hits = new float[positiveCount];
            pairSums = new double[positiveCount];
        }
        Arrays.fill(vectors, rows * dp, size * dp, 0);
    }

    /** Scales down what has been summed of row u. */
    void scale(int u, float scale) {
        sums[u] *= scale;
        for (int k = u * dp; k < (u + 1) * dp; k++) {
            products[k] *= scale;
        }
    }
}
