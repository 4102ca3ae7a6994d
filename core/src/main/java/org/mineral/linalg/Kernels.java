package org.mineral.linalg;

import org.jspecify.annotations.Nullable;

/**
 * The inner loops. {@link ScalarKernels} states what each computes and is the oracle of every other implementation;
 * obtain one from {@link KernelProvider#best()}. Arguments are not checked here: callers own the bounds.
 *
 * <p>{@code dp} is a padded dimension, a multiple of {@link Matrix#PAD}.
 */
public interface Kernels {

    /** Rows of users that {@link #scores} takes at once. */
    int USER_TILE = 12;

    /** Items in one packed panel. */
    int PANEL = 32;

    /** Items in one strip: what is worked on while it is in the fast caches. A multiple of {@link #PANEL}. */
    int STRIP = 256;

    /** Distance between rows of a strip's tile: not a power of two, which would map all rows to the same cache sets. */
    int TILE_STRIDE = STRIP + 16;

    /** For people: which kernel and how wide. */
    String name();

    /** Floats in one register; 1 without SIMD. */
    int lanes();

    /** sum_k a[ao + k] b[bo + k], k in [0, n). */
    float dot(float[] a, int ao, float[] b, int bo, int n);

    /** y[yo + k] += alpha x[xo + k], k in [0, n). */
    void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n);

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
     * Scores of a packed tile of users against packed panels: {@code out[oo + r * TILE_STRIDE + j] = <user r, item j>}
     * for j in [0, panels * PANEL).
     */
    void scores(
            float[] users, int usersOffset, int dp, float[] packed, int packedOffset, int panels, float[] out, int oo);

    /**
     * {@code to[r] += sum_j g[go + r * TILE_STRIDE + j] items[j]}, for r in [0, USER_TILE) and j in [0, n), rows of dp.
     */
    void accumulateUsers(float[] g, int go, int n, float[] items, int itemsOffset, int dp, float[] to, int toOffset);

    /**
     * {@code to[j] += sum_u g[go + u * TILE_STRIDE + j] users[u]}, for j in [0, n) and u in [0, count), rows of dp.
     * {@code to} has room for {@code n} rounded up to a multiple of 6 rows, which get sums of whatever g holds there.
     */
    void accumulateItems(
            float[] g, int go, int count, float[] users, int usersOffset, int n, int dp, float[] to, int toOffset);

    /** s[j] becomes w_j e^{s_j - shift}; returns the sum. {@code w} may be null: all ones. */
    double exp(float[] s, int so, int n, float shift, float @Nullable [] w, int wo);

    /** s[j] becomes w_j [s_j > margin]; returns sum w_j max(0, s_j - margin). */
    double hinge(float[] s, int so, int n, float margin, float @Nullable [] w, int wo);

    /** s[j] becomes 2 w_j s_j; returns sum w_j s_j^2. */
    double square(float[] s, int so, int n, float @Nullable [] w, int wo);

    /** s[j] becomes w_j / (1 + e^{-(s_j - shift)}); returns sum w_j log(1 + e^{s_j - shift}). */
    double softplus(float[] s, int so, int n, float shift, float @Nullable [] w, int wo);

    /** Largest of n >= 1 values. */
    float max(float[] s, int so, int n);

    /** The positions j, ascending, with s[so + j] > threshold, into {@code found}; returns how many. */
    int above(float[] s, int so, int n, float threshold, int[] found);

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
}
