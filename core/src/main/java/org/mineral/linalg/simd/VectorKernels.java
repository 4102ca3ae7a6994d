package org.mineral.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/** The kernels in SIMD registers: {@link VectorProducts}, {@link VectorScan}, {@link VectorRows}, and the small ones here. */
public final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();

    private static final boolean NARROW = VectorNarrowProducts.fit();

    /** Java 17 makes an object of a mask whose bits are asked for. */
    private static final boolean MASKS_AS_BITS = Runtime.version().feature() >= 21;

    /** Sink against dead-code elimination of loads that only prefetch. Racy on purpose; never read. */
    private float touched;

    public VectorKernels() {
        if (Matrix.PAD % L != 0) {
            throw new UnsupportedOperationException("vectors of " + L + " floats do not divide " + Matrix.PAD);
        }
    }

    @Override
    public String name() {
        return "SIMD, " + F.vectorBitSize() + " bits";
    }

    @Override
    public int lanes() {
        return L;
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        FloatVector sum = FloatVector.zero(F);
        int k = 0;
        for (; k <= n - L; k += L) {
            sum = FloatVector.fromArray(F, a, ao + k).fma(FloatVector.fromArray(F, b, bo + k), sum);
        }
        // VectorHalves says why not reduceLanes, and why here.
        if (L > 8) {
            sum = sum.add(sum.rearrange(VectorHalves.BY_8));
        }
        if (L > 4) {
            sum = sum.add(sum.rearrange(VectorHalves.BY_4));
        }
        sum = sum.add(sum.rearrange(VectorHalves.BY_2));
        sum = sum.add(sum.rearrange(VectorHalves.BY_1));
        float total = sum.lane(0);
        for (; k < n; k++) {
            total += a[ao + k] * b[bo + k];
        }
        return total;
    }

    @Override
    public void axpy(float alpha, float[] x, int xo, float[] y, int yo, int n) {
        int k = 0;
        for (; k <= n - L; k += L) {
            FloatVector sum = FloatVector.fromArray(F, x, xo + k)
                    .fma(FloatVector.broadcast(F, alpha), FloatVector.fromArray(F, y, yo + k));
            sum.intoArray(y, yo + k);
        }
        for (; k < n; k++) {
            y[yo + k] += alpha * x[xo + k];
        }
    }

    @Override
    public void addRows(float alpha, float[] w, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        VectorSparse.addRows(alpha, w, x, dp, rows, from, to, y, yo);
    }

    @Override
    public void addWeightedRows(float[] v, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        VectorSparse.addWeightedRows(v, x, dp, rows, from, to, y, yo);
    }

    @Override
    public void addToRows(float[] v, float[] x, int xo, int dp, int[] rows, int from, int to, float[] y) {
        VectorSparse.addToRows(v, x, xo, dp, rows, from, to, y);
    }

    @Override
    public void pack(float[] items, int itemsOffset, int n, int dp, float[] to, int toOffset) {
        for (int first = 0; first < n; first += PANEL) {
            int panel = toOffset + first * dp;
            int lanes = Math.min(PANEL, n - first);
            for (int k0 = 0; k0 < dp; k0 += Matrix.PAD) {
                for (int lane = 0; lane < lanes; lane++) {
                    int row = itemsOffset + (first + lane) * dp + k0;
                    int column = panel + k0 * PANEL + lane;
                    for (int k = 0; k < Matrix.PAD; k++) {
                        to[column + k * PANEL] = items[row + k];
                    }
                }
            }
            for (int lane = lanes; lane < PANEL; lane++) {
                for (int k = 0; k < dp; k++) {
                    to[panel + k * PANEL + lane] = 0;
                }
            }
        }
    }

    @Override
    public void scores(
            float[] users,
            int usersOffset,
            int dp,
            float[] packed,
            int packedOffset,
            int panels,
            float[] out,
            int oo,
            int panelStride,
            int rowStride) {
        for (int p = 0; p < panels; p++) {
            int panel = packedOffset + p * PANEL * dp;
            int to = oo + p * panelStride;
            if (NARROW) {
                VectorNarrowProducts.scores(users, usersOffset, dp, packed, panel, out, to, rowStride);
            } else {
                ProductsOf.dimension(dp).scores(users, usersOffset, packed, panel, out, to, rowStride);
            }
        }
    }

    @Override
    public void scoresOfOne(
            float[] user, int userOffset, int dp, float[] packed, int packedOffset, int panels, float[] out, int oo) {
        VectorScan.scores(user, userOffset, dp, packed, packedOffset, panels, out, oo);
    }

    @Override
    public void accumulateUsers(
            float[] g,
            int go,
            int n,
            int panelStride,
            float[] items,
            int itemsOffset,
            int dp,
            float[] to,
            int toOffset) {
        if (NARROW) {
            VectorNarrowProducts.accumulateUsers(g, go, n, panelStride, items, itemsOffset, dp, to, toOffset);
        } else {
            ProductsOf.dimension(dp).accumulateUsers(g, go, n, panelStride, items, itemsOffset, to, toOffset);
        }
    }

    @Override
    public void accumulateItems(
            float[] g, int go, int count, float[] users, int usersOffset, int dp, float[] to, int toOffset, int ahead) {
        touched = NARROW
                ? VectorNarrowProducts.accumulateItems(g, go, count, users, usersOffset, dp, to, toOffset, ahead)
                : ProductsOf.dimension(dp).accumulateItems(g, go, count, users, usersOffset, to, toOffset, ahead);
    }

    @Override
    public double exp(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo) {
        return VectorRows.exp(s, so, n, stride, shift, w, wo);
    }

    @Override
    public double hinge(float[] s, int so, int n, int stride, float margin, float @Nullable [] w, int wo) {
        return VectorRows.hinge(s, so, n, stride, margin, w, wo);
    }

    @Override
    public double square(float[] s, int so, int n, int stride, float @Nullable [] w, int wo) {
        return VectorRows.square(s, so, n, stride, w, wo);
    }

    @Override
    public double softplus(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo) {
        return VectorRows.softplus(s, so, n, stride, shift, w, wo);
    }

    @Override
    public double sigmoidPower(
            float[] s, int so, int n, int stride, float origin, float p, float @Nullable [] w, int wo) {
        return VectorSigmoid.power(s, so, n, stride, origin, p, w, wo);
    }

    @Override
    public float sum(float[] a, int ao, int n) {
        return VectorScan.sum(a, ao, n);
    }

    @Override
    public float max(float[] s, int so, int n, int stride) {
        return VectorRows.max(s, so, n, stride);
    }

    @Override
    public float largest(float[] a, int n, int k) {
        return VectorScan.largest(a, n, k);
    }

    @Override
    public int above(float[] s, int so, int n, float threshold, int[] found) {
        int count = 0;
        int j = 0;
        for (; j <= n - L; j += L) {
            if (j % (4 * L) == 0 && j <= n - 4 * L && noneAbove(s, so + j, threshold)) {
                j += 3 * L;
                continue;
            }
            VectorMask<Float> mask = FloatVector.fromArray(F, s, so + j).compare(VectorOperators.GT, threshold);
            if (MASKS_AS_BITS) {
                // No branch for each lane: which are above no processor can guess.
                for (long above = mask.toLong(); above != 0; above &= above - 1) {
                    found[count++] = j + Long.numberOfTrailingZeros(above);
                }
            } else if (mask.anyTrue()) {
                for (int lane = 0; lane < L; lane++) {
                    if (s[so + j + lane] > threshold) {
                        found[count++] = j + lane;
                    }
                }
            }
        }
        for (; j < n; j++) {
            if (s[so + j] > threshold) {
                found[count++] = j;
            }
        }
        return count;
    }

    @Override
    public int placesAbove(float[] s, int so, int n, int stride, float threshold, int[] found) {
        int count = 0;
        for (int p = 0; p < n; p += PANEL) {
            int at = so + p / PANEL * stride;
            int end = at + Math.min(PANEL, n - p);
            for (; MASKS_AS_BITS && at <= end - L; at += L) {
                VectorMask<Float> mask = FloatVector.fromArray(F, s, at).compare(VectorOperators.GT, threshold);
                for (long above = mask.toLong(); above != 0; above &= above - 1) {
                    found[count++] = at + Long.numberOfTrailingZeros(above);
                }
            }
            for (; at <= end - L; at += L) {
                if (FloatVector.fromArray(F, s, at)
                        .compare(VectorOperators.GT, threshold)
                        .anyTrue()) {
                    count = placesAbove(s, at, at + L, threshold, found, count);
                }
            }
            count = placesAbove(s, at, end, threshold, found, count);
        }
        return count;
    }

    private static int placesAbove(float[] s, int from, int to, float threshold, int[] found, int count) {
        int more = count;
        for (int at = from; at < to; at++) {
            if (s[at] > threshold) {
                found[more++] = at;
            }
        }
        return more;
    }

    /** Four vectors at once: in a long ranking hardly any score is above, and a look at a mask takes longer than a comparison. */
    private static boolean noneAbove(float[] s, int from, float threshold) {
        VectorMask<Float> a = FloatVector.fromArray(F, s, from).compare(VectorOperators.GT, threshold);
        VectorMask<Float> b = FloatVector.fromArray(F, s, from + L).compare(VectorOperators.GT, threshold);
        VectorMask<Float> c = FloatVector.fromArray(F, s, from + 2 * L).compare(VectorOperators.GT, threshold);
        VectorMask<Float> d = FloatVector.fromArray(F, s, from + 3 * L).compare(VectorOperators.GT, threshold);
        return !a.or(b).or(c.or(d)).anyTrue();
    }

    @Override
    public void adam(
            float[] p, int po, float[] g, int go, float[] mean, float[] square, int so, int n, float step, float root) {
        for (int k = 0; k < n; k += L) {
            FloatVector gradient = FloatVector.fromArray(F, g, go + k);
            FloatVector m = FloatVector.fromArray(F, mean, so + k);
            m = gradient.sub(m).fma(FloatVector.broadcast(F, 1 - BETA1), m);
            FloatVector v = FloatVector.fromArray(F, square, so + k);
            v = gradient.mul(gradient).sub(v).fma(FloatVector.broadcast(F, 1 - BETA2), v);
            m.intoArray(mean, so + k);
            v.intoArray(square, so + k);
            FloatVector move = m.mul(step).div(v.sqrt().mul(root).add(EPSILON));
            FloatVector.fromArray(F, p, po + k).sub(move).intoArray(p, po + k);
        }
    }

    @Override
    public void subtractProduct(double[] a, double[] b, double[] c) {
        VectorTiles.subtractProduct(a, b, c);
    }
}
