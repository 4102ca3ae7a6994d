package org.mineral.app.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * A kernel with data of the engine's shape and the work of a call, for benchmarks and tests of speed. Values stay finite and normal for any
 * number of calls.
 *
 * @param flop floating-point operations of a call; comparisons, blends and integer operations not counted
 * @param bytes bytes a call reads and writes at the level that limits it
 */
public record KernelTask(String name, Bound bound, long flop, long bytes, Consumer<Kernels> call) {

    /** The resource that limits a kernel. */
    public enum Bound {
        /** Multiply-adds in registers. */
        ARITHMETIC,
        /** Reading from the first-level cache. */
        CACHE_READ,
        /** Reading from and writing to the first-level cache. */
        CACHE_UPDATE,
        /** Reading so many bytes, which no cache of a single core holds. */
        MEMORY_READ,
        /** Reading from and writing to main memory. */
        MEMORY_UPDATE
    }

    private static final int STRIP = Kernels.STRIP;
    private static final int PANELS = STRIP / Kernels.PANEL;

    /** Distance between the panels of one tile of users. */
    private static final int TILE_PANEL = Kernels.USER_TILE * Kernels.PANEL;

    /** The kernels that see a row of scores: to them the dimension makes no difference. */
    private static final Set<String> OF_ROWS = Set.of("exp", "softplus", "hinge", "square", "above", "max");

    /** Users that the engine hands to one call of {@link Kernels#accumulateItems}. */
    private static final int USERS = 96;

    /** Range reduction and a polynomial of degree 5, the weight, the sum. */
    private static final int EXP_FLOP = 18;

    /** The exponential, two divisions, and the logarithm as a series of seven terms. */
    private static final int SOFTPLUS_FLOP = 39;

    private static final float HALF = 0.5f;

    /** All kernels that training and ranking spend their time in, for embeddings of this length. */
    public static List<KernelTask> of(int dimension) {
        int dp = Matrix.pad(dimension);
        return List.of(
                scores(dp),
                scoresOfOne(dp),
                accumulateUsers(dp),
                accumulateItems(dp),
                exp(),
                softplus(),
                hinge(),
                square(),
                above(),
                max(),
                dot(dp),
                axpy(dp),
                addRows(dp),
                adam(dp),
                pack(dp));
    }

    /** Whether the embeddings' length makes a difference to it. */
    public boolean ofDimension() {
        return !OF_ROWS.contains(name);
    }

    private static KernelTask scores(int dp) {
        float[] users = filled(Kernels.USER_TILE * dp);
        float[] packed = filled(STRIP * dp);
        float[] tile = new float[Kernels.USER_TILE * STRIP];
        return product(
                "scores",
                Kernels.USER_TILE,
                dp,
                k -> k.scores(users, 0, dp, packed, 0, PANELS, tile, 0, TILE_PANEL, Kernels.PANEL));
    }

    /** One user against a table that fits into no cache. */
    private static KernelTask scoresOfOne(int dp) {
        int rows = tableRows(dp);
        float[] user = filled(dp);
        float[] packed = filled(rows * dp);
        float[] scores = new float[STRIP];
        long floats = (long) rows * dp;
        return new KernelTask("scoresOfOne", Bound.MEMORY_READ, 2 * floats, Float.BYTES * floats, k -> {
            for (int r = 0; r < rows; r += STRIP) {
                k.scoresOfOne(user, 0, dp, packed, r * dp, PANELS, scores, 0);
            }
        });
    }

    private static KernelTask accumulateUsers(int dp) {
        float[] tile = alternating(Kernels.USER_TILE * STRIP);
        float[] items = filled(STRIP * dp);
        float[] sums = new float[Kernels.USER_TILE * dp];
        return product(
                "accumulateUsers",
                Kernels.USER_TILE,
                dp,
                k -> k.accumulateUsers(tile, 0, STRIP, TILE_PANEL, items, 0, dp, sums, 0));
    }

    private static KernelTask accumulateItems(int dp) {
        float[] panels = alternating(USERS * STRIP);
        float[] users = filled(USERS * dp);
        float[] sums = new float[STRIP * dp];
        return product("accumulateItems", USERS, dp, k -> {
            for (int p = 0; p < PANELS; p++) {
                int at = p * USERS * Kernels.PANEL;
                k.accumulateItems(panels, at, USERS, users, 0, dp, sums, p * Kernels.PANEL * dp, at);
            }
        });
    }

    private static KernelTask product(String name, int users, int dp, Consumer<Kernels> call) {
        return new KernelTask(name, Bound.ARITHMETIC, 2L * users * STRIP * dp, 0, call);
    }

    private static KernelTask exp() {
        float[] row = filled(STRIP);
        // s = e^(s - 2) draws every value to .16, where it stays
        return row("exp", Bound.ARITHMETIC, EXP_FLOP, 0, k -> k.exp(row, 0, STRIP, Kernels.PANEL, 2, null, 0));
    }

