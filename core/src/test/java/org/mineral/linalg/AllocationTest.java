package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A vector that the compiler boxes makes a kernel allocate and fall to a fraction of its speed, without a word. */
@Tag("own-jvm")
class AllocationTest {

    private static final int DP = 64;

    /** Distance between the panels of a tile of 12 users. */
    private static final int STRIDE = 12 * Kernels.PANEL;

    private static final int WARM_UP = 20_000;
    private static final int CALLS = 2_000;

    /** Far below what boxing gives; other things of the JVM may allocate a little on this thread. */
    private static final long ALLOWED_BYTES = 16 * 1024;

    private final float[] users = filled(12 * DP);
    private final float[] items = filled(Kernels.STRIP * DP);
    private final float[] packed = filled(Kernels.STRIP * DP);
    private final float[] tile = filled(8 * STRIDE + 12 * Kernels.TILE_STRIDE);
    private final float[] userSums = new float[12 * DP];
    private final float[] itemSums = new float[Kernels.PANEL * DP];
    private final float[] row = new float[Kernels.STRIP];
    private final float[] weights = filled(Kernels.STRIP);
    private final float[] mean = new float[Kernels.STRIP];
    private final float[] square = filled(Kernels.STRIP);
    private final int[] found = new int[Kernels.STRIP];
    private final int[] distinct = IntStream.range(0, Kernels.PANEL).toArray();
    private Kernels simd = KernelProvider.scalar();

    @BeforeEach
    void simd() {
        Assumptions.assumeTrue(
                KernelProvider.vector().isPresent(),
                () -> KernelProvider.shortcoming().orElse(""));
        simd = KernelProvider.vector().orElseThrow();
    }

    @Test
    void noKernelAllocates() {
        Map<String, Consumer<Kernels>> all = new LinkedHashMap<>();
        all.put("scores", k -> k.scores(users, 0, DP, packed, 0, 8, tile, 0));
        all.put("scores in panels", k -> k.scores(users, 0, DP, packed, 0, 8, tile, 0, STRIDE, Kernels.PANEL));
        all.put("scores of one", k -> k.scoresOfOne(users, 0, DP, packed, 0, 8, tile, 0));
        all.put("scores of one, odd panels", k -> k.scoresOfOne(users, 0, DP, packed, 0, 3, tile, 0));
        all.put("users' product", k -> k.accumulateUsers(tile, 0, 256, STRIDE, items, 0, DP, userSums, 0));
        all.put("items' product", k -> k.accumulateItems(tile, 0, 12, users, 0, DP, itemSums, 0, STRIDE));
        all.put(
                "users' product, rest of a row",
                k -> k.accumulateUsers(tile, 0, 52, STRIDE, items, 0, 48, userSums, 0));
        all.put(
                "items' product, rest of a row",
                k -> k.accumulateItems(tile, 0, 12, users, 0, 48, itemSums, 0, STRIDE));
        all.put("pack", k -> k.pack(items, 0, 250, DP, packed, 0));
        all.put("packUsers", k -> k.packUsers(users, 0, DP, packed, 0));
        all.put("dot", k -> row[0] = k.dot(users, 0, items, 0, 37));
        all.put("axpy", k -> k.axpy(1e-9f, users, 0, row, 0, 37));
        all.put("addRows", k -> k.addRows(1e-9f, weights, items, DP, found, 0, 40, row, 0));
        all.put("addRows, short ones", k -> k.addRows(1e-9f, weights, items, 48, found, 0, 40, row, 0));
        all.put("addWeightedRows", k -> k.addWeightedRows(weights, items, DP, found, 0, 40, row, 0));
        all.put("addWeightedRows, short ones", k -> k.addWeightedRows(weights, items, 48, found, 0, 40, row, 0));
        all.put("addToRows", k -> k.addToRows(weights, row, 0, DP, distinct, 0, distinct.length, itemSums));
        all.put("addToRows, short ones", k -> k.addToRows(weights, row, 0, 48, distinct, 0, distinct.length, itemSums));
        all.put("hinge", k -> k.hinge(row, 0, 250, Kernels.PANEL, 0.1f, weights, 0));
        all.put("unweighted hinge", k -> k.hinge(row, 0, 250, Kernels.PANEL, 0.1f, null, 0));
        all.put("unweighted square", k -> k.square(row, 0, 250, Kernels.PANEL, null, 0));
        all.put("square", k -> k.square(row, 0, 250, Kernels.PANEL, weights, 0));
        all.put("sigmoidPower", k -> k.sigmoidPower(row, 0, 250, Kernels.PANEL, 0.1f, 8, weights, 0));
        all.put("unweighted sigmoidPower", k -> k.sigmoidPower(row, 0, 250, Kernels.PANEL, 0.1f, 8, null, 0));
        all.put("sigmoidPower far from 0", k -> k.sigmoidPower(row, 0, 250, Kernels.PANEL, 9, 8, weights, 0));
        all.put("max", k -> row[0] = k.max(weights, 0, 250, Kernels.PANEL));
        all.put("above", k -> found[0] = k.above(weights, 0, 250, 0.9f, found));
        all.put("places above", k -> found[0] = k.placesAbove(weights, 0, 250, Kernels.PANEL, 0.9f, found));
        all.put("the k-th largest", k -> row[0] = k.largest(weights, 250, 20));
        all.put("adam", k -> k.adam(row, 0, weights, 0, mean, square, 0, 256, 1e-9f, 1));
        allocateNothing(all);
    }

    /** In some JVMs exp boxes for good: 3 to 10 MB in 2000 calls, at half the speed. Which ones, is not understood. */
    @Test
    void expAndSoftplusAllocateNothing() {
        Map<String, Consumer<Kernels>> all = new LinkedHashMap<>();
        all.put("exp", k -> k.exp(row, 0, 256, Kernels.PANEL, 0, null, 0));
        all.put("weighted exp", k -> k.exp(row, 0, 256, Kernels.PANEL, 0, weights, 0));
        all.put("exp again", k -> k.exp(row, 0, 256, Kernels.PANEL, 0, null, 0));
        all.put("exp with a rest", k -> k.exp(row, 0, 250, Kernels.PANEL, 0, null, 0));
        all.put("weighted exp with a rest", k -> k.exp(row, 0, 250, Kernels.PANEL, 0, weights, 0));
        all.put("softplus", k -> k.softplus(row, 0, 250, Kernels.PANEL, 0.1f, weights, 0));
        all.put("unweighted softplus", k -> k.softplus(row, 0, 250, Kernels.PANEL, 0.1f, null, 0));
        allocateNothing(all);
    }

    private void allocateNothing(Map<String, Consumer<Kernels>> calls) {
        calls.forEach((name, call) -> assertThat(allocated(call))
                .as("bytes in %d calls of %s", CALLS, name)
                .isLessThan(ALLOWED_BYTES));
    }

    private long allocated(Consumer<Kernels> call) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        // The compiler works in the background and may be late on a busy machine: try again before judging.
        for (int attempt = 0; attempt < 10 && least >= ALLOWED_BYTES; attempt++) {
            for (int i = 0; i < WARM_UP; i++) {
                call.accept(simd);
            }
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < CALLS; i++) {
                call.accept(simd);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }

    private static float[] filled(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = k % 17 / 17f - 0.4f;
        }
        return values;
    }
}
