package org.mineral.algorithm.ials;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * The problem of {@link RowSolver} by a few steps of conjugate gradients from the present x (Takács, Pilászy, Tikk 2011,
 * doi 10.1145/2043932.2043987). With {@code A = alpha0 F'F + ridge I + sum over the entries i of c_i f_i f_i'} and {@code b = sum of c_i f_i},
 *
 * <pre>{@code r = b - A x,  p = r;   each step: a = <r, r> / <p, A p>,  x += a p,  r' = r - a A p,  p = r' + <r', r'> / <r, r> p}</pre>
 *
 * <p>A step costs d^2 + 2 d operations for each entry, the exact solution d^2 / 2 for each entry and d^3 / 6 more. The objective never rises, and sweeps of a
 * few steps have the optimum of exact ones.
 */
final class ConjugateGradients {

    private final Matrix factors;
    private final Matrix gram;
    private final float alpha0;
    private final int[] coordinates;
    private final int steps;
    private final Kernels kernels;

    /** @param gram F'F */
    ConjugateGradients(Matrix factors, Matrix gram, float alpha0, int steps, Kernels kernels) {
        this.factors = factors;
        this.gram = gram;
        this.alpha0 = alpha0;
        this.coordinates = IntStream.range(0, factors.columns()).toArray();
        this.steps = steps;
        this.kernels = kernels;
    }

    /** Space of one thread. */
    final class Scratch {
        private final float[] residual = new float[factors.stride()];
        private final float[] direction = new float[factors.stride()];
        private final float[] product = new float[factors.stride()];

        /** By entry. */
        private final float[] errors = new float[factors.rows()];
    }

    /**
     * @param x the row's vector, from {@code xo} on; changed
     * @param entries rows of the other side, from {@code from} to {@code to}, exclusive
     * @param weights c, one for each of {@code entries}
     */
    void improve(float[] x, int xo, int[] entries, int from, int to, float[] weights, float ridge, Scratch scratch) {
        int n = factors.stride();
        float[] r = scratch.residual;
        float[] p = scratch.direction;
        float[] q = scratch.product;
        System.arraycopy(x, xo, p, 0, n);
        multiply(1, entries, from, to, weights, ridge, scratch);
        for (int k = 0; k < n; k++) {
            r[k] = -q[k];
        }
        System.arraycopy(r, 0, p, 0, n);
        float square = kernels.dot(r, 0, r, 0, n);
        for (int step = 0; step < steps && square > 0; step++) {
            multiply(0, entries, from, to, weights, ridge, scratch);
            float length = square / kernels.dot(p, 0, q, 0, n);
            kernels.axpy(length, p, 0, x, xo, n);
            kernels.axpy(-length, q, 0, r, 0, n);
            float next = kernels.dot(r, 0, r, 0, n);
            float along = next / square;
            for (int k = 0; k < n; k++) {
                p[k] = r[k] + along * p[k];
            }
            square = next;
        }
    }

    /** {@code A p - target b} into the product. */
    private void multiply(
            float target, int[] entries, int from, int to, float[] weights, float ridge, Scratch scratch) {
        int n = factors.stride();
        float[] p = scratch.direction;
        float[] q = scratch.product;
        Arrays.fill(q, 0);
        kernels.addRows(alpha0, p, gram.values(), n, coordinates, 0, coordinates.length, q, 0);
        kernels.axpy(ridge, p, 0, q, 0, n);
        for (int e = from; e < to; e++) {
            int row = factors.offset(entries[e]);
            scratch.errors[entries[e]] = weights[e] * (kernels.dot(factors.values(), row, p, 0, n) - target);
        }
        kernels.addRows(1, scratch.errors, factors.values(), n, entries, from, to, q, 0);
    }
}