    private static KernelTask softplus() {
        float[] row = filled(STRIP);
        return row(
                "softplus",
                Bound.ARITHMETIC,
                SOFTPLUS_FLOP,
                0,
                k -> k.softplus(row, 0, STRIP, Kernels.PANEL, 0, null, 0));
    }

    private static KernelTask hinge() {
        float[] row = filled(STRIP);
        float[] halves = halves();
        return row("hinge", Bound.CACHE_UPDATE, 3, 3, k -> k.hinge(row, 0, STRIP, Kernels.PANEL, 0.1f, halves, 0));
    }

    private static KernelTask square() {
        float[] row = filled(STRIP);
        float[] halves = halves();
        return row("square", Bound.CACHE_UPDATE, 4, 3, k -> k.square(row, 0, STRIP, Kernels.PANEL, halves, 0));
    }

    private static KernelTask above() {
        float[] row = filled(STRIP);
        int[] found = new int[STRIP];
        // a threshold that nothing passes: as it is for most strips of a long ranking
        return row("above", Bound.CACHE_READ, 0, 1, k -> k.above(row, 0, STRIP, 2, found));
    }

    private static KernelTask max() {
        float[] row = filled(STRIP);
        return row("max", Bound.CACHE_READ, 0, 1, k -> row[0] = Math.min(HALF, k.max(row, 0, STRIP, Kernels.PANEL)));
    }

    private static KernelTask row(String name, Bound bound, int flop, int floats, Consumer<Kernels> call) {
        return new KernelTask(name, bound, (long) flop * STRIP, (long) floats * Float.BYTES * STRIP, call);
    }

    private static KernelTask dot(int dp) {
        int rows = 16;
        float[] items = filled(rows * dp);
        float[] sums = new float[1];
        return new KernelTask("dot", Bound.CACHE_READ, 2L * rows * dp, 8L * rows * dp, k -> {
            for (int r = 0; r < rows; r++) {
                sums[0] += k.dot(items, 0, items, r * dp, dp);
            }
        });
    }

    private static KernelTask axpy(int dp) {
        int rows = 16;
        float[] items = filled(rows * dp);
        float[] sums = new float[rows * dp];
        return new KernelTask("axpy", Bound.CACHE_UPDATE, 2L * rows * dp, 12L * rows * dp, k -> {
            for (int r = 0; r < rows; r++) {
                k.axpy((r & 1) - HALF, items, r * dp, sums, r * dp, dp);
            }
        });
    }

    /** Rows in cache: out of it the rest of the program decides, by the order of its rows. */
    private static KernelTask addRows(int dp) {
        float[] table = filled(STRIP * dp);
        float[] signs = alternating(STRIP);
        float[] sums = new float[dp];
        int[] rows = new int[STRIP / 4];
        Arrays.setAll(rows, r -> r * 37 % STRIP);
        return new KernelTask("addRows", Bound.CACHE_READ, 2L * rows.length * dp, 4L * rows.length * dp, k -> {
            k.addRows(1, signs, table, dp, rows, 0, rows.length, sums, 0);
        });
    }

    /** A table's rows, each in a call of its own, the gradients of a strip in cache. */
    private static KernelTask adam(int dp) {
        int rows = tableRows(dp);
        float[] table = filled(rows * dp);
        float[] mean = new float[rows * dp];
        float[] square = filled(rows * dp);
        float[] gradients = alternating(STRIP * dp);
        long floats = (long) rows * dp;
        return new KernelTask("adam", Bound.MEMORY_UPDATE, 13 * floats, 6 * Float.BYTES * floats, k -> {
            for (int r = 0; r < rows; r++) {
                k.adam(table, r * dp, gradients, r % STRIP * dp, mean, square, r * dp, dp, 1e-9f, 1);
            }
        });
    }

    private static KernelTask pack(int dp) {
        int rows = tableRows(dp);
        float[] table = filled(rows * dp);
        float[] packed = new float[rows * dp];
        long floats = (long) rows * dp;
        return new KernelTask("pack", Bound.MEMORY_UPDATE, 0, 2 * Float.BYTES * floats, k -> {
            for (int r = 0; r < rows; r += STRIP) {
                k.pack(table, r * dp, STRIP, dp, packed, r * dp);
            }
        });
    }

    /** So many rows, in whole strips, that a table does not fit into a cache. */
    private static int tableRows(int dp) {
        long floats = Roofline.memorySize() / 4 / Float.BYTES;
        return (int) Math.max(1, floats / dp / STRIP) * STRIP;
    }

    private static float[] halves() {
        float[] halves = new float[STRIP];
        Arrays.fill(halves, HALF);
        return halves;
    }

    /** Between .1 and 1. */
    private static float[] filled(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = 0.1f + k % 17 / 20f;
        }
        return values;
    }

    /** Of both signs, so that sums over many calls stay far from infinity. */
    private static float[] alternating(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (k & 1) - HALF;
        }
        return values;
    }
}
