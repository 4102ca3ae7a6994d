package org.mineral.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.mineral.linalg.Kernels;

/**
 * {@link Kernels#addRows}, {@link Kernels#addWeightedRows} and {@link Kernels#addToRows} in SIMD registers. Rows lie anywhere in a table that fits
 * no fast cache: four vectors of the row that all have in common stay in registers while the others pass by, so that the processor has nothing to do
 * but to fetch rows, many at a time.
 */
final class VectorSparse {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();

    private VectorSparse() {}

    static void addRows(float alpha, float[] w, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        sum(alpha, w, true, x, dp, rows, from, to, y, yo);
    }

    static void addWeightedRows(float[] v, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        sum(1, v, false, x, dp, rows, from, to, y, yo);
    }

    /** @param byRow whether weights are by the number of the row, or by the place of the entry; the compiler makes a loop for each */
    private static void sum(
            float alpha, float[] w, boolean byRow, float[] x, int dp, int[] rows, int from, int to, float[] y, int yo) {
        int k = 0;
        for (; k <= dp - 4 * L; k += 4 * L) {
            four(alpha, w, byRow, x, dp, k, rows, from, to, y, yo + k);
        }
        for (; k < dp; k += L) {
            one(alpha, w, byRow, x, dp, k, rows, from, to, y, yo + k);
        }
    }

    private static void four(
            float alpha,
            float[] w,
            boolean byRow,
            float[] x,
            int dp,
            int k,
            int[] rows,
            int from,
            int to,
            float[] y,
            int yo) {
        FloatVector a = FloatVector.fromArray(F, y, yo);
        FloatVector b = FloatVector.fromArray(F, y, yo + L);
        FloatVector c = FloatVector.fromArray(F, y, yo + 2 * L);
        FloatVector d = FloatVector.fromArray(F, y, yo + 3 * L);
        for (int p = from; p < to; p++) {
            int at = rows[p] * dp + k;
            FloatVector weight = FloatVector.broadcast(F, alpha * w[byRow ? rows[p] : p]);
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
            float alpha,
            float[] w,
            boolean byRow,
            float[] x,
            int dp,
            int k,
            int[] rows,
            int from,
            int to,
            float[] y,
            int yo) {
        FloatVector a = FloatVector.fromArray(F, y, yo);
        for (int p = from; p < to; p++) {
            FloatVector weight = FloatVector.broadcast(F, alpha * w[byRow ? rows[p] : p]);
            a = FloatVector.fromArray(F, x, rows[p] * dp + k).fma(weight, a);
        }
        a.intoArray(y, yo);
    }

    static void addToRows(float[] v, float[] x, int xo, int dp, int[] rows, int from, int to, float[] y) {
        int k = 0;
        for (; k <= dp - 4 * L; k += 4 * L) {
            toFour(v, x, xo + k, dp, k, rows, from, to, y);
        }
        for (; k < dp; k += L) {
            toOne(v, x, xo + k, dp, k, rows, from, to, y);
        }
    }

    private static void toFour(float[] v, float[] x, int xo, int dp, int k, int[] rows, int from, int to, float[] y) {
        FloatVector a = FloatVector.fromArray(F, x, xo);
        FloatVector b = FloatVector.fromArray(F, x, xo + L);
        FloatVector c = FloatVector.fromArray(F, x, xo + 2 * L);
        FloatVector d = FloatVector.fromArray(F, x, xo + 3 * L);
        for (int p = from; p < to; p++) {
            int at = rows[p] * dp + k;
            FloatVector weight = FloatVector.broadcast(F, v[p]);
            a.fma(weight, FloatVector.fromArray(F, y, at)).intoArray(y, at);
            b.fma(weight, FloatVector.fromArray(F, y, at + L)).intoArray(y, at + L);
            c.fma(weight, FloatVector.fromArray(F, y, at + 2 * L)).intoArray(y, at + 2 * L);
            d.fma(weight, FloatVector.fromArray(F, y, at + 3 * L)).intoArray(y, at + 3 * L);
        }
    }

    private static void toOne(float[] v, float[] x, int xo, int dp, int k, int[] rows, int from, int to, float[] y) {
        FloatVector a = FloatVector.fromArray(F, x, xo);
        for (int p = from; p < to; p++) {
            int at = rows[p] * dp + k;
            a.fma(FloatVector.broadcast(F, v[p]), FloatVector.fromArray(F, y, at))
                    .intoArray(y, at);
        }
    }
}
