package org.mineral.linalg;

import java.util.Arrays;
import org.mineral.config.Internal;

/**
 * A symmetric matrix of doubles of which only the lower half is stored, in square tiles of {@link Kernels#TILE} rows: half the memory of all entries,
 * and no limit of one array. It is inverted in place.
 *
 * <p>The inverse is computed by sweeps (Goodnight 1979, doi 10.1080/00031305.1979.10482685), a tile of pivots at a time. With the pivots p and
 * the others q,
 *
 * <pre>{@code A_qq -= A_qp A_pp^-1 A_pq,   A_qp = A_qp A_pp^-1,   A_pp = -A_pp^-1}</pre>
 *
 * and after all sweeps A holds {@code -A^-1}. That takes n^3 operations, as many as a Cholesky decomposition with the inverse from it,
 * nearly all in products of tiles; for a positive definite matrix no pivot becomes zero. Tiles are independent of each other, so the result
 * is the same for any number of threads.
 */
@Internal
public final class SymmetricTiles {

    private static final int TILE = Kernels.TILE;

    private final int n;
    private final int blocks;
    private final double[][] tiles;

    /** A matrix of zeros. */
    public SymmetricTiles(int n) {
        this.n = n;
        this.blocks = blocks(n);
        this.tiles = new double[blocks * (blocks + 1) / 2][TILE * TILE];
    }

    /** A matrix of its own with the same entries. */
    public SymmetricTiles copy() {
        SymmetricTiles copy = new SymmetricTiles(n);
        for (int t = 0; t < tiles.length; t++) {
            System.arraycopy(tiles[t], 0, copy.tiles[t], 0, tiles[t].length);
        }
        return copy;
    }

    private static int blocks(int n) {
        return (n + TILE - 1) / TILE;
    }

    /** Bytes of a matrix and of its inversion. */
    public static long bytes(int n, int threads) {
        long blocks = blocks(n);
        long tile = (long) Double.BYTES * TILE * TILE;
        return tile * (blocks * (blocks + 1) / 2 + 2 * blocks + 2L * threads + 2);
    }

    public int size() {
        return n;
    }

    private double[] tile(int i, int j) {
        return tiles[i * (i + 1) / 2 + j];
    }

    public double get(int i, int j) {
        int row = Math.max(i, j);
        int column = Math.min(i, j);
        return tile(row / TILE, column / TILE)[row % TILE * TILE + column % TILE];
    }

    /** Sets the entries (i, j) and (j, i). Entries of different i >= j may be set by different threads. */
    public void set(int i, int j, double value) {
        int row = Math.max(i, j);
        int column = Math.min(i, j);
        double[] tile = tile(row / TILE, column / TILE);
        tile[row % TILE * TILE + column % TILE] = value;
        if (row / TILE == column / TILE) {
            tile[column % TILE * TILE + row % TILE] = value;
        }
    }

    /** Copies row i, which is column i as well. */
    public void row(int i, double[] to) {
        int block = i / TILE;
        int within = i % TILE;
        for (int j = 0; j <= block; j++) {
            System.arraycopy(tile(block, j), within * TILE, to, j * TILE, Math.min(TILE, n - j * TILE));
        }
        for (int j = (block + 1) * TILE; j < n; j++) {
            to[j] = tile(j / TILE, block)[j % TILE * TILE + within];
        }
    }

    /** Progress of an inversion. */
    @FunctionalInterface
    public interface Progress {
        void done(double share);
    }

    /**
     * Turns the matrix into its inverse.
     *
     * @throws ArithmeticException if it is not positive definite, up to rounding
     */
    public void invert(Workers workers, Kernels kernels, Progress progress) {
        for (int k = n; k < blocks * TILE; k++) {
            tile(blocks - 1, blocks - 1)[k % TILE * TILE + k % TILE] = 1;
        }
        double[][] left = new double[blocks][TILE * TILE];
        double[][] right = new double[blocks][TILE * TILE];
        for (int p = 0; p < blocks; p++) {
            sweep(p, left, right, workers, kernels);
            progress.done((p + 1.0) / blocks);
        }
        workers.run(tiles.length, (t, worker) -> negate(tiles[t]));
        for (int p = 0; p < blocks; p++) {
            mirror(tile(p, p));
        }
    }

