package org.mineral.rivals;

import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * The three products of a step by Mineral's kernels alone, blocked as training does: scores of a tile of users against
 * strips of items, the users' sums over strips, the items' sums over chunks of users.
 */
final class Products {

    private static final int USER_CHUNK = 96;
    private static final int TILE = Kernels.USER_TILE;
    private static final int STRIP = Kernels.STRIP;

    private final Kernels kernels = KernelProvider.best();
    private final Workers workers;
    private final int users;
    private final int items;
    private final int strips;
    private final int dp;
    private final float[] packedUsers;
    private final float[] packedItems;
    private final float[] userRows;
    private final float[] itemRows;
    private final float[] scores;
    private final float[] userSums;
    private final float[] itemSums;

    Products(int users, int items, int dimension, Workers workers) {
        this.workers = workers;
        this.users = (users + TILE - 1) / TILE * TILE;
        this.items = items;
        this.strips = (items + STRIP - 1) / STRIP;
        this.dp = Matrix.pad(dimension);
        this.packedUsers = filled(this.users * dp);
        this.packedItems = filled(strips * STRIP * dp);
        this.userRows = filled(this.users * dp);
        this.itemRows = filled(strips * STRIP * dp);
        this.scores = filled(strips * this.users * Kernels.TILE_STRIDE);
        this.userSums = new float[this.users * dp];
        this.itemSums = new float[(strips * STRIP + 6) * dp];
    }

    void scores() {
        workers.run(users / TILE, (tile, worker) -> {
            for (int strip = 0; strip < strips; strip++) {
                int panels = (width(strip) + Kernels.PANEL - 1) / Kernels.PANEL;
                int at = at(strip, tile * TILE);
                kernels.scores(packedUsers, tile * TILE * dp, dp, packedItems, strip * STRIP * dp, panels, scores, at);
            }
        });
    }

    void users() {
        workers.run(users / TILE, (tile, worker) -> {
            for (int strip = 0; strip < strips; strip++) {
                int to = tile * TILE * dp;
                kernels.accumulateUsers(
                        scores, at(strip, tile * TILE), width(strip), itemRows, strip * STRIP * dp, dp, userSums, to);
            }
        });
    }

    void items() {
        workers.run(strips, (strip, worker) -> {
            for (int u = 0; u < users; u += USER_CHUNK) {
                int count = Math.min(USER_CHUNK, users - u);
                int to = strip * STRIP * dp;
                kernels.accumulateItems(scores, at(strip, u), count, userRows, u * dp, width(strip), dp, itemSums, to);
            }
        });
    }

    private int at(int strip, int user) {
        return (strip * users + user) * Kernels.TILE_STRIDE;
    }

    private int width(int strip) {
        return Math.min(STRIP, items - strip * STRIP);
    }

    private static float[] filled(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (k % 17 - 8) * 1e-3f;
        }
        return values;
    }
}
