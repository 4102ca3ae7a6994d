package org.mineral.model;

import java.util.Arrays;
import java.util.List;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Full ranking by dot product: every user against every item, the best k kept.
 *
 * <ol>
 *   <li>Items are packed once into strips of {@link Kernels#STRIP}.
 *   <li>A task owns a fixed group of users; strips are its outer loop, so that a strip is read from cache by all tiles.
 *   <li>A tile of {@link Kernels#USER_TILE} users x one strip is scored, excluded items become minus infinity, and only
 *       scores above the worst one kept are looked at again. Up to {@value #FEW} users are scored each by itself: the tile's
 *       arithmetic would mostly be idle.
 * </ol>
 *
 * A user's scores do not depend on the tile or task that the user falls in, bit for bit, so one user ranks as in any crowd.
 */
final class FactorRanking {

    /** Users of a task; a multiple of the tile. */
    private static final int GROUP = 20 * Kernels.USER_TILE;

    /** Above this k, a group's heaps would take more memory than its scores save time. */
    private static final int LONG_LIST = 4096;

    /** So many passes over a strip in cache take about the time of one over a tile. */
    private static final int FEW = 4;

    private final Kernels kernels;
    private final int items;
    private final int stride;
    private final float[][] strips;

    FactorRanking(Matrix items, Kernels kernels) {
        this.kernels = kernels;
        this.items = items.rows();
        this.stride = items.stride();
        this.strips = new float[(this.items + Kernels.STRIP - 1) / Kernels.STRIP][];
        for (int s = 0; s < strips.length; s++) {
            int n = width(s);
            strips[s] = new float[panels(n) * Kernels.PANEL * stride];
            kernels.pack(items.values(), items.offset(s * Kernels.STRIP), n, stride, strips[s], 0);
        }
    }

    /** The best k for each of the given rows of users; {@code exclude} has a row for each row of the matrix. */
    List<Model.Ranking> rank(Matrix users, int[] rows, int k, Interactions exclude, Workers workers) {
        int kept = Math.min(k, items);
        int group = kept > LONG_LIST ? Kernels.USER_TILE : GROUP;
        Model.Ranking[] rankings = new Model.Ranking[rows.length];
        float[][] tiles = new float[workers.threads()][];
        workers.run((rows.length + group - 1) / group, (task, worker) -> {
            if (tiles[worker] == null) {
                tiles[worker] = newTile();
            }
            int from = task * group;
            int to = Math.min(rows.length, from + group);
            rankGroup(users, Arrays.copyOfRange(rows, from, to), kept, exclude, tiles[worker], rankings, from);
        });
        return List.of(rankings);
    }

    /** The best k for the only row of a matrix; {@code exclude} is ascending, an item may stand twice. */
    Model.Ranking rankOne(Matrix user, int k, int[] exclude) {
        int kept = Math.min(k, items);
        Model.Ranking[] rankings = new Model.Ranking[1];
        Interactions row = ascends(exclude)
                ? new Interactions(items, new int[] {0, exclude.length}, exclude)
                : Interactions.of(items, exclude);
        rankGroup(user, new int[] {0}, kept, row, newTile(), rankings, 0);
        return rankings[0];
    }

    /** Strictly: then a list that may leave out most of the catalogue needs no copy. */
    private static boolean ascends(int[] values) {
        for (int k = 1; k < values.length; k++) {
            if (values[k] <= values[k - 1]) {
                return false;
            }
        }
        return true;
    }

    /** All scores of one vector of {@code stride} floats. */
    float[] scores(float[] vectors, int offset) {
        float[] strip = new float[Kernels.STRIP];
        float[] scores = new float[items];
        for (int s = 0; s < strips.length; s++) {
            kernels.scoresOfOne(vectors, offset, stride, strips[s], 0, panels(width(s)), strip, 0);
            System.arraycopy(strip, 0, scores, s * Kernels.STRIP, width(s));
        }
        return scores;
    }

    private void rankGroup(
            Matrix users, int[] rows, int k, Interactions exclude, float[] tile, Model.Ranking[] to, int toOffset) {
        TopK[] best = new TopK[rows.length];
        int[] excluded = new int[rows.length];
        for (int r = 0; r < rows.length; r++) {
            best[r] = new TopK(k);
            excluded[r] = exclude.begin(rows[r]);
        }
        int[] found = new int[Kernels.STRIP];
        scan(users, rows, tile, (start, end, first, n, scores) -> {
            for (int r = start; r < end; r++) {
                int at = (r - start) * Kernels.TILE_STRIDE;
                excluded[r] = mask(exclude.columns(), excluded[r], exclude.end(rows[r]), scores, at - first, first + n);
                keep(best[r], scores, at, n, first, found);
            }
        });
        for (int r = 0; r < rows.length; r++) {
            to[toOffset + r] = best[r].ranking();
        }
    }

    /** Every score of a group of users, in one thread. */
    void scan(Matrix users, int[] rows, ScoreTiles to) {
        scan(users, rows, newTile(), to);
    }

    private void scan(Matrix users, int[] rows, float[] tile, ScoreTiles to) {
        int whole = rows.length % Kernels.USER_TILE <= FEW
                ? rows.length / Kernels.USER_TILE * Kernels.USER_TILE
                : rows.length;
        float[] packed = pack(users, rows, whole);
        for (int s = 0; s < strips.length; s++) {
            int n = width(s);
            for (int start = 0; start < rows.length; start += Kernels.USER_TILE) {
                int end = Math.min(rows.length, start + Kernels.USER_TILE);
                if (start < whole) {
                    kernels.scores(packed, start * stride, stride, strips[s], 0, panels(n), tile, 0);
                } else {
                    for (int r = start; r < end; r++) {
                        int at = (r - start) * Kernels.TILE_STRIDE;
                        int user = users.offset(rows[r]);
                        kernels.scoresOfOne(users.values(), user, stride, strips[s], 0, panels(n), tile, at);
                    }
                }
                to.tile(start, end, s * Kernels.STRIP, n, tile);
            }
        }
    }

    /** The first {@code count} users in tiles, the last of them filled up with zeros. */
    private float[] pack(Matrix users, int[] rows, int count) {
        int padded = (count + Kernels.USER_TILE - 1) / Kernels.USER_TILE * Kernels.USER_TILE;
        float[] gathered = new float[padded * stride];
        for (int r = 0; r < count; r++) {
            System.arraycopy(users.values(), users.offset(rows[r]), gathered, r * stride, stride);
        }
        float[] packed = new float[padded * stride];
        for (int start = 0; start < padded; start += Kernels.USER_TILE) {
            kernels.packUsers(gathered, start * stride, stride, packed, start * stride);
        }
        return packed;
    }

    /** Strikes out the excluded items below {@code end}; returns where the next strip goes on. */
    private static int mask(int[] columns, int from, int to, float[] tile, int offset, int end) {
        int k = from;
        while (k < to && columns[k] < end) {
            tile[offset + columns[k++]] = Float.NEGATIVE_INFINITY;
        }
        return k;
    }

    private void keep(TopK best, float[] tile, int at, int n, int first, int[] found) {
        int count = kernels.above(tile, at, n, best.threshold(), found);
        for (int f = 0; f < count; f++) {
            best.offer(first + found[f], tile[at + found[f]]);
        }
    }

    private static float[] newTile() {
        return new float[Kernels.USER_TILE * Kernels.TILE_STRIDE];
    }

    private int width(int strip) {
        return Math.min(Kernels.STRIP, items - strip * Kernels.STRIP);
    }

    private static int panels(int n) {
        return (n + Kernels.PANEL - 1) / Kernels.PANEL;
    }
}
