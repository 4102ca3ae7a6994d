package org.mineral.linalg.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.ScalarKernels;

/**
 * What turns a row of scores into derivatives, in SIMD registers. A row lies in panels; the last one, if it is not full,
 * goes to the scalar kernels.
 *
 * <p>Two rules keep these loops from boxing on JDK 17. A weighted and an unweighted row never share a loop:
 * {@code w == null ? broadcast : load} merges two vectors at a branch; so an unweighted row has weights of one. And the
 * polynomials are written out in the loops: a helper that was compiled on its own before the loop got hot counts as too big to
 * inline, and its vectors go through the heap.
 */
final class VectorRows {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final int PANEL = Kernels.PANEL;
    private static final int STRIP = Kernels.STRIP;
    private static final Kernels SCALAR = new ScalarKernels();

    /** The weights of an unweighted strip. */
    private static final float[] ONES = new float[STRIP];

    static {
        Arrays.fill(ONES, 1);
    }

    static final float LOG2_E = 1.44269504f;

    /** 1.5 * 2^23: adding it rounds to the nearest whole number f without a conversion, and the low bits then hold f. */
    static final float MAGIC = 12582912f;

    static final float LN_2 = 0.69314718f;

    /** exp is 0 below this, the logarithm of the smallest normal float. */
    static final float MIN_EXPONENT = -87.3f;

    // e^r for |r| <= log(2) / 2 is 1 + r times a polynomial of degree 4: minimax, relative error below 1e-7.
    static final float P1 = 9.999997072e-01f;
    static final float P2 = 4.999914952e-01f;
    static final float P3 = 1.666763624e-01f;
    static final float P4 = 4.189793081e-02f;
    static final float P5 = 8.290311667e-03f;

    // The same of degree 3, where 3e-6 is enough.
    static final float R1 = 9.999668377e-01f;
    static final float R2 = 5.000301477e-01f;
    static final float R3 = 1.678747542e-01f;
    static final float R4 = 4.151381289e-02f;

    // log(1 + z) for z in [0, 1] is z times a polynomial of degree 5: minimax, relative error 1e-5.
    private static final float L0 = 9.999929000e-01f;
    private static final float L1 = -4.994262600e-01f;
    private static final float L2 = 3.257241400e-01f;
    private static final float L3 = -2.114943100e-01f;
    private static final float L4 = 1.028717000e-01f;
    private static final float L5 = -2.452809000e-02f;

    private VectorRows() {}

