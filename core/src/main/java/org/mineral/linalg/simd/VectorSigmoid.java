package org.mineral.linalg.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.ScalarKernels;

/**
 * Powers of the sigmoid over a row of scores, by way of {@code sg(x)^p = e^(p log sg(x))}. {@link VectorRows} says why weighted and
 * unweighted rows share one loop, and why exponentials are written out.
 *
 * <p>Near 0, where differences of cosines are, {@code log sg(x) = x/2 - E(x^2)} and {@code sg(-x) = 1/2 - x T(x^2)}, E and T being
 * polynomials: that needs one exponential, and neither a logarithm nor a division.
 */
final class VectorSigmoid {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final int PANEL = Kernels.PANEL;
    private static final int STRIP = Kernels.STRIP;
    private static final Kernels SCALAR = new ScalarKernels();
    private static final float[] ONES = new float[STRIP];

    static {
        Arrays.fill(ONES, 1);
    }

    /** As far from 0 as the polynomials hold. */
    private static final float NEAR = 2.04f;

    // E(y) = log(2 cosh(sqrt(y) / 2)), y up to 4.2: interpolated at Chebyshev's points, error below 2e-7.
    private static final float E0 = 6.931473659e-01f;
    private static final float E1 = 1.249968076e-01f;
    private static final float E2 = -5.199237646e-03f;
    private static final float E3 = 3.374835077e-04f;
    private static final float E4 = -2.140500177e-05f;
    private static final float E5 = 8.416324694e-07f;

    // T(y) = tanh(sqrt(y) / 2) / (2 sqrt(y)), likewise.
    private static final float T0 = 2.499998065e-01f;
    private static final float T1 = -2.082999640e-02f;
    private static final float T2 = 2.073780439e-03f;
    private static final float T3 = -2.004845231e-04f;
    private static final float T4 = 1.601193410e-05f;
    private static final float T5 = -7.125916455e-07f;

    private VectorSigmoid() {}

    static double power(float[] s, int so, int n, int stride, float origin, float p, float @Nullable [] w, int wo) {
        double total = 0;
        int whole = n / PANEL * PANEL;
        for (int from = 0; from < whole; from += STRIP) {
            int at = so + from / PANEL * stride;
            int width = Math.min(STRIP, whole - from);
            float[] weights = w == null ? ONES : w;
            int offset = w == null ? 0 : wo + from;
            total += farthest(s, at, width, stride, origin) <= NEAR
                    ? near(s, at, width, stride, origin, p, weights, offset)
                    : anywhere(s, at, width, stride, origin, p, weights, offset);
        }
        int rest = so + whole / PANEL * stride;
        return whole == n ? total : total + SCALAR.sigmoidPower(s, rest, n - whole, stride, origin, p, w, wo + whole);
    }

