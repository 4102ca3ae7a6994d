package org.mineral.algorithm.ials;

import java.util.Arrays;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.TallMatrix;
import org.mineral.linalg.Workers;

/**
 * The least squares problem of one row x, with the vectors f of the other side fixed:
 *
 * <pre>{@code sum over the row's entries i of c_i (<x, f_i> - 1)^2 + alpha0 sum over all j of <x, f_j>^2 + ridge |x|^2}</pre>
 *
 * With G = F'F the second sum is {@code x'Gx}, so that a row costs no more than its entries. A block of coordinates is solved at a time, the
 * others fixed (iALS++, Rendle, Krichene, Zhang, Koren 2021, arXiv 2110.14044): a Newton step, exact because the problem is quadratic.
 * One block is the exact solution of alternating least squares. Steps go from the present x, so that rounding errors of floats do not add up.
 */
final class RowSolver {

    /** Entries that are gathered at a time. */
    private static final int CHUNK = 256;

    /** A pivot is at least this share of its diagonal entry; smaller ones are rounding errors. */
    private static final float SMALLEST = 1e-6f;

    /** Operations of a large product that take as long as one of a block, as measured. */
    private static final double SMALL = 4;

    private final Matrix factors;
    private final Matrix gram;
    private final float alpha0;
    private final int block;
    private final Kernels kernels;

    /**
     * @param factors f by row
     * @param block coordinates solved together
     */
    RowSolver(Matrix factors, double alpha0, int block, Kernels kernels, Workers workers) {
        this.factors = factors;
        this.alpha0 = (float) alpha0;
        this.block = Math.min(block, factors.columns());
        this.kernels = kernels;
        double[][] products = TallMatrix.gram(factors, workers);
        int d = factors.columns();
        this.gram = new Matrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                gram.set(i, j, (float) products[i][j]);
            }
        }
    }

    /**
     * Arithmetic of a sweep, by blocks of b of d coordinates: 2 d + 2 b + 2 b^2 for an entry of either side, {@code 2 b d + b^3 / 3} for a row,
     * {@code 2 d^2} for its part of F'F; in single operations of large products ({@link org.mineral.algorithm.Plan#gigaflops}).
     */
    static double gigaflops(Interactions train, IalsSettings settings) {
        double d = settings.dimension();
        double b = Math.min(settings.blockSize(), d);
        double rows = (double) train.users() + train.items();
        double entries = 2.0 * train.size();
        return SMALL
                * (d / b * (entries * (2 * d + 2 * b + 2 * b * b) + rows * (2 * b * d + b * b * b / 3))
                        + rows * 2 * d * d)
                / 1e9;
    }

    /** F'F. */
    Matrix gram() {
        return gram;
    }

    /** Whether one {@link #improve} is the exact solution. */
    boolean exact() {
        return block == factors.columns();
    }

    /** Bytes of {@link Scratch}. */
    static long bytes(int dimension, int block) {
        long width = Matrix.pad(Math.min(block, dimension));
        return Float.BYTES * (CHUNK * (width + Kernels.PANEL + 1) + (width + Kernels.PANEL) * width + 2 * width);
    }

    /** Space of one thread. */
    final class Scratch {
        private final int width = Matrix.pad(block);
        private final float[] gathered = new float[CHUNK * width];
        private final float[] panel = new float[CHUNK * Kernels.PANEL];
        private final float[] errors = new float[CHUNK];
        private final float[] hessian = new float[(width + Kernels.PANEL) * width];
        private final float[] gradient = new float[width];
    }

    /**
     * One step for each block of coordinates.
     *
     * @param x the row's vector, from {@code xo} on; changed
     * @param entries rows of the other side, from {@code from} to {@code to}, exclusive
     * @param weights c, one for each of {@code entries}
     */
    void improve(float[] x, int xo, int[] entries, int from, int to, float[] weights, double ridge, Scratch scratch) {
        for (int first = 0; first < factors.columns(); first += block) {
            int n = Math.min(block, factors.columns() - first);
            begin(x, xo, first, n, (float) ridge, scratch);
            for (int start = from; start < to; start += CHUNK) {
                add(x, xo, first, n, entries, start, Math.min(to, start + CHUNK), weights, scratch);
            }
            solve(scratch.hessian, n, scratch.width, scratch.gradient);
            for (int k = 0; k < n; k++) {
                x[xo + first + k] -= scratch.gradient[k];
            }
        }
    }

    /** What does not depend on the entries: alpha0 G + ridge, and its product with x. */
    private void begin(float[] x, int xo, int first, int n, float ridge, Scratch scratch) {
        Arrays.fill(scratch.hessian, 0);
        for (int k = 0; k < n; k++) {
            int row = gram.offset(first + k);
            for (int j = 0; j < n; j++) {
                scratch.hessian[k * scratch.width + j] = alpha0 * gram.values()[row + first + j];
            }
            scratch.hessian[k * scratch.width + k] += ridge;
            scratch.gradient[k] =
                    alpha0 * kernels.dot(gram.values(), row, x, xo, factors.columns()) + ridge * x[xo + first + k];
        }
    }

    /** The entries' part of Hessian and gradient. */
    private void add(
            float[] x, int xo, int first, int n, int[] entries, int from, int to, float[] weights, Scratch scratch) {
        int width = scratch.width;
        int count = to - from;
        if (n < width) {
            Arrays.fill(scratch.gathered, 0);
        }
        for (int e = 0; e < count; e++) {
            int row = factors.offset(entries[from + e]);
            float weight = weights[from + e];
            scratch.errors[e] = weight * (kernels.dot(factors.values(), row, x, xo, factors.columns()) - 1);
            System.arraycopy(factors.values(), row + first, scratch.gathered, e * width, n);
            kernels.axpy(scratch.errors[e], scratch.gathered, e * width, scratch.gradient, 0, n);
        }
        for (int panel = 0; panel < n; panel += Kernels.PANEL) {
            int lanes = Math.min(Kernels.PANEL, width - panel);
            for (int e = 0; e < count; e++) {
                float weight = weights[from + e];
                for (int lane = 0; lane < lanes; lane++) {
                    scratch.panel[e * Kernels.PANEL + lane] = weight * scratch.gathered[e * width + panel + lane];
                }
                Arrays.fill(scratch.panel, e * Kernels.PANEL + lanes, (e + 1) * Kernels.PANEL, 0);
            }
            kernels.accumulateItems(
                    scratch.panel, 0, count, scratch.gathered, 0, width, scratch.hessian, panel * width, 0);
        }
    }

    /**
     * A z = b by Cholesky; the lower half of A becomes its factor, b the solution.
     *
     * @param stride distance of A's rows
     */
    private void solve(float[] a, int n, int stride, float[] b) {
        for (int i = 0; i < n; i++) {
            int row = i * stride;
            for (int j = 0; j < i; j++) {
                a[row + j] = (a[row + j] - kernels.dot(a, row, a, j * stride, j)) / a[j * stride + j];
            }
            float diagonal = a[row + i];
            float pivot = diagonal - kernels.dot(a, row, a, row, i);
            a[row + i] = (float) Math.sqrt(Math.max(pivot, SMALLEST * diagonal));
            b[i] = (b[i] - kernels.dot(a, row, b, 0, i)) / a[row + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= a[i * stride + i];
            kernels.axpy(-b[i], a, i * stride, b, 0, i);
        }
    }
}