    private static void negate(double[] tile) {
        for (int k = 0; k < tile.length; k++) {
            tile[k] = -tile[k];
        }
    }

    /** Copies the lower half onto the upper one, which differs by rounding errors. */
    private static void mirror(double[] tile) {
        for (int r = 0; r < TILE; r++) {
            for (int c = 0; c < r; c++) {
                tile[c * TILE + r] = tile[r * TILE + c];
            }
        }
    }

    /** @param left space for A_qp, packed as left factors; {@code right} for {@code A_pp^-1 A_pq} as right ones */
    private void sweep(int p, double[][] left, double[][] right, Workers workers, Kernels kernels) {
        double[] pivots = tile(p, p);
        invert(pivots);
        double[] packedPivots = new double[TILE * TILE];
        packLeft(pivots, packedPivots);
        double[][] scratch = new double[2 * workers.threads()][];
        workers.run(blocks, (q, worker) -> {
            if (q == p) {
                return;
            }
            double[] across = scratch[2 * worker] == null ? new double[TILE * TILE] : scratch[2 * worker];
            double[] solved = scratch[2 * worker + 1] == null ? new double[TILE * TILE] : scratch[2 * worker + 1];
            scratch[2 * worker] = across;
            scratch[2 * worker + 1] = solved;
            // A_pq, rows p.
            double[] stored = q > p ? tile(q, p) : tile(p, q);
            if (q > p) {
                packLeft(stored, left[q]);
                transpose(stored, across);
            } else {
                transpose(stored, across);
                packLeft(across, left[q]);
                System.arraycopy(stored, 0, across, 0, across.length);
            }
            packRight(across, right[q]);
            Arrays.fill(solved, 0);
            kernels.subtractProduct(packedPivots, right[q], solved);
            negate(solved);
            packRight(solved, right[q]);
            if (q > p) {
                transpose(solved, stored);
            } else {
                System.arraycopy(solved, 0, stored, 0, stored.length);
            }
        });
        workers.run(tiles.length, (t, worker) -> {
            int i = (int) ((Math.sqrt(8.0 * t + 1) - 1) / 2);
            int j = t - i * (i + 1) / 2;
            if (i != p && j != p) {
                kernels.subtractProduct(left[i], right[j], tiles[t]);
            }
        });
        negate(pivots);
    }

    /** Inverts one tile in place, by sweeps over single pivots. */
    private static void invert(double[] a) {
        double[] column = new double[TILE];
        for (int p = 0; p < TILE; p++) {
            double pivot = a[p * TILE + p];
            if (!(pivot > 0)) {
                throw new ArithmeticException("the matrix is not positive definite: a pivot is " + pivot);
            }
            for (int i = 0; i < TILE; i++) {
                column[i] = a[i * TILE + p];
            }
            for (int i = 0; i < TILE; i++) {
                if (i != p) {
                    double factor = column[i] / pivot;
                    for (int j = 0; j < TILE; j++) {
                        a[i * TILE + j] -= factor * column[j];
                    }
                    a[i * TILE + p] = factor;
                }
            }
            for (int j = 0; j < TILE; j++) {
                a[p * TILE + j] = column[j] / pivot;
            }
            a[p * TILE + p] = -1 / pivot;
        }
        negate(a);
    }

    private static void packLeft(double[] from, double[] to) {
        int rows = Kernels.TILE_ROWS;
        for (int r = 0; r < TILE; r++) {
            int at = r / rows * TILE * rows + r % rows;
            for (int k = 0; k < TILE; k++) {
                to[at + k * rows] = from[r * TILE + k];
            }
        }
    }

    private static void packRight(double[] from, double[] to) {
        int columns = Kernels.TILE_COLUMNS;
        for (int k = 0; k < TILE; k++) {
            for (int c = 0; c < TILE; c += columns) {
                System.arraycopy(from, k * TILE + c, to, (c / columns * TILE + k) * columns, columns);
            }
        }
    }

    private static void transpose(double[] from, double[] to) {
        for (int r = 0; r < TILE; r++) {
            for (int c = 0; c < TILE; c++) {
                to[c * TILE + r] = from[r * TILE + c];
            }
        }
    }
}
