package org.mineral.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.mineral.linalg.Kernels;

/**
 * {@link Kernels#addRows} in SIMD registers. Rows lie anywhere in a table that fits no fast cache: four vectors of the sum
 * stay in registers while the rows pass by, so that the processor has nothing to do but to fetch rows, many at a time.
 */
final class VectorSparse {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();

    private VectorSparse() {}

    static void addRows(float alpha, float[] w, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        int k = 0;
        for (; k <= dp - 4 * L; k += 4 * L) {
            four(alpha, w, x, dp, k, rows, from, to, y, yo + k);
        }
        for (; k < dp; k += L) {
            one(alpha, w, x, dp, k, rows, from, to, y, yo + k);
        }
    }

    private static void four(
            float alpha, float[] w, float[] x, int dp, int k, int[] rows, int from, int to, float[] y, int yo) {
        FloatVector a = FloatVector.fromArray(F, y, yo);
        FloatVector b = FloatVector.fromArray(F, y, yo + L);
        FloatVector c = FloatVector.fromArray(F, y, yo + 2 * L);
        FloatVector d = FloatVector.fromArray(F, y, yo + 3 * L);
        for (int p = from; p < to; p++) {
            int at = rows[p] * dp + k;
            FloatVector weight = FloatVector.broadcast(F, alpha * w[rows[p]]);
            a = FloatVector.fromArray(F, x, at).fma(weight, a);
            b = FloatVector.fromArray(F, x, at + L).fma(weight, b);
            c = FloatVector.fromArray(F, x, at + 2 * L).fma(weight, c);
            d = FloatVector.fromArray(F, x, at + 3 * L).fma(weight, d);
        }
        a.intoArray(y, yo);
        b.intoArray(y, yo + L);
        c.intoArray(y, yo + 2 * L);
        d.intoArray(y, yo + 3 * L);
    }

    private static void one(
            float alpha, float[] w, float[] x, int dp, int k, int[] rows, int from, int to, float[] y, int yo) {
        FloatVector a = FloatVector.fromArray(F, y, yo);
        for (int p = from; p < to; p++) {
            a = FloatVector.fromArray(F, x, rows[p] * dp + k).fma(FloatVector.broadcast(F, alpha * w[rows[p]]), a);
        }
        a.intoArray(y, yo);
    }
}