    /**
     * e^x = 2^f e^r with f = round(x / log 2) and r = x - f log 2. Relative error below 5e-7; 0 below MIN_EXPONENT, also
     * for minus infinity.
     */
    static double exp(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                int at = so + from / PANEL * stride;
                total += exp(s, at, Math.min(STRIP, n - from), stride, shift, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        int full = n / PANEL;
        for (int p = 0; p < full; p++) {
            int row = so + p * stride;
            int weight = wo + p * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane).sub(shift);
                FloatVector magic = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, MAGIC));
                FloatVector r = magic.sub(MAGIC).fma(FloatVector.broadcast(F, -LN_2), x);
                FloatVector p5 = FloatVector.broadcast(F, P5).fma(r, FloatVector.broadcast(F, P4));
                p5 = p5.fma(r, FloatVector.broadcast(F, P3));
                p5 = p5.fma(r, FloatVector.broadcast(F, P2));
                p5 = p5.fma(r, FloatVector.broadcast(F, P1));
                p5 = p5.fma(r, FloatVector.broadcast(F, 1f));
                // f, shifted into the exponent's place and added there, makes the factor 2^f.
                FloatVector e = magic.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(p5.reinterpretAsInts())
                        .reinterpretAsFloats()
                        .blend(0f, x.compare(VectorOperators.LT, MIN_EXPONENT));
                FloatVector weighted = e.mul(FloatVector.fromArray(F, w, weight + lane));
                weighted.intoArray(s, row + lane);
                sum = sum.add(weighted);
            }
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
        double total = sum.lane(0);
        int done = full * PANEL;
        return done == n ? total : total + SCALAR.exp(s, so + full * stride, n - done, stride, shift, w, wo + done);
    }

    static double hinge(float[] s, int so, int n, int stride, float margin, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                int at = so + from / PANEL * stride;
                total += hinge(s, at, Math.min(STRIP, n - from), stride, margin, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        FloatVector zero = FloatVector.zero(F);
        int full = n / PANEL;
        for (int p = 0; p < full; p++) {
            int row = so + p * stride;
            int at = wo + p * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector above = FloatVector.fromArray(F, s, row + lane).sub(margin);
                FloatVector weight = FloatVector.fromArray(F, w, at + lane);
                VectorMask<Float> active = above.compare(VectorOperators.GT, 0f);
                sum = weight.fma(zero.blend(above, active), sum);
                zero.blend(weight, active).intoArray(s, row + lane);
            }
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
        double total = sum.lane(0);
        int done = full * PANEL;
        return done == n ? total : total + SCALAR.hinge(s, so + full * stride, n - done, stride, margin, w, wo + done);
    }

    static double square(float[] s, int so, int n, int stride, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                total += square(s, so + from / PANEL * stride, Math.min(STRIP, n - from), stride, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        int full = n / PANEL;
        for (int p = 0; p < full; p++) {
            int row = so + p * stride;
            int weight = wo + p * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane);
                FloatVector weighted = x.mul(FloatVector.fromArray(F, w, weight + lane));
                sum = weighted.fma(x, sum);
                weighted.add(weighted).intoArray(s, row + lane);
            }
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
        double total = sum.lane(0);
        int done = full * PANEL;
        return done == n ? total : total + SCALAR.square(s, so + full * stride, n - done, stride, w, wo + done);
    }

    /**
     * With z = e^-|x|: softplus(x) = max(x, 0) + log(1 + z), relative error below 2e-5, and its derivative is 1/(1+z) or z/(1+z) by x's sign, relative error below
     * 5e-6.
     */
    static double softplus(float[] s, int so, int n, int stride, float shift, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                int at = so + from / PANEL * stride;
                total += softplus(s, at, Math.min(STRIP, n - from), stride, shift, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        FloatVector zero = FloatVector.zero(F);
        int full = n / PANEL;
        for (int p = 0; p < full; p++) {
            int row = so + p * stride;
            int at = wo + p * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane).sub(shift);
                FloatVector weight = FloatVector.fromArray(F, w, at + lane);
                // -|x|
                FloatVector y = x.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
                FloatVector magic = y.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, MAGIC));
                FloatVector r = magic.sub(MAGIC).fma(FloatVector.broadcast(F, -LN_2), y);
                FloatVector p4 = FloatVector.broadcast(F, R4).fma(r, FloatVector.broadcast(F, R3));
                p4 = p4.fma(r, FloatVector.broadcast(F, R2));
                p4 = p4.fma(r, FloatVector.broadcast(F, R1));
                p4 = p4.fma(r, FloatVector.broadcast(F, 1f));
                // f, shifted into the exponent's place and added there, makes the factor 2^f.
                FloatVector z = magic.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(p4.reinterpretAsInts())
                        .reinterpretAsFloats()
                        .blend(0f, y.compare(VectorOperators.LT, MIN_EXPONENT));
                // No division: the one below takes as long as the rest.
                FloatVector l = FloatVector.broadcast(F, L5).fma(z, FloatVector.broadcast(F, L4));
                l = l.fma(z, FloatVector.broadcast(F, L3));
                l = l.fma(z, FloatVector.broadcast(F, L2));
                l = l.fma(z, FloatVector.broadcast(F, L1));
                l = l.fma(z, FloatVector.broadcast(F, L0));
                // Blended, for FloatVector.max is five instructions.
                VectorMask<Float> positive = x.compare(VectorOperators.GE, 0f);
                sum = weight.fma(l.fma(z, zero.blend(x, positive)), sum);
                FloatVector numerator = z.blend(1f, positive);
                weight.mul(numerator.div(z.add(1f))).intoArray(s, row + lane);
            }
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
        double total = sum.lane(0);
        int done = full * PANEL;
        return done == n
                ? total
                : total + SCALAR.softplus(s, so + full * stride, n - done, stride, shift, w, wo + done);
    }

    /** By comparing and blending, on two chains: {@code FloatVector.max} takes care of NaN and -0, at thrice the wait. */
    static float max(float[] s, int so, int n, int stride) {
        int full = n / PANEL;
        FloatVector a = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        FloatVector b = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
        for (int p = 0; p < full; p++) {
            int row = so + p * stride;
            for (int lane = 0; lane < PANEL; lane += 2 * L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane);
                a = a.blend(x, x.compare(VectorOperators.GT, a));
                FloatVector y = FloatVector.fromArray(F, s, row + lane + L);
                b = b.blend(y, y.compare(VectorOperators.GT, b));
            }
        }
        float max = a.blend(b, b.compare(VectorOperators.GT, a)).reduceLanes(VectorOperators.MAX);
        int done = full * PANEL;
        return done == n ? max : Math.max(max, SCALAR.max(s, so + full * stride, n - done, stride));
    }
}
