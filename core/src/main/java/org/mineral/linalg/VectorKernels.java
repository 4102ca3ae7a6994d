package org.mineral.linalg;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * The kernels in SIMD registers.
 *
 * <p>The three products keep 24 accumulators in registers: 12 users x 2 vectors of items for the scores, 6 rows x 4
 * vectors of coordinates for the two accumulations. Each accumulator is a local of its own that starts from its own
 * load or zero: copies of one vector, arrays of vectors, or helpers that are not inlined make the compiler box them, and
 * the kernel falls to a fifteenth of its speed without a word. That is why the code is unrolled by hand.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();

    /** Does the last few of a row in the kernels where that is rare. */
    private static final Kernels SCALAR = new ScalarKernels();

    /** The weights of an unweighted strip. */
    private static final float[] ONES = new float[STRIP];

    static {
        Arrays.fill(ONES, 1);
    }

    /** exp underflows to 0 below this, the logarithm of the smallest normal float. */
    private static final float MIN_EXPONENT = -87.3f;

    private static final float MAX_EXPONENT = 88.3f;
    private static final float LOG2_E = 1.44269504f;

    /** log 2 in two parts, so that f log 2 loses no bits. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    VectorKernels() {
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
        float total = sum.reduceLanes(VectorOperators.ADD);
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
            float[] users, int usersOffset, int dp, float[] packed, int packedOffset, int panels, float[] out, int oo) {
        for (int p = 0; p < panels; p++) {
            for (int lane = 0; lane < PANEL; lane += 2 * L) {
                panel(users, usersOffset, dp, packed, packedOffset + p * PANEL * dp + lane, out, oo + p * PANEL + lane);
            }
        }
    }

    /** 12 users x 2 vectors of items. */
    private static void panel(float[] users, int uo, int dp, float[] packed, int po, float[] out, int oo) {
        FloatVector a0 = FloatVector.zero(F);
        FloatVector b0 = FloatVector.zero(F);
        FloatVector a1 = FloatVector.zero(F);
        FloatVector b1 = FloatVector.zero(F);
        FloatVector a2 = FloatVector.zero(F);
        FloatVector b2 = FloatVector.zero(F);
        FloatVector a3 = FloatVector.zero(F);
        FloatVector b3 = FloatVector.zero(F);
        FloatVector a4 = FloatVector.zero(F);
        FloatVector b4 = FloatVector.zero(F);
        FloatVector a5 = FloatVector.zero(F);
        FloatVector b5 = FloatVector.zero(F);
        FloatVector a6 = FloatVector.zero(F);
        FloatVector b6 = FloatVector.zero(F);
        FloatVector a7 = FloatVector.zero(F);
        FloatVector b7 = FloatVector.zero(F);
        FloatVector a8 = FloatVector.zero(F);
        FloatVector b8 = FloatVector.zero(F);
        FloatVector a9 = FloatVector.zero(F);
        FloatVector b9 = FloatVector.zero(F);
        FloatVector a10 = FloatVector.zero(F);
        FloatVector b10 = FloatVector.zero(F);
        FloatVector a11 = FloatVector.zero(F);
        FloatVector b11 = FloatVector.zero(F);
        for (int k = 0; k < dp; k++) {
            FloatVector x = FloatVector.fromArray(F, packed, po + k * PANEL);
            FloatVector y = FloatVector.fromArray(F, packed, po + k * PANEL + L);
            int u = uo + k * USER_TILE;
            FloatVector c0 = FloatVector.broadcast(F, users[u]);
            a0 = x.fma(c0, a0);
            b0 = y.fma(c0, b0);
            FloatVector c1 = FloatVector.broadcast(F, users[u + 1]);
            a1 = x.fma(c1, a1);
            b1 = y.fma(c1, b1);
            FloatVector c2 = FloatVector.broadcast(F, users[u + 2]);
            a2 = x.fma(c2, a2);
            b2 = y.fma(c2, b2);
            FloatVector c3 = FloatVector.broadcast(F, users[u + 3]);
            a3 = x.fma(c3, a3);
            b3 = y.fma(c3, b3);
            FloatVector c4 = FloatVector.broadcast(F, users[u + 4]);
            a4 = x.fma(c4, a4);
            b4 = y.fma(c4, b4);
            FloatVector c5 = FloatVector.broadcast(F, users[u + 5]);
            a5 = x.fma(c5, a5);
            b5 = y.fma(c5, b5);
            FloatVector c6 = FloatVector.broadcast(F, users[u + 6]);
            a6 = x.fma(c6, a6);
            b6 = y.fma(c6, b6);
            FloatVector c7 = FloatVector.broadcast(F, users[u + 7]);
            a7 = x.fma(c7, a7);
            b7 = y.fma(c7, b7);
            FloatVector c8 = FloatVector.broadcast(F, users[u + 8]);
            a8 = x.fma(c8, a8);
            b8 = y.fma(c8, b8);
            FloatVector c9 = FloatVector.broadcast(F, users[u + 9]);
            a9 = x.fma(c9, a9);
            b9 = y.fma(c9, b9);
            FloatVector c10 = FloatVector.broadcast(F, users[u + 10]);
            a10 = x.fma(c10, a10);
            b10 = y.fma(c10, b10);
            FloatVector c11 = FloatVector.broadcast(F, users[u + 11]);
            a11 = x.fma(c11, a11);
            b11 = y.fma(c11, b11);
        }
        a0.intoArray(out, oo);
        b0.intoArray(out, oo + L);
        a1.intoArray(out, oo + TILE_STRIDE);
        b1.intoArray(out, oo + TILE_STRIDE + L);
        a2.intoArray(out, oo + 2 * TILE_STRIDE);
        b2.intoArray(out, oo + 2 * TILE_STRIDE + L);
        a3.intoArray(out, oo + 3 * TILE_STRIDE);
        b3.intoArray(out, oo + 3 * TILE_STRIDE + L);
        a4.intoArray(out, oo + 4 * TILE_STRIDE);
        b4.intoArray(out, oo + 4 * TILE_STRIDE + L);
        a5.intoArray(out, oo + 5 * TILE_STRIDE);
        b5.intoArray(out, oo + 5 * TILE_STRIDE + L);
        a6.intoArray(out, oo + 6 * TILE_STRIDE);
        b6.intoArray(out, oo + 6 * TILE_STRIDE + L);
        a7.intoArray(out, oo + 7 * TILE_STRIDE);
        b7.intoArray(out, oo + 7 * TILE_STRIDE + L);
        a8.intoArray(out, oo + 8 * TILE_STRIDE);
        b8.intoArray(out, oo + 8 * TILE_STRIDE + L);
        a9.intoArray(out, oo + 9 * TILE_STRIDE);
        b9.intoArray(out, oo + 9 * TILE_STRIDE + L);
        a10.intoArray(out, oo + 10 * TILE_STRIDE);
        b10.intoArray(out, oo + 10 * TILE_STRIDE + L);
        a11.intoArray(out, oo + 11 * TILE_STRIDE);
        b11.intoArray(out, oo + 11 * TILE_STRIDE + L);
    }

    @Override
    public void accumulateUsers(
            float[] g, int go, int n, float[] items, int itemsOffset, int dp, float[] to, int toOffset) {
        for (int r = 0; r < USER_TILE; r += 6) {
            int from = go + r * TILE_STRIDE;
            int into = toOffset + r * dp;
            int k = 0;
            for (; k <= dp - 4 * L; k += 4 * L) {
                rows4(g, from, n, items, itemsOffset + k, dp, to, into + k);
            }
            for (; k < dp; k += L) {
                rows1(g, from, n, items, itemsOffset + k, dp, to, into + k);
            }
        }
    }

    @Override
    public void accumulateItems(
            float[] g, int go, int count, float[] users, int usersOffset, int n, int dp, float[] to, int toOffset) {
        for (int j = 0; j < n; j += 6) {
            int into = toOffset + j * dp;
            int k = 0;
            for (; k <= dp - 4 * L; k += 4 * L) {
                columns4(g, go + j, count, users, usersOffset + k, dp, to, into + k);
            }
            for (; k < dp; k += L) {
                columns1(g, go + j, count, users, usersOffset + k, dp, to, into + k);
            }
        }
    }

    /** Rows of g: {@code to[r] += sum_c g[r][c] x[c]}, 6 rows x 4 vectors of coordinates. */
    private static void rows4(float[] g, int go, int n, float[] x, int xo, int dp, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a01 = FloatVector.fromArray(F, to, too + L);
        FloatVector a02 = FloatVector.fromArray(F, to, too + 2 * L);
        FloatVector a03 = FloatVector.fromArray(F, to, too + 3 * L);
        FloatVector a10 = FloatVector.fromArray(F, to, too + dp);
        FloatVector a11 = FloatVector.fromArray(F, to, too + dp + L);
        FloatVector a12 = FloatVector.fromArray(F, to, too + dp + 2 * L);
        FloatVector a13 = FloatVector.fromArray(F, to, too + dp + 3 * L);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector a21 = FloatVector.fromArray(F, to, too + 2 * dp + L);
        FloatVector a22 = FloatVector.fromArray(F, to, too + 2 * dp + 2 * L);
        FloatVector a23 = FloatVector.fromArray(F, to, too + 2 * dp + 3 * L);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector a31 = FloatVector.fromArray(F, to, too + 3 * dp + L);
        FloatVector a32 = FloatVector.fromArray(F, to, too + 3 * dp + 2 * L);
        FloatVector a33 = FloatVector.fromArray(F, to, too + 3 * dp + 3 * L);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * dp);
        FloatVector a41 = FloatVector.fromArray(F, to, too + 4 * dp + L);
        FloatVector a42 = FloatVector.fromArray(F, to, too + 4 * dp + 2 * L);
        FloatVector a43 = FloatVector.fromArray(F, to, too + 4 * dp + 3 * L);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * dp);
        FloatVector a51 = FloatVector.fromArray(F, to, too + 5 * dp + L);
        FloatVector a52 = FloatVector.fromArray(F, to, too + 5 * dp + 2 * L);
        FloatVector a53 = FloatVector.fromArray(F, to, too + 5 * dp + 3 * L);
        for (int c = 0; c < n; c++) {
            FloatVector x0 = FloatVector.fromArray(F, x, xo + c * dp);
            FloatVector x1 = FloatVector.fromArray(F, x, xo + c * dp + L);
            FloatVector x2 = FloatVector.fromArray(F, x, xo + c * dp + 2 * L);
            FloatVector x3 = FloatVector.fromArray(F, x, xo + c * dp + 3 * L);
            int i = go + c;
            FloatVector g0 = FloatVector.broadcast(F, g[i]);
            a00 = x0.fma(g0, a00);
            a01 = x1.fma(g0, a01);
            a02 = x2.fma(g0, a02);
            a03 = x3.fma(g0, a03);
            FloatVector g1 = FloatVector.broadcast(F, g[i + TILE_STRIDE]);
            a10 = x0.fma(g1, a10);
            a11 = x1.fma(g1, a11);
            a12 = x2.fma(g1, a12);
            a13 = x3.fma(g1, a13);
            FloatVector g2 = FloatVector.broadcast(F, g[i + 2 * TILE_STRIDE]);
            a20 = x0.fma(g2, a20);
            a21 = x1.fma(g2, a21);
            a22 = x2.fma(g2, a22);
            a23 = x3.fma(g2, a23);
            FloatVector g3 = FloatVector.broadcast(F, g[i + 3 * TILE_STRIDE]);
            a30 = x0.fma(g3, a30);
            a31 = x1.fma(g3, a31);
            a32 = x2.fma(g3, a32);
            a33 = x3.fma(g3, a33);
            FloatVector g4 = FloatVector.broadcast(F, g[i + 4 * TILE_STRIDE]);
            a40 = x0.fma(g4, a40);
            a41 = x1.fma(g4, a41);
            a42 = x2.fma(g4, a42);
            a43 = x3.fma(g4, a43);
            FloatVector g5 = FloatVector.broadcast(F, g[i + 5 * TILE_STRIDE]);
            a50 = x0.fma(g5, a50);
            a51 = x1.fma(g5, a51);
            a52 = x2.fma(g5, a52);
            a53 = x3.fma(g5, a53);
        }
        a00.intoArray(to, too);
        a01.intoArray(to, too + L);
        a02.intoArray(to, too + 2 * L);
        a03.intoArray(to, too + 3 * L);
        a10.intoArray(to, too + dp);
        a11.intoArray(to, too + dp + L);
        a12.intoArray(to, too + dp + 2 * L);
        a13.intoArray(to, too + dp + 3 * L);
        a20.intoArray(to, too + 2 * dp);
        a21.intoArray(to, too + 2 * dp + L);
        a22.intoArray(to, too + 2 * dp + 2 * L);
        a23.intoArray(to, too + 2 * dp + 3 * L);
        a30.intoArray(to, too + 3 * dp);
        a31.intoArray(to, too + 3 * dp + L);
        a32.intoArray(to, too + 3 * dp + 2 * L);
        a33.intoArray(to, too + 3 * dp + 3 * L);
        a40.intoArray(to, too + 4 * dp);
        a41.intoArray(to, too + 4 * dp + L);
        a42.intoArray(to, too + 4 * dp + 2 * L);
        a43.intoArray(to, too + 4 * dp + 3 * L);
        a50.intoArray(to, too + 5 * dp);
        a51.intoArray(to, too + 5 * dp + L);
        a52.intoArray(to, too + 5 * dp + 2 * L);
        a53.intoArray(to, too + 5 * dp + 3 * L);
    }

    /** The same for what is left of a row after groups of 4 vectors. */
    private static void rows1(float[] g, int go, int n, float[] x, int xo, int dp, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a10 = FloatVector.fromArray(F, to, too + dp);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * dp);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * dp);
        for (int c = 0; c < n; c++) {
            FloatVector x0 = FloatVector.fromArray(F, x, xo + c * dp);
            int i = go + c;
            FloatVector g0 = FloatVector.broadcast(F, g[i]);
            a00 = x0.fma(g0, a00);
            FloatVector g1 = FloatVector.broadcast(F, g[i + TILE_STRIDE]);
            a10 = x0.fma(g1, a10);
            FloatVector g2 = FloatVector.broadcast(F, g[i + 2 * TILE_STRIDE]);
            a20 = x0.fma(g2, a20);
            FloatVector g3 = FloatVector.broadcast(F, g[i + 3 * TILE_STRIDE]);
            a30 = x0.fma(g3, a30);
            FloatVector g4 = FloatVector.broadcast(F, g[i + 4 * TILE_STRIDE]);
            a40 = x0.fma(g4, a40);
            FloatVector g5 = FloatVector.broadcast(F, g[i + 5 * TILE_STRIDE]);
            a50 = x0.fma(g5, a50);
        }
        a00.intoArray(to, too);
        a10.intoArray(to, too + dp);
        a20.intoArray(to, too + 2 * dp);
        a30.intoArray(to, too + 3 * dp);
        a40.intoArray(to, too + 4 * dp);
        a50.intoArray(to, too + 5 * dp);
    }

    /** Columns of g: {@code to[r] += sum_c g[c][r] x[c]}, 6 columns x 4 vectors of coordinates. */
    private static void columns4(float[] g, int go, int n, float[] x, int xo, int dp, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a01 = FloatVector.fromArray(F, to, too + L);
        FloatVector a02 = FloatVector.fromArray(F, to, too + 2 * L);
        FloatVector a03 = FloatVector.fromArray(F, to, too + 3 * L);
        FloatVector a10 = FloatVector.fromArray(F, to, too + dp);
        FloatVector a11 = FloatVector.fromArray(F, to, too + dp + L);
        FloatVector a12 = FloatVector.fromArray(F, to, too + dp + 2 * L);
        FloatVector a13 = FloatVector.fromArray(F, to, too + dp + 3 * L);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector a21 = FloatVector.fromArray(F, to, too + 2 * dp + L);
        FloatVector a22 = FloatVector.fromArray(F, to, too + 2 * dp + 2 * L);
        FloatVector a23 = FloatVector.fromArray(F, to, too + 2 * dp + 3 * L);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector a31 = FloatVector.fromArray(F, to, too + 3 * dp + L);
        FloatVector a32 = FloatVector.fromArray(F, to, too + 3 * dp + 2 * L);
        FloatVector a33 = FloatVector.fromArray(F, to, too + 3 * dp + 3 * L);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * dp);
        FloatVector a41 = FloatVector.fromArray(F, to, too + 4 * dp + L);
        FloatVector a42 = FloatVector.fromArray(F, to, too + 4 * dp + 2 * L);
        FloatVector a43 = FloatVector.fromArray(F, to, too + 4 * dp + 3 * L);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * dp);
        FloatVector a51 = FloatVector.fromArray(F, to, too + 5 * dp + L);
        FloatVector a52 = FloatVector.fromArray(F, to, too + 5 * dp + 2 * L);
        FloatVector a53 = FloatVector.fromArray(F, to, too + 5 * dp + 3 * L);
        for (int c = 0; c < n; c++) {
            FloatVector x0 = FloatVector.fromArray(F, x, xo + c * dp);
            FloatVector x1 = FloatVector.fromArray(F, x, xo + c * dp + L);
            FloatVector x2 = FloatVector.fromArray(F, x, xo + c * dp + 2 * L);
            FloatVector x3 = FloatVector.fromArray(F, x, xo + c * dp + 3 * L);
            int i = go + c * TILE_STRIDE;
            FloatVector g0 = FloatVector.broadcast(F, g[i]);
            a00 = x0.fma(g0, a00);
            a01 = x1.fma(g0, a01);
            a02 = x2.fma(g0, a02);
            a03 = x3.fma(g0, a03);
            FloatVector g1 = FloatVector.broadcast(F, g[i + 1]);
            a10 = x0.fma(g1, a10);
            a11 = x1.fma(g1, a11);
            a12 = x2.fma(g1, a12);
            a13 = x3.fma(g1, a13);
            FloatVector g2 = FloatVector.broadcast(F, g[i + 2]);
            a20 = x0.fma(g2, a20);
            a21 = x1.fma(g2, a21);
            a22 = x2.fma(g2, a22);
            a23 = x3.fma(g2, a23);
            FloatVector g3 = FloatVector.broadcast(F, g[i + 3]);
            a30 = x0.fma(g3, a30);
            a31 = x1.fma(g3, a31);
            a32 = x2.fma(g3, a32);
            a33 = x3.fma(g3, a33);
            FloatVector g4 = FloatVector.broadcast(F, g[i + 4]);
            a40 = x0.fma(g4, a40);
            a41 = x1.fma(g4, a41);
            a42 = x2.fma(g4, a42);
            a43 = x3.fma(g4, a43);
            FloatVector g5 = FloatVector.broadcast(F, g[i + 5]);
            a50 = x0.fma(g5, a50);
            a51 = x1.fma(g5, a51);
            a52 = x2.fma(g5, a52);
            a53 = x3.fma(g5, a53);
        }
        a00.intoArray(to, too);
        a01.intoArray(to, too + L);
        a02.intoArray(to, too + 2 * L);
        a03.intoArray(to, too + 3 * L);
        a10.intoArray(to, too + dp);
        a11.intoArray(to, too + dp + L);
        a12.intoArray(to, too + dp + 2 * L);
        a13.intoArray(to, too + dp + 3 * L);
        a20.intoArray(to, too + 2 * dp);
        a21.intoArray(to, too + 2 * dp + L);
        a22.intoArray(to, too + 2 * dp + 2 * L);
        a23.intoArray(to, too + 2 * dp + 3 * L);
        a30.intoArray(to, too + 3 * dp);
        a31.intoArray(to, too + 3 * dp + L);
        a32.intoArray(to, too + 3 * dp + 2 * L);
        a33.intoArray(to, too + 3 * dp + 3 * L);
        a40.intoArray(to, too + 4 * dp);
        a41.intoArray(to, too + 4 * dp + L);
        a42.intoArray(to, too + 4 * dp + 2 * L);
        a43.intoArray(to, too + 4 * dp + 3 * L);
        a50.intoArray(to, too + 5 * dp);
        a51.intoArray(to, too + 5 * dp + L);
        a52.intoArray(to, too + 5 * dp + 2 * L);
        a53.intoArray(to, too + 5 * dp + 3 * L);
    }

    /** The same for what is left of a row after groups of 4 vectors. */
    private static void columns1(float[] g, int go, int n, float[] x, int xo, int dp, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a10 = FloatVector.fromArray(F, to, too + dp);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * dp);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * dp);
        for (int c = 0; c < n; c++) {
            FloatVector x0 = FloatVector.fromArray(F, x, xo + c * dp);
            int i = go + c * TILE_STRIDE;
            FloatVector g0 = FloatVector.broadcast(F, g[i]);
            a00 = x0.fma(g0, a00);
            FloatVector g1 = FloatVector.broadcast(F, g[i + 1]);
            a10 = x0.fma(g1, a10);
            FloatVector g2 = FloatVector.broadcast(F, g[i + 2]);
            a20 = x0.fma(g2, a20);
            FloatVector g3 = FloatVector.broadcast(F, g[i + 3]);
            a30 = x0.fma(g3, a30);
            FloatVector g4 = FloatVector.broadcast(F, g[i + 4]);
            a40 = x0.fma(g4, a40);
            FloatVector g5 = FloatVector.broadcast(F, g[i + 5]);
            a50 = x0.fma(g5, a50);
        }
        a00.intoArray(to, too);
        a10.intoArray(to, too + dp);
        a20.intoArray(to, too + 2 * dp);
        a30.intoArray(to, too + 3 * dp);
        a40.intoArray(to, too + 4 * dp);
        a50.intoArray(to, too + 5 * dp);
    }

    // Two rules keep the kernels below from boxing on JDK 17. A weighted and an unweighted row never share a loop: "w
    // ==
    // null ? broadcast : load" merges two vectors at a branch. And the polynomials stand in the loops: a helper that
    // was
    // compiled on its own before the loop got hot counts as too big to inline, and its vectors go through the heap.

    /**
     * e^x = 2^f e^r with f = round(x / log 2) and |r| <= log 2 / 2; e^r by its minimax polynomial of degree 5 (Cephes
     * coefficients). Relative error below 2e-7; 0 below MIN_EXPONENT.
     */
    @Override
    public double exp(float[] s, int so, int n, float shift, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                total += exp(s, so + from, Math.min(STRIP, n - from), shift, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        int bound = F.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            FloatVector x = FloatVector.fromArray(F, s, so + j).sub(shift);
            FloatVector bounded = x.min(MAX_EXPONENT).max(MIN_EXPONENT);
            // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number without a conversion.
            FloatVector magic = bounded.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, 12582912f));
            FloatVector f = magic.sub(12582912f);
            FloatVector r = f.fma(FloatVector.broadcast(F, -LN2_HIGH), bounded);
            r = f.fma(FloatVector.broadcast(F, -LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(F, 1.9875691500e-4f);
            p = p.fma(r, FloatVector.broadcast(F, 1.3981999507e-3f));
            p = p.fma(r, FloatVector.broadcast(F, 8.3334519073e-3f));
            p = p.fma(r, FloatVector.broadcast(F, 4.1665795894e-2f));
            p = p.fma(r, FloatVector.broadcast(F, 1.6666665459e-1f));
            p = p.fma(r, FloatVector.broadcast(F, 5.0000001201e-1f));
            p = p.fma(r.mul(r), r.add(1f));
            // The low bits of magic hold f; multiplied into the exponent's place they make the factor 2^f.
            FloatVector e = p.reinterpretAsInts()
                    .add(magic.reinterpretAsInts().mul(1 << 23))
                    .reinterpretAsFloats()
                    .blend(0f, x.compare(VectorOperators.LT, MIN_EXPONENT));
            FloatVector weighted = e.mul(FloatVector.fromArray(F, w, wo + j));
            weighted.intoArray(s, so + j);
            sum = sum.add(weighted);
        }
        double total = sum.reduceLanes(VectorOperators.ADD);
        return bound == n ? total : total + SCALAR.exp(s, so + bound, n - bound, shift, w, wo + bound);
    }

    @Override
    public double hinge(float[] s, int so, int n, float margin, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                total += hinge(s, so + from, Math.min(STRIP, n - from), margin, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        FloatVector zero = FloatVector.zero(F);
        int bound = F.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            FloatVector above = FloatVector.fromArray(F, s, so + j).sub(margin);
            FloatVector weight = FloatVector.fromArray(F, w, wo + j);
            sum = weight.fma(above.max(zero), sum);
            zero.blend(weight, above.compare(VectorOperators.GT, 0f)).intoArray(s, so + j);
        }
        double total = sum.reduceLanes(VectorOperators.ADD);
        return bound == n ? total : total + SCALAR.hinge(s, so + bound, n - bound, margin, w, wo + bound);
    }

    @Override
    public double square(float[] s, int so, int n, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                total += square(s, so + from, Math.min(STRIP, n - from), ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        int bound = F.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            FloatVector x = FloatVector.fromArray(F, s, so + j);
            FloatVector weighted = x.mul(FloatVector.fromArray(F, w, wo + j));
            sum = weighted.fma(x, sum);
            weighted.add(weighted).intoArray(s, so + j);
        }
        double total = sum.reduceLanes(VectorOperators.ADD);
        return bound == n ? total : total + SCALAR.square(s, so + bound, n - bound, w, wo + bound);
    }

    /** With z = e^-|x|: softplus(x) = max(x, 0) + log(1 + z), and its derivative is 1/(1+z) or z/(1+z) by x's sign. */
    @Override
    public double softplus(float[] s, int so, int n, float shift, float @Nullable [] w, int wo) {
        if (w == null) {
            double total = 0;
            for (int from = 0; from < n; from += STRIP) {
                total += softplus(s, so + from, Math.min(STRIP, n - from), shift, ONES, 0);
            }
            return total;
        }
        FloatVector sum = FloatVector.zero(F);
        int bound = F.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            FloatVector x = FloatVector.fromArray(F, s, so + j).sub(shift);
            FloatVector weight = FloatVector.fromArray(F, w, wo + j);
            FloatVector y = x.abs().neg();
            FloatVector bounded = y.min(MAX_EXPONENT).max(MIN_EXPONENT);
            // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number without a conversion.
            FloatVector magic = bounded.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, 12582912f));
            FloatVector f = magic.sub(12582912f);
            FloatVector r = f.fma(FloatVector.broadcast(F, -LN2_HIGH), bounded);
            r = f.fma(FloatVector.broadcast(F, -LN2_LOW), r);
            FloatVector p = FloatVector.broadcast(F, 1.9875691500e-4f);
            p = p.fma(r, FloatVector.broadcast(F, 1.3981999507e-3f));
            p = p.fma(r, FloatVector.broadcast(F, 8.3334519073e-3f));
            p = p.fma(r, FloatVector.broadcast(F, 4.1665795894e-2f));
            p = p.fma(r, FloatVector.broadcast(F, 1.6666665459e-1f));
            p = p.fma(r, FloatVector.broadcast(F, 5.0000001201e-1f));
            p = p.fma(r.mul(r), r.add(1f));
            // The low bits of magic hold f; multiplied into the exponent's place they make the factor 2^f.
            FloatVector z = p.reinterpretAsInts()
                    .add(magic.reinterpretAsInts().mul(1 << 23))
                    .reinterpretAsFloats()
                    .blend(0f, y.compare(VectorOperators.LT, MIN_EXPONENT));
            // log(1 + z) for z in [0, 1] is 2 artanh(z / (2 + z)), whose series in at most 1/3 converges fast.
            FloatVector t = z.div(z.add(2f));
            FloatVector q = t.mul(t);
            FloatVector l = FloatVector.broadcast(F, 1f / 13);
            l = l.fma(q, FloatVector.broadcast(F, 1f / 11));
            l = l.fma(q, FloatVector.broadcast(F, 1f / 9));
            l = l.fma(q, FloatVector.broadcast(F, 1f / 7));
            l = l.fma(q, FloatVector.broadcast(F, 1f / 5));
            l = l.fma(q, FloatVector.broadcast(F, 1f / 3));
            l = l.fma(q, FloatVector.broadcast(F, 1f)).mul(t.add(t));
            sum = weight.fma(x.max(0f).add(l), sum);
            FloatVector numerator = z.blend(1f, x.compare(VectorOperators.GE, 0f));
            weight.mul(numerator.div(z.add(1f))).intoArray(s, so + j);
        }
        double total = sum.reduceLanes(VectorOperators.ADD);
        return bound == n ? total : total + SCALAR.softplus(s, so + bound, n - bound, shift, w, wo + bound);
    }

    @Override
    public float max(float[] s, int so, int n) {
        int bound = F.loopBound(n);
        float max = Float.NEGATIVE_INFINITY;
        if (bound > 0) {
            FloatVector m = FloatVector.fromArray(F, s, so);
            for (int j = L; j < bound; j += L) {
                m = m.max(FloatVector.fromArray(F, s, so + j));
            }
            max = m.reduceLanes(VectorOperators.MAX);
        }
        for (int j = bound; j < n; j++) {
            max = Math.max(max, s[so + j]);
        }
        return max;
    }

    @Override
    public int above(float[] s, int so, int n, float threshold, int[] found) {
        int count = 0;
        int j = 0;
        for (; j <= n - L; j += L) {
            VectorMask<Float> mask = FloatVector.fromArray(F, s, so + j).compare(VectorOperators.GT, threshold);
            if (mask.anyTrue()) {
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
}