    /** The largest |s_j - origin| of whole panels. */
    private static float farthest(float[] s, int so, int n, int stride, float origin) {
        FloatVector largest = FloatVector.zero(F);
        for (int panel = 0; panel < n / PANEL; panel++) {
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, so + panel * stride + lane);
                largest = largest.max(x.sub(origin).abs());
            }
        }
        return largest.reduceLanes(VectorOperators.MAX);
    }

    private static double near(float[] s, int so, int n, int stride, float origin, float p, float[] w, int wo) {
        FloatVector sum = FloatVector.zero(F);
        for (int panel = 0; panel < n / PANEL; panel++) {
            int row = so + panel * stride;
            int weight = wo + panel * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane).sub(origin);
                FloatVector y = x.mul(x);
                FloatVector e = FloatVector.broadcast(F, E5).fma(y, FloatVector.broadcast(F, E4));
                FloatVector t = FloatVector.broadcast(F, T5).fma(y, FloatVector.broadcast(F, T4));
                e = e.fma(y, FloatVector.broadcast(F, E3));
                t = t.fma(y, FloatVector.broadcast(F, T3));
                e = e.fma(y, FloatVector.broadcast(F, E2));
                t = t.fma(y, FloatVector.broadcast(F, T2));
                e = e.fma(y, FloatVector.broadcast(F, E1));
                t = t.fma(y, FloatVector.broadcast(F, T1));
                e = e.fma(y, FloatVector.broadcast(F, E0));
                t = t.fma(y, FloatVector.broadcast(F, T0));
                FloatVector z = x.mul(0.5f).sub(e).mul(p);
                FloatVector magic =
                        z.fma(FloatVector.broadcast(F, VectorRows.LOG2_E), FloatVector.broadcast(F, VectorRows.MAGIC));
                FloatVector r = magic.sub(VectorRows.MAGIC).fma(FloatVector.broadcast(F, -VectorRows.LN_2), z);
                FloatVector p5 =
                        FloatVector.broadcast(F, VectorRows.P5).fma(r, FloatVector.broadcast(F, VectorRows.P4));
                p5 = p5.fma(r, FloatVector.broadcast(F, VectorRows.P3));
                p5 = p5.fma(r, FloatVector.broadcast(F, VectorRows.P2));
                p5 = p5.fma(r, FloatVector.broadcast(F, VectorRows.P1));
                p5 = p5.fma(r, FloatVector.broadcast(F, 1f));
                FloatVector power = magic.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(p5.reinterpretAsInts())
                        .reinterpretAsFloats()
                        .blend(0f, z.compare(VectorOperators.LT, VectorRows.MIN_EXPONENT))
                        .mul(FloatVector.fromArray(F, w, weight + lane));
                sum = sum.add(power);
                FloatVector below = t.neg().fma(x, FloatVector.broadcast(F, 0.5f));
                power.mul(p).mul(below).intoArray(s, row + lane);
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
        return sum.lane(0);
    }

    /** With v = e^-|x|: log sg(x) = min(x, 0) - log(1 + v), and sg(-x) is v/(1+v) or 1/(1+v) by x's sign. */
    private static double anywhere(float[] s, int so, int n, int stride, float origin, float p, float[] w, int wo) {
        FloatVector sum = FloatVector.zero(F);
        for (int panel = 0; panel < n / PANEL; panel++) {
            int row = so + panel * stride;
            int weight = wo + panel * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane).sub(origin);
                FloatVector y = x.abs().neg();
                FloatVector magic =
                        y.fma(FloatVector.broadcast(F, VectorRows.LOG2_E), FloatVector.broadcast(F, VectorRows.MAGIC));
                FloatVector r = magic.sub(VectorRows.MAGIC).fma(FloatVector.broadcast(F, -VectorRows.LN_2), y);
                FloatVector p5 =
                        FloatVector.broadcast(F, VectorRows.P5).fma(r, FloatVector.broadcast(F, VectorRows.P4));
                p5 = p5.fma(r, FloatVector.broadcast(F, VectorRows.P3));
                p5 = p5.fma(r, FloatVector.broadcast(F, VectorRows.P2));
                p5 = p5.fma(r, FloatVector.broadcast(F, VectorRows.P1));
                p5 = p5.fma(r, FloatVector.broadcast(F, 1f));
                FloatVector v = magic.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(p5.reinterpretAsInts())
                        .reinterpretAsFloats()
                        .blend(0f, y.compare(VectorOperators.LT, VectorRows.MIN_EXPONENT));
                // As in VectorRows.softplus: log(1 + v) is 2 artanh(v / (2 + v)).
                FloatVector t = v.div(v.add(2f));
                FloatVector q = t.mul(t);
                FloatVector l = FloatVector.broadcast(F, 1f / 13);
                l = l.fma(q, FloatVector.broadcast(F, 1f / 11));
                l = l.fma(q, FloatVector.broadcast(F, 1f / 9));
                l = l.fma(q, FloatVector.broadcast(F, 1f / 7));
                l = l.fma(q, FloatVector.broadcast(F, 1f / 5));
                l = l.fma(q, FloatVector.broadcast(F, 1f / 3));
                l = l.fma(q, FloatVector.broadcast(F, 1f)).mul(t.add(t));
                FloatVector z = x.min(0f).sub(l).mul(p);
                FloatVector magicZ =
                        z.fma(FloatVector.broadcast(F, VectorRows.LOG2_E), FloatVector.broadcast(F, VectorRows.MAGIC));
                FloatVector rz = magicZ.sub(VectorRows.MAGIC).fma(FloatVector.broadcast(F, -VectorRows.LN_2), z);
                FloatVector pz =
                        FloatVector.broadcast(F, VectorRows.P5).fma(rz, FloatVector.broadcast(F, VectorRows.P4));
                pz = pz.fma(rz, FloatVector.broadcast(F, VectorRows.P3));
                pz = pz.fma(rz, FloatVector.broadcast(F, VectorRows.P2));
                pz = pz.fma(rz, FloatVector.broadcast(F, VectorRows.P1));
                pz = pz.fma(rz, FloatVector.broadcast(F, 1f));
                FloatVector power = magicZ.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(pz.reinterpretAsInts())
                        .reinterpretAsFloats()
                        .blend(0f, z.compare(VectorOperators.LT, VectorRows.MIN_EXPONENT))
                        .mul(FloatVector.fromArray(F, w, weight + lane));
                sum = sum.add(power);
                FloatVector numerator = FloatVector.broadcast(F, 1f).blend(v, x.compare(VectorOperators.GE, 0f));
                power.mul(p).mul(numerator.div(v.add(1f))).intoArray(s, row + lane);
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
        return sum.lane(0);
    }
}
