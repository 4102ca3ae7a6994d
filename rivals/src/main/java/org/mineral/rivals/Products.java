package org.mineral.rivals;

import java.util.Arrays;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * The three products of a step by Mineral's kernels alone, blocked as training does: scores of tiles of users against
 * strips of items, the users' sums over strips, the items' sums over chunks of users.
 *
 * <p>Scores lie in panels of {@link Kernels#PANEL} items, a panel's users one after the other; see the engine's page.
 */
final class Products {

    private static final int USER_CHUNK = 96;
    private static final int TILE = Kernels.USER_TILE;
    private static final int PANEL = Kernels.PANEL;
    private static final int STRIP = Kernels.STRIP;
    private static final int PANELS = STRIP / PANEL;

    /** Rows of a panel are TILE modulo this, so that a strip's panels do not fall on the same sets of the cache. */
    private static final int SET_ROWS = 32;

    final float[] userRows;
    final float[] itemRows;
    final float[] userSums;
    final float[] itemSums;

    private final Kernels kernels = KernelProvider.best();
    private final Workers workers;
    private final int users;
    private final int items;
    private final int strips;
    private final int stride;
    private final int dp;
    private final float[] packedUsers;
    private final float[] packedItems;
    private final float[] scores;

    Products(int users, int items, int dimension, Workers workers) {
        this.workers = workers;
        this.users = (users + TILE - 1) / TILE * TILE;
        this.items = items;
        this.strips = (items + STRIP - 1) / STRIP;
        this.stride = (this.users + Math.floorMod(TILE - this.users, SET_ROWS)) * PANEL;
        this.dp = Matrix.pad(dimension);
        this.userRows = filled(this.users * dp);
        this.itemRows = filled(strips * STRIP * dp);
        Arrays.fill(itemRows, items * dp, itemRows.length, 0);
        this.packedUsers = new float[this.users * dp];
        this.packedItems = new float[itemRows.length];
        for (int u = 0; u < this.users; u += TILE) {
            kernels.packUsers(userRows, u * dp, dp, packedUsers, u * dp);
        }
        kernels.pack(itemRows, 0, items, dp, packedItems, 0);
        this.scores = new float[strips * PANELS * stride];
        this.userSums = new float[this.users * dp];
        this.itemSums = new float[itemRows.length];
    }

    /** S = U C^T. */
    void scores() {
        byUsers((strip, u) -> {
            int from = strip * STRIP * dp;
            int panels = (width(strip) + PANEL - 1) / PANEL;
            kernels.scores(packedUsers, u * dp, dp, packedItems, from, panels, scores, at(strip, u), stride, PANEL);
        });
    }

    /** dU = S C. */
    void users() {
        Arrays.fill(userSums, 0);
        byUsers((strip, u) -> {
            int from = strip * STRIP * dp;
            kernels.accumulateUsers(scores, at(strip, u), width(strip), stride, itemRows, from, dp, userSums, u * dp);
        });
    }

    /** dC = S^T U. */
    void items() {
        Arrays.fill(itemSums, 0);
        workers.run(strips, (strip, worker) -> {
            int panels = (width(strip) + PANEL - 1) / PANEL;
            for (int u = 0; u < users; u += USER_CHUNK) {
                int count = Math.min(USER_CHUNK, users - u);
                for (int p = 0; p < panels; p++) {
                    int at = at(strip, u) + p * stride;
                    int ahead = p + 1 < panels ? at + stride : at(strip, u);
                    int to = (strip * STRIP + p * PANEL) * dp;
                    kernels.accumulateItems(scores, at, count, userRows, u * dp, dp, itemSums, to, ahead);
                }
            }
        });
    }

    float score(int user, int item) {
        return scores[at(item / STRIP, user) + item % STRIP / PANEL * stride + item % PANEL];
    }

    private interface TileTask {
        void run(int strip, int user);
    }

    /** Each thread takes a group of users past all strips, so that a strip serves all of the group while in cache. */
    private void byUsers(TileTask task) {
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

    private int at(int strip, int user) {
        return strip * PANELS * stride + user * PANEL;
    }

    private int width(int strip) {
        return Math.min(STRIP, items - strip * STRIP);
    }

    private static float[] filled(int n) {
        float[] values = new float[n];
        for (int k = 0; k < n; k++) {
            values[k] = (k % 17 - 8) * 1e-2f;
        }
        return values;
    }
}
