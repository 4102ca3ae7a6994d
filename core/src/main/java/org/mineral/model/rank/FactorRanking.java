package org.mineral.model.rank;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.CacheLine;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Full ranking by dot product: scores every user against every item and keeps the best k.
 *
 * <ol>
 *   <li>Items are packed once, and processed in strips of {@link Kernels#STRIP}. Before a long ranking they are copied to a cache-line
 *       boundary if the garbage collector has moved them.
 *   <li>A task has a fixed group of users; strips are the outer loop, so that all tiles read a strip from cache.
 *   <li>A tile of {@link Kernels#USER_TILE} users x one strip is scored, scores of excluded and absent items are set to minus infinity, and
 *       only scores above the worst one kept are considered. Up to {@value #FEW} users are scored one by one: a tile would mostly be empty.
 * </ol>
 *
 * A user's scores do not depend on the tile or task, bit for bit, so a single user gets the same ranking as in a batch.
 */
@Internal
public final class FactorRanking {

    /** Number of users of a task, a multiple of the tile. */
    private static final int GROUP = 20 * Kernels.USER_TILE;

    /** Above this k, the heaps of a group would take too much memory. */
    private static final int LONG_LIST = 4096;

    /** Up to this many users, separate passes over a strip in cache are faster than a tile. */
    private static final int FEW = 4;

    /** From this number of users on, aligning the items to cache lines pays, even if they have to be copied. */
    private static final int MANY = 4096;

    /** The smallest catalogue, in floats, for which aligning pays. */
    private static final int LARGE = 1 << 18;

    private final Kernels kernels;
    private final int items;
    private final int stride;

    /** Items that are never ranked, ascending. */
    private final int[] absent;

    /** Replaced atomically: threads that are ranking keep the one they have. */
    private volatile PackedItems packed;

    /** @param has which items may be ranked */
    FactorRanking(Matrix items, IntPredicate has, Kernels kernels) {
        this.kernels = kernels;
        this.items = items.rows();
        this.stride = items.stride();
        this.absent =
                IntStream.range(0, items.rows()).filter(item -> !has.test(item)).toArray();
        this.packed = PackedItems.of(items, kernels, CacheLine::begin);
    }

    /** The best k for the given rows of users; {@code exclude} has one row for each row of the matrix. */
    List<Ranking> rank(Matrix users, int[] rows, int k, Interactions exclude, Workers workers) {
        int kept = Math.min(k, items);
        int group = kept > LONG_LIST ? Kernels.USER_TILE : GROUP;
        Ranking[] rankings = new Ranking[rows.length];
        boolean many = rows.length >= MANY && (long) items * stride >= LARGE;
        CacheLine.Finder lines = many ? CacheLine::begin : (array, otherwise) -> otherwise;
        packed = packed.aligned(lines);
        Tile[] tiles = new Tile[workers.threads()];
        workers.run((rows.length + group - 1) / group, (task, worker) -> {
            if (tiles[worker] == null) {
                tiles[worker] = Tile.of(lines);
            }
            int from = task * group;
            int to = Math.min(rows.length, from + group);
            rankGroup(users, Arrays.copyOfRange(rows, from, to), kept, exclude, tiles[worker], rankings, from);
        });
        return List.of(rankings);
    }

    /** The best k for the only row of a matrix; {@code exclude} is strictly ascending. */
    Ranking rankOne(Matrix user, int k, int[] exclude) {
        int kept = Math.min(k, items);
        Ranking[] rankings = new Ranking[1];
        Interactions row = new Interactions(items, new int[] {0, exclude.length}, exclude);
        rankGroup(user, new int[] {0}, kept, row, Tile.anywhere(), rankings, 0);
        return rankings[0];
    }

    /** All scores of one vector of {@code stride} floats. */
    public float[] scores(float[] vectors, int offset) {
        PackedItems from = packed;
        float[] strip = new float[Kernels.STRIP];
        float[] scores = new float[items];
        for (int first = 0; first < items; first += Kernels.STRIP) {
            int n = Math.min(Kernels.STRIP, items - first);
            kernels.scoresOfOne(vectors, offset, stride, from.values(), from.at(first), panels(n), strip, 0);
            System.arraycopy(strip, 0, scores, first, n);
        }
        return scores;
    }

    private void rankGroup(
            Matrix users, int[] rows, int k, Interactions exclude, Tile tile, Ranking[] to, int toOffset) {
        TopK[] best = new TopK[rows.length];
        int[] excluded = new int[rows.length];
        for (int r = 0; r < rows.length; r++) {
            best[r] = new TopK(k);
            excluded[r] = exclude.begin(rows[r]);
        }
        int[] found = new int[Kernels.STRIP];
        scan(users, rows, tile, (start, end, first, n, scores, begin) -> {
            int from = absentFrom(first);
            for (int r = start; r < end; r++) {
                int at = begin + (r - start) * Kernels.TILE_STRIDE;
                mask(absent, from, absent.length, scores, at - first, first + n);
                excluded[r] = mask(exclude.columns(), excluded[r], exclude.end(rows[r]), scores, at - first, first + n);
                keep(best[r], scores, at, n, first, found);
            }
        });
        for (int r = 0; r < rows.length; r++) {
            to[toOffset + r] = best[r].ranking();
        }
    }

    /** The position of the first absent item at or after this one. */
    private int absentFrom(int item) {
        int at = Arrays.binarySearch(absent, item);
        return at < 0 ? -at - 1 : at;
    }

    /** Computes all scores of a group of users, in one thread. */
    public void scan(Matrix users, int[] rows, ScoreTiles to) {
        scan(users, rows, Tile.anywhere(), to);
    }

    private void scan(Matrix users, int[] rows, Tile tile, ScoreTiles to) {
        int whole = rows.length % Kernels.USER_TILE <= FEW
                ? rows.length / Kernels.USER_TILE * Kernels.USER_TILE
                : rows.length;
        float[] vectors = pack(users, rows, whole);
        PackedItems from = packed;
        for (int first = 0; first < items; first += Kernels.STRIP) {
            int n = Math.min(Kernels.STRIP, items - first);
            int panel = from.at(first);
            for (int start = 0; start < rows.length; start += Kernels.USER_TILE) {
                int end = Math.min(rows.length, start + Kernels.USER_TILE);
                if (start < whole) {
                    kernels.scores(
                            vectors, start * stride, stride, from.values(), panel, panels(n), tile.scores, tile.begin);
                } else {
                    for (int r = start; r < end; r++) {
                        int at = tile.begin + (r - start) * Kernels.TILE_STRIDE;
                        int user = users.offset(rows[r]);
                        kernels.scoresOfOne(
                                users.values(), user, stride, from.values(), panel, panels(n), tile.scores, at);
                    }
                }
                to.tile(start, end, first, n, tile.scores, tile.begin);
            }
        }
    }

    /** Packs the first {@code count} users in tiles; the last tile is padded with zeros. */
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

    /** Sets the scores of excluded items below {@code end} to minus infinity; returns the position for the next strip. */
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

    /** An array for the scores of a tile of users, aligned to a cache line. */
    private record Tile(float[] scores, int begin) {

        static Tile of(CacheLine.Finder lines) {
            float[] scores = new float[Kernels.USER_TILE * Kernels.TILE_STRIDE + CacheLine.FLOATS];
            return new Tile(scores, lines.begin(scores, 0));
        }

        static Tile anywhere() {
            return of((array, otherwise) -> otherwise);
        }
    }

    private static int panels(int n) {
        return (n + Kernels.PANEL - 1) / Kernels.PANEL;
    }
}
