package org.mineral.linalg.simd;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final int PANEL = Kernels.PANEL;
    private static final int STRIP = Kernels.STRIP;
    private static final Kernels SCALAR = new ScalarKernels();
    private static final float[] ONES = new float[STRIP];

    static {
        Arrays.fill(ONES, 1);
    }

    /** As far from 0 as the polynomials hold. */
    private static final float NEAR = 1.3f;

    /** Powers up to this are normal numbers there. */
    private static final float NEAR_POWER = 55;

    // E(y) = log(2 cosh(sqrt(y) / 2)), y up to 1.7: minimax, error 1.3e-6.
    private static final float E0 = 6.931484248e-01f;
    private static final float E1 = 1.249757929e-01f;
    private static final float E2 = -5.134275033e-03f;
    private static final float E3 = 2.726368074e-04f;

    // T(y) = tanh(sqrt(y) / 2) / (2 sqrt(y)), likewise; error 1e-6.
    private static final float T0 = 2.499990679e-01f;
    private static final float T1 = -2.081505226e-02f;
    private static final float T2 = 2.026841827e-03f;
    private static final float T3 = -1.529367661e-04f;

    // 2^r for |r| <= 1/2 is 1 + r times a polynomial of degree 3: minimax, relative error 2.9e-6.
    private static final float Q1 = 6.931241942e-01f;
    private static final float Q2 = 2.402409915e-01f;
    private static final float Q3 = 5.590643160e-02f;
    private static final float Q4 = 9.582845090e-03f;

    private static final int MAGNITUDE = 0x7fffffff;

    private VectorSigmoid() {}

    static double power(float[] s, int so, int n, int stride, float origin, float p, float @Nullable [] w, int wo) {
        double total = 0;
        int whole = n / PANEL * PANEL;
        for (int from = 0; from < whole; from += STRIP) {
            int at = so + from / PANEL * stride;
            int width = Math.min(STRIP, whole - from);
            float[] weights = w == null ? ONES : w;
            int offset = w == null ? 0 : wo + from;
            total += p <= NEAR_POWER && farthest(s, at, width, stride, origin) <= NEAR
                    ? near(s, at, width, stride, origin, p, weights, offset)
                    : anywhere(s, at, width, stride, origin, p, weights, offset);
        }
        int rest = so + whole / PANEL * stride;
        return whole == n ? total : total + SCALAR.sigmoidPower(s, rest, n - whole, stride, origin, p, w, wo + whole);
    }

    /** The largest |s_j - origin| of whole panels. Magnitudes are in the order of their bits, and integers have a maximum of one instruction. */
    private static float farthest(float[] s, int so, int n, int stride, float origin) {
        IntVector largest = IntVector.zero(I);
        for (int panel = 0; panel < n / PANEL; panel++) {
            int row = so + panel * stride;
            for (int lane = 0; lane < PANEL; lane += L) {
                largest = largest.max(FloatVector.fromArray(F, s, row + lane)
                        .sub(origin)
                        .reinterpretAsInts()
                        .and(MAGNITUDE));
            }
        }
        return Float.intBitsToFloat(largest.reduceLanes(VectorOperators.MAX));
    }

    /** In powers of 2: p and log2(e) are in the polynomials' coefficients. */
    private static double near(float[] s, int so, int n, int stride, float origin, float p, float[] w, int wo) {
        float half = p / 2;
        float binary = VectorRows.LOG2_E * p;
        float halfBinary = binary / 2;
        float e0 = -binary * E0;
        float e1 = -binary * E1;
        float e2 = -binary * E2;
        float e3 = -binary * E3;
        float t0 = -p * T0;
        float t1 = -p * T1;
        float t2 = -p * T2;
        float t3 = -p * T3;
        FloatVector sum = FloatVector.zero(F);
        for (int panel = 0; panel < n / PANEL; panel++) {
            int row = so + panel * stride;
            int weight = wo + panel * PANEL;
            for (int lane = 0; lane < PANEL; lane += L) {
                FloatVector x = FloatVector.fromArray(F, s, row + lane).sub(origin);
                FloatVector y = x.mul(x);
                FloatVector e = FloatVector.broadcast(F, e3).fma(y, FloatVector.broadcast(F, e2));
                FloatVector t = FloatVector.broadcast(F, t3).fma(y, FloatVector.broadcast(F, t2));
                e = e.fma(y, FloatVector.broadcast(F, e1));
                t = t.fma(y, FloatVector.broadcast(F, t1));
                e = e.fma(y, FloatVector.broadcast(F, e0));
                t = t.fma(y, FloatVector.broadcast(F, t0));
                FloatVector z = x.fma(FloatVector.broadcast(F, halfBinary), e);
                FloatVector magic = z.add(VectorRows.MAGIC);
                FloatVector r = z.sub(magic.sub(VectorRows.MAGIC));
                FloatVector q = FloatVector.broadcast(F, Q4).fma(r, FloatVector.broadcast(F, Q3));
                q = q.fma(r, FloatVector.broadcast(F, Q2));
                q = q.fma(r, FloatVector.broadcast(F, Q1));
                q = q.fma(r, FloatVector.broadcast(F, 1f));
                FloatVector power = magic.reinterpretAsInts()
                        .lanewise(VectorOperators.LSHL, 23)
                        .add(q.reinterpretAsInts())
                        .reinterpretAsFloats()
                        .mul(FloatVector.fromArray(F, w, weight + lane));
                sum = sum.add(power);
                power.mul(t.fma(x, FloatVector.broadcast(F, half))).intoArray(s, row + lane);
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
                // log(1 + v) for v in [0, 1] is 2 artanh(v / (2 + v)), whose series in at most 1/3 converges fast.
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
