package org.mineral.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The inner loops. {@link ScalarKernels} is the reference of every other implementation; obtain one from {@link KernelProvider#best()}.
 * Arguments are not checked: callers guarantee the bounds.
 *
 * <p>{@code dp} is a padded dimension, a multiple of {@link Matrix#PAD}.
 */
public interface Kernels {

    /** Rows of users that {@link #scores} takes at once. */
    int USER_TILE = 12;

    /** Items in one panel. */
    int PANEL = 32;

    /** Items in one strip, which is processed while it is in the fast caches. A multiple of {@link #PANEL}. */
    int STRIP = 256;

    /**
     * Distance between rows where a tile of scores holds whole rows, and so lies outside the engine: not a power of two,
     * which would map all rows to the same cache sets.
     */
    int TILE_STRIDE = STRIP + 16;

    /** Name and width of the kernels, for people. */
    String name();

    /** Floats in one register; 1 without SIMD. */
    int lanes();

    /** sum_k a[ao + k] b[bo + k], k in [0, n). */
    float dot(float[] a, int ao, float[] b, int bo, int n);

    /** y[yo + k] += alpha x[xo + k], k in [0, n). */
    void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n);

    /**
     * A row of a sparse product: {@code y[yo + k] += sum_p alpha w[r_p] x[r_p * dp + k]}, with r_p = rows[p], p in [from, to),
     * k in [0, dp). Summed in the order of p, as so many calls of {@link #axpy} would.
     */
    void addRows(float alpha, float[] w, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo);

    /**
     * The same with a weight for each entry: {@code y[yo + k] += sum_p v[p] x[r_p * dp + k]}. Summed in the order of p, as so many calls of
     * {@link #axpy} would.
     */
    void addWeightedRows(float[] v, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo);

    /**
     * The adjoint of {@link #addWeightedRows}, one row to many: {@code y[r_p * dp + k] += v[p] x[xo + k]}, for p in [from, to) and k in [0, dp). The
     * r_p are distinct.
     */
    void addToRows(float[] v, float[] x, int xo, int dp, int[] rows, int from, int to, float[] y);

    /**
     * Packs rows of items into panels, k-major: {@code to[p * PANEL * dp + k * PANEL + lane]} is item
     * {@code p * PANEL + lane}, coordinate k. Items beyond n are zeros.
     */
    void pack(float[] items, int itemsOffset, int n, int dp, float[] to, int toOffset);

    /** Packs USER_TILE rows of users k-major: {@code to[k * USER_TILE + r]} is user r, coordinate k. */
    default void packUsers(float[] users, int usersOffset, int dp, float[] to, int toOffset) {
        for (int r = 0; r < USER_TILE; r++) {
            for (int k = 0; k < dp; k++) {
                to[toOffset + k * USER_TILE + r] = users[usersOffset + r * dp + k];
            }
        }
    }

    /**
     * Scores of a packed tile of users against packed panels, a row a user: {@code out[oo + r * TILE_STRIDE + j] =
     * <user r, item j>} for j in [0, panels * PANEL).
     */
    default void scores(
            float[] users, int usersOffset, int dp, float[] packed, int packedOffset, int panels, float[] out, int oo) {
        scores(users, usersOffset, dp, packed, packedOffset, panels, out, oo, PANEL, TILE_STRIDE);
    }

    /**
     * Scores of a packed tile of users against packed panels: item {@code p * PANEL + lane} of user r goes to {@code
     * out[oo + p * panelStride + r * rowStride + lane]}.
     */
    void scores(
            float[] users,
            int usersOffset,
            int dp,
            float[] packed,
            int packedOffset,
            int panels,
            float[] out,
            int oo,
            int panelStride,
            int rowStride);

    /**
     * Scores of a single user, not packed, against packed panels: {@code out[oo + j] = <user, item j>} for j in [0, panels *
     * PANEL). Bit for bit what {@link #scores} gives that user in any tile: both take the coordinates in order.
     */
    void scoresOfOne(
            float[] user, int userOffset, int dp, float[] packed, int packedOffset, int panels, float[] out, int oo);

    /**
     * The users' product over a tile in panels: {@code to[r] += sum_j g[r][j] items[j]}, for r in [0, USER_TILE) and j in
     * [0, n), rows of dp, where {@code g[r][p * PANEL + lane]} is at {@code go + p * panelStride + r * PANEL + lane}.
     */
    void accumulateUsers(
            float[] g,
            int go,
            int n,
            int panelStride,
            float[] items,
            int itemsOffset,
            int dp,
            float[] to,
            int toOffset);

    /**
     * The items' product over one panel: {@code to[j] += sum_u g[go + u * PANEL + j] users[u]}, for j in [0, PANEL) and u
     * in [0, count), rows of dp.
     *
     * @param ahead where in g the next call will read; this one may touch that memory so that it is on its way.
     *     {@code ahead + count * PANEL} is within g
     */
    void accumulateItems(
            float[] g, int go, int count, float[] users, int usersOffset, int dp, float[] to, int toOffset, int ahead);

    // A row of scores: entry j is at so + (j / PANEL) * stride + j % PANEL. A stride of PANEL is a row without gaps.

    /**
     * s[j] becomes w_j e^{s_j - shift}; returns the sum. {@code w} may be null: all ones. No s_j - shift is above 88; below
     * -87 the exponential may be any number up to 2e-38.
     */
    double exp(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo);

    /** s[j] becomes w_j [s_j > margin]; returns sum w_j max(0, s_j - margin). */
    double hinge(float[] s, int so, int n, int stride, float margin, float @Nullable [] w, int wo);

    /** s[j] becomes 2 w_j s_j; returns sum w_j s_j^2. */
    double square(float[] s, int so, int n, int stride, float @Nullable [] w, int wo);

    /** s[j] becomes w_j / (1 + e^{-(s_j - shift)}); returns sum w_j log(1 + e^{s_j - shift}). */
    double softplus(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo);

    /**
     * With x = s[j] - origin and sg(x) = 1 / (1 + e^-x): s[j] becomes w_j p sg(x)^p sg(-x); returns sum w_j sg(x)^p.
     *
     * @param p above 0, at most 60
     */
    double sigmoidPower(float[] s, int so, int n, int stride, float origin, float p, float @Nullable [] w, int wo);

    /** The sum of n values, in four streams, which keep more loads under way than one. The order is the kernels' own. */
    float sum(float[] a, int ao, int n);

    /** Largest of n >= 1 values. */
    float max(float[] s, int so, int n, int stride);

    /** The k-th largest of the first n values, {@code 1 <= k <= n}; none is NaN. */
    float largest(float[] a, int n, int k);

    /** The positions j in a row without gaps, ascending, with s[so + j] > threshold, into {@code found}; returns how many. */
    int above(float[] s, int so, int n, float threshold, int[] found);

    /** The places p of a row's entries in s, ascending, with s[p] > threshold, into {@code found}; returns how many. */
    int placesAbove(float[] s, int so, int n, int stride, float threshold, int[] found);

    /** Decay of Adam's mean of gradients. */
    float BETA1 = 0.9f;

    /** Decay of Adam's mean of squared gradients. */
    float BETA2 = 0.999f;

    /** Keeps Adam's step finite where no gradient has been. */
    float EPSILON = 1e-8f;

    /**
     * Adam's update of n values, a multiple of {@link Matrix#PAD}: {@code m += (1-b1)(g-m); v += (1-b2)(g^2-v);
     * p -= step m / (root sqrt(v) + epsilon)}.
     */
    void adam(
            float[] p, int po, float[] g, int go, float[] mean, float[] square, int so, int n, float step, float root);

    /** Rows and columns of a square tile of doubles, which is stored row by row: entry (r, c) at {@code r * TILE + c}. */
    int TILE = 192;

    /** Rows that are packed together in the left factor of {@link #subtractProduct}. Divides {@link #TILE}. */
    int TILE_ROWS = 12;

    /** Columns that are packed together in the right factor of {@link #subtractProduct}. Divides {@link #TILE}. */
    int TILE_COLUMNS = 16;

    /**
     * C -= A B for tiles of doubles.
     *
     * @param a A, packed: entry (r, k) at {@code (r / TILE_ROWS * TILE + k) * TILE_ROWS + r % TILE_ROWS}
     * @param b B, packed: entry (k, c) at {@code (c / TILE_COLUMNS * TILE + k) * TILE_COLUMNS + c % TILE_COLUMNS}
     * @param c C, row by row
     */
    void subtractProduct(double[] a, double[] b, double[] c);
}
