package org.mineral.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.mineral.linalg.Kernels;

/**
 * Scores of one user in SIMD registers. Nothing is used twice but the user's own coordinates, so that memory decides: two
 * panels are walked side by side, which is chains enough to hide the multiply-adds behind the loads. A chain takes its
 * coordinates in order, as {@link VectorProducts#scores} does: the same bits.
 */
final class VectorScan {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final int PANEL = Kernels.PANEL;

    private VectorScan() {}

    static void scores(float[] user, int uo, int dp, float[] packed, int po, int panels, float[] out, int oo) {
        int p = 0;
        for (; p <= panels - 2; p += 2) {
            for (int lane = 0; lane < PANEL; lane += 2 * L) {
                two(user, uo, dp, packed, po + p * PANEL * dp + lane, out, oo + p * PANEL + lane);
            }
        }
        if (p < panels) {
            for (int lane = 0; lane < PANEL; lane += 2 * L) {
                one(user, uo, dp, packed, po + p * PANEL * dp + lane, out, oo + p * PANEL + lane);
            }
        }
    }

    /** 2 vectors of each of two panels. */
    private static void two(float[] user, int uo, int dp, float[] packed, int po, float[] out, int oo) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector b0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector b1 = FloatVector.zero(F);
        int next = po + PANEL * dp;
        for (int k = 0; k < dp; k++) {
            FloatVector c = FloatVector.broadcast(F, user[uo + k]);
            a0 = FloatVector.fromArray(F, packed, po + k * PANEL).fma(c, a0);
            b0 = FloatVector.fromArray(F, packed, po + k * PANEL + L).fma(c, b0);
            a1 = FloatVector.fromArray(F, packed, next + k * PANEL).fma(c, a1);
            b1 = FloatVector.fromArray(F, packed, next + k * PANEL + L).fma(c, b1);
        }
        a0.intoArray(out, oo);
        b0.intoArray(out, oo + L);
        a1.intoArray(out, oo + PANEL);
        b1.intoArray(out, oo + PANEL + L);
    }

    private static void one(float[] user, int uo, int dp, float[] packed, int po, float[] out, int oo) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector b0 = FloatVector.zero(F);
        for (int k = 0; k < dp; k++) {
            FloatVector c = FloatVector.broadcast(F, user[uo + k]);
            a0 = FloatVector.fromArray(F, packed, po + k * PANEL).fma(c, a0);
            b0 = FloatVector.fromArray(F, packed, po + k * PANEL + L).fma(c, b0);
        }
        a0.intoArray(out, oo);
        b0.intoArray(out, oo + L);
    }

    /** Four streams of two chains each; {@code reduceLanes} leaves the last bits open, which {@link Kernels#sum} allows. */
    static float sum(float[] a, int ao, int n) {
        int quarter = n / (8 * L) * 2 * L;
        FloatVector a0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector a2 = FloatVector.zero(F);
        FloatVector a3 = FloatVector.zero(F);
        FloatVector a4 = FloatVector.zero(F);
        FloatVector a5 = FloatVector.zero(F);
        FloatVector a6 = FloatVector.zero(F);
        FloatVector a7 = FloatVector.zero(F);
        for (int k = ao; k <= ao + quarter - 2 * L; k += 2 * L) {
            a0 = a0.add(FloatVector.fromArray(F, a, k));
            a1 = a1.add(FloatVector.fromArray(F, a, k + quarter));
            a2 = a2.add(FloatVector.fromArray(F, a, k + 2 * quarter));
            a3 = a3.add(FloatVector.fromArray(F, a, k + 3 * quarter));
            a4 = a4.add(FloatVector.fromArray(F, a, k + L));
            a5 = a5.add(FloatVector.fromArray(F, a, k + quarter + L));
            a6 = a6.add(FloatVector.fromArray(F, a, k + 2 * quarter + L));
            a7 = a7.add(FloatVector.fromArray(F, a, k + 3 * quarter + L));
        }
        float sum = a0.add(a1).add(a2.add(a3)).add(a4.add(a5).add(a6.add(a7))).reduceLanes(VectorOperators.ADD);
        for (int k = ao + 4 * quarter; k < ao + n; k++) {
            sum += a[k];
        }
        return sum;
    }

    /**
     * By halving the range of values: at least k of them are low or above it, fewer than k are high or above. It ends where just k are above the middle, of which the least is meant, or
     * where no number is left between the two. -0 counts as 0.
     */
    static float largest(float[] a, int n, int k) {
        float low = least(a, n, Float.NEGATIVE_INFINITY);
        float high = VectorRows.max(a, 0, n, PANEL);
        if (count(a, n, high) >= k) {
            return high;
        }
        while (true) {
            float middle = (float) (((double) low + high) / 2);
            if (!(middle > low && middle < high)) {
                return low;
            }
            int count = count(a, n, middle);
            if (count == k) {
                return least(a, n, middle);
            }
            if (count > k) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /** How many are at least so much. Counted in lanes: of a mask's bits, Java 17 makes an object. */
    private static int count(float[] a, int n, float least) {
        IntVector counts = IntVector.zero(I);
        int k = 0;
        for (; k <= n - L; k += L) {
            VectorMask<Integer> enough = FloatVector.fromArray(F, a, k)
                    .compare(VectorOperators.GE, least)
                    .cast(I);
            counts = counts.add(1, enough);
        }
        int count = counts.reduceLanes(VectorOperators.ADD);
        for (; k < n; k++) {
            count += a[k] >= least ? 1 : 0;
        }
        return count;
    }

    /** The least of those that are at least so much. By comparing and blending, as {@link VectorRows#max}. */
    private static float least(float[] a, int n, float from) {
        FloatVector found = FloatVector.broadcast(F, Float.POSITIVE_INFINITY);
        int k = 0;
        for (; k <= n - L; k += L) {
            FloatVector x = FloatVector.fromArray(F, a, k);
            found = found.blend(x, x.compare(VectorOperators.GE, from).and(x.compare(VectorOperators.LT, found)));
        }
        float least = found.reduceLanes(VectorOperators.MIN);
        for (; k < n; k++) {
            least = a[k] >= from && a[k] < least ? a[k] : least;
        }
        return least;
    }
}
