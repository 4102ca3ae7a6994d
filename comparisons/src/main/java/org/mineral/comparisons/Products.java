package org.mineral.comparisons;

import java.util.Arrays;
import org.mineral.algorithm.embedding.engine.BlockProducts;
import org.mineral.algorithm.embedding.engine.PackedCandidates;
import org.mineral.candidate.Candidates;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/** The three products of a training step by the engine itself ({@link BlockProducts}), without a loss between them: scores stand for derivatives. */
final class Products {

    private static final int TILE = Kernels.USER_TILE;

    /** U, a row a user, and C, a row an item, each padded to {@link Matrix#stride}. */
    final float[] userRows;

    final Matrix items;
    final float[] userSums;
    final float[] itemSums;

    private final BlockProducts products;
    private final Workers workers;
    private final int users;
    private final int strips;
    private final float[][] stripSums;

    /** @param users rounded up to a whole number of tiles */
    Products(int users, int itemCount, int dimension, Workers workers) {
        Kernels kernels = KernelProvider.best();
        this.workers = workers;
        this.users = (users + TILE - 1) / TILE * TILE;
        this.items = new Matrix(itemCount, dimension);
        int dp = items.stride();
        System.arraycopy(filled(itemCount * dp), 0, items.values(), 0, itemCount * dp);
        this.userRows = filled(this.users * dp);
        PackedCandidates candidates = new PackedCandidates(items, false, null, kernels, workers);
        candidates.fill(Candidates.all(itemCount));
        this.strips = candidates.strips();
        this.products = new BlockProducts(candidates, kernels);
        products.resize(this.users);
        for (int u = 0; u < this.users; u += TILE) {
            products.pack(userRows, u);
        }
        this.userSums = new float[this.users * dp];
        this.itemSums = new float[strips * products.stripFloats()];
        this.stripSums = new float[workers.threads()][products.stripFloats()];
    }

    /** S = U C^T. */
    void scores() {
        byTiles(products::scores);
    }

    /** dU = S C. */
    void users() {
        Arrays.fill(userSums, 0);
        byTiles((strip, u) -> products.rows(strip, u, userSums));
    }

    /** dC = S^T U. */
    void items() {
        workers.run(strips, (strip, worker) -> {
            float[] sums = stripSums[worker];
            products.candidates(strip, users, userRows, sums);
            System.arraycopy(sums, 0, itemSums, strip * sums.length, sums.length);
        });
    }

    float score(int user, int item) {
        return products.cell(user, item);
    }

    private interface TileTask {
        void run(int strip, int user);
    }

    /** Each thread takes a group of users past all strips, so that a strip serves all of the group while in cache. */
    private void byTiles(TileTask task) {
        int tiles = users / TILE;
        int groups = Math.min(tiles, workers.threads());
        workers.run(groups, (group, worker) -> {
            int from = (int) ((long) tiles * group / groups) * TILE;
            int to = (int) ((long) tiles * (group + 1) / groups) * TILE;
            for (int strip = 0; strip < strips; strip++) {
                for (int u = from; u < to; u += TILE) {
                    task.run(strip, u);
                }
            }
        });
    }

    private static float[] filled(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (k % 17 - 8) * 1e-2f;
        }
        return values;
    }
}
