package org.mineral.algorithm.embedding.engine;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.UserBlock;
import org.mineral.linalg.Kernels;

/** What a step keeps of each user of its block while the candidates pass by. Reused from step to step. */
final class BlockScratch {

    private static final int TILE = Kernels.USER_TILE;

    private final int dp;

    /** Users' scored vectors divided by t, one row a user, zeros up to a whole tile. */
    float[] vectors = new float[0];

    /** The same, packed tile by tile. */
    float[] packed = new float[0];

    /** G C: derivatives of the row's sum with respect to the user's vector. */
    float[] products = new float[0];

    /** sum_j w_j phi(s_j); for EXP without its factor e^shift. */
    double[] sums = new double[0];

    /** How many candidates are masked out. */
    int[] masked = new int[0];

    /** The next positive that the strips have not met, as a position in {@link UserBlock#items}. */
    int[] cursors = new int[0];

    /** By positive: its score. */
    float[] scores = new float[0];

    /** By positive, for pairwise losses: sum_j w_j phi'(s_j - s_i). */
    double[] pairSums = new double[0];

    /** The block's scores, then derivatives. */
    final BlockScores cells = new BlockScores();

    /** For EXP terms of cosines: no score, times its temperature, is above this. */
    double bound;

    /** By strip and user, for EXP terms of dot products: the shift that the strip was written with. */
    float[] shifts = new float[0];

    private int size;

    BlockScratch(int dp) {
        this.dp = dp;
    }

    /** Rows, a whole number of tiles. */
    int size() {
        return size;
    }

    void resize(int users, int positives, int strips) {
        size = (users + TILE - 1) / TILE * TILE;
        if (sums.length < size) {
            vectors = new float[size * dp];
            packed = new float[size * dp];
            products = new float[size * dp];
            sums = new double[size];
            cursors = new int[size];
            masked = new int[size];
        }
        if (scores.length < positives) {
            scores = new float[positives];
            pairSums = new double[positives];
        }
        if (shifts.length < strips * size) {
            shifts = new float[strips * size];
        }
        cells.resize(strips, size);
        Arrays.fill(vectors, users * dp, size * dp, 0);
    }

    float shift(int strip, int u) {
        return shifts[strip * size + u];
    }
}
