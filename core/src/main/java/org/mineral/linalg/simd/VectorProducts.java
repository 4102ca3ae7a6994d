package org.mineral.linalg.simd;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.mineral.linalg.Kernels;

/**
 * The three products of an epoch in SIMD registers: 12 users x 2 vectors of items for the scores, 6 users or 4 items x 4
 * vectors of coordinates for the two accumulations.
 *
 * <p>Each accumulator is a local of its own that starts from its own load or zero: copies of one vector, arrays of
 * vectors, helpers that are not inlined, or (on JDK 17) an inner loop of varying length make the compiler box them, and the
 * kernel falls to a fifteenth of its speed without a word. That is why the code is unrolled by hand. Distances between the rows of a block are constants, so that
 * all its loads share one base address; the compiler spends registers on addresses otherwise, and moves them through those that
 * multiply. So DP is a constant too: {@link ProductsOf} makes a class of this one for each dimension.
 */
final class VectorProducts implements Products {

    /** The padded dimension. */
    private static final int DP = given();

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final int PANEL = Kernels.PANEL;
    private static final int USER_TILE = Kernels.USER_TILE;

    private static int given() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Integer.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int dimension() {
        return DP;
    }

    @Override
    public void scores(float[] users, int uo, float[] packed, int po, float[] out, int oo, int rowStride) {
        for (int lane = 0; lane < PANEL; lane += 2 * L) {
            scores2(users, uo, packed, po + lane, out, oo + lane, rowStride);
        }
    }

    /** 12 users x 2 vectors of items. */
    private static void scores2(float[] users, int uo, float[] packed, int po, float[] out, int oo, int rowStride) {
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
        for (int k = 0; k < DP; k++) {
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
        a1.intoArray(out, oo + rowStride);
        b1.intoArray(out, oo + rowStride + L);
        a2.intoArray(out, oo + 2 * rowStride);
        b2.intoArray(out, oo + 2 * rowStride + L);
        a3.intoArray(out, oo + 3 * rowStride);
        b3.intoArray(out, oo + 3 * rowStride + L);
        a4.intoArray(out, oo + 4 * rowStride);
        b4.intoArray(out, oo + 4 * rowStride + L);
        a5.intoArray(out, oo + 5 * rowStride);
        b5.intoArray(out, oo + 5 * rowStride + L);
        a6.intoArray(out, oo + 6 * rowStride);
        b6.intoArray(out, oo + 6 * rowStride + L);
        a7.intoArray(out, oo + 7 * rowStride);
        b7.intoArray(out, oo + 7 * rowStride + L);
        a8.intoArray(out, oo + 8 * rowStride);
        b8.intoArray(out, oo + 8 * rowStride + L);
        a9.intoArray(out, oo + 9 * rowStride);
        b9.intoArray(out, oo + 9 * rowStride + L);
        a10.intoArray(out, oo + 10 * rowStride);
        b10.intoArray(out, oo + 10 * rowStride + L);
        a11.intoArray(out, oo + 11 * rowStride);
        b11.intoArray(out, oo + 11 * rowStride + L);
    }

    @Override
    public void accumulateUsers(float[] g, int go, int n, int panelStride, float[] items, int io, float[] to, int too) {
        int panels = n / PANEL;
        int rest = n - panels * PANEL;
        for (int r = 0; r < USER_TILE; r += 6) {
            int from = go + r * PANEL;
            int into = too + r * DP;
            int k = 0;
            for (; k <= DP - 4 * L; k += 4 * L) {
                users4(g, from, panels, panelStride, items, io + k, to, into + k);
            }
            for (; k < DP; k += L) {
                users1(g, from, panels, panelStride, items, io + k, to, into + k);
            }
            for (k = 0; rest > 0 && k < DP; k += L) {
                int row = io + panels * PANEL * DP;
                usersRest(g, from + panels * panelStride, rest, items, row + k, to, into + k);
            }
        }
    }

    @Override
    public float accumulateItems(float[] g, int go, int count, float[] users, int uo, float[] to, int too, int ahead) {
        float touched = 0;
        for (int j = 0; j < PANEL; j += 4) {
            int into = too + j * DP;
            // Eight groups of items, each of which touches an eighth of what comes next.
            int next = ahead + j / 4 * count * 4;
            int k = 0;
            for (; k <= DP - 4 * L; k += 4 * L) {
                touched += items4(g, go + j, count, users, uo + k, to, into + k, next);
            }
            for (; k < DP; k += L) {
                items1(g, go + j, count, users, uo + k, to, into + k);
            }
        }
        return touched;
    }

    /** 6 users x 4 vectors of coordinates. */
    private static void users4(float[] g, int go, int panels, int panelStride, float[] x, int xo, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a01 = FloatVector.fromArray(F, to, too + L);
        FloatVector a02 = FloatVector.fromArray(F, to, too + 2 * L);
        FloatVector a03 = FloatVector.fromArray(F, to, too + 3 * L);
        FloatVector a10 = FloatVector.fromArray(F, to, too + DP);
        FloatVector a11 = FloatVector.fromArray(F, to, too + DP + L);
        FloatVector a12 = FloatVector.fromArray(F, to, too + DP + 2 * L);
        FloatVector a13 = FloatVector.fromArray(F, to, too + DP + 3 * L);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * DP);
        FloatVector a21 = FloatVector.fromArray(F, to, too + 2 * DP + L);
        FloatVector a22 = FloatVector.fromArray(F, to, too + 2 * DP + 2 * L);
        FloatVector a23 = FloatVector.fromArray(F, to, too + 2 * DP + 3 * L);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * DP);
        FloatVector a31 = FloatVector.fromArray(F, to, too + 3 * DP + L);
        FloatVector a32 = FloatVector.fromArray(F, to, too + 3 * DP + 2 * L);
        FloatVector a33 = FloatVector.fromArray(F, to, too + 3 * DP + 3 * L);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * DP);
        FloatVector a41 = FloatVector.fromArray(F, to, too + 4 * DP + L);
        FloatVector a42 = FloatVector.fromArray(F, to, too + 4 * DP + 2 * L);
        FloatVector a43 = FloatVector.fromArray(F, to, too + 4 * DP + 3 * L);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * DP);
        FloatVector a51 = FloatVector.fromArray(F, to, too + 5 * DP + L);
        FloatVector a52 = FloatVector.fromArray(F, to, too + 5 * DP + 2 * L);
        FloatVector a53 = FloatVector.fromArray(F, to, too + 5 * DP + 3 * L);
        for (int p = 0; p < panels; p++) {
            int panel = go + p * panelStride;
            int row = xo + p * PANEL * DP;
            for (int c = 0; c < PANEL; c++) {
                int i = row + c * DP;
                FloatVector x0 = FloatVector.fromArray(F, x, i);
                FloatVector x1 = FloatVector.fromArray(F, x, i + L);
                FloatVector x2 = FloatVector.fromArray(F, x, i + 2 * L);
                FloatVector x3 = FloatVector.fromArray(F, x, i + 3 * L);
                FloatVector g0 = FloatVector.broadcast(F, g[panel + c]);
                a00 = x0.fma(g0, a00);
                a01 = x1.fma(g0, a01);
                a02 = x2.fma(g0, a02);
                a03 = x3.fma(g0, a03);
                FloatVector g1 = FloatVector.broadcast(F, g[panel + c + PANEL]);
                a10 = x0.fma(g1, a10);
                a11 = x1.fma(g1, a11);
                a12 = x2.fma(g1, a12);
                a13 = x3.fma(g1, a13);
                FloatVector g2 = FloatVector.broadcast(F, g[panel + c + 2 * PANEL]);
                a20 = x0.fma(g2, a20);
                a21 = x1.fma(g2, a21);
                a22 = x2.fma(g2, a22);
                a23 = x3.fma(g2, a23);
                FloatVector g3 = FloatVector.broadcast(F, g[panel + c + 3 * PANEL]);
                a30 = x0.fma(g3, a30);
                a31 = x1.fma(g3, a31);
                a32 = x2.fma(g3, a32);
                a33 = x3.fma(g3, a33);
                FloatVector g4 = FloatVector.broadcast(F, g[panel + c + 4 * PANEL]);
                a40 = x0.fma(g4, a40);
                a41 = x1.fma(g4, a41);
                a42 = x2.fma(g4, a42);
                a43 = x3.fma(g4, a43);
                FloatVector g5 = FloatVector.broadcast(F, g[panel + c + 5 * PANEL]);
                a50 = x0.fma(g5, a50);
                a51 = x1.fma(g5, a51);
                a52 = x2.fma(g5, a52);
                a53 = x3.fma(g5, a53);
            }
        }
        a00.intoArray(to, too);
        a01.intoArray(to, too + L);
        a02.intoArray(to, too + 2 * L);
        a03.intoArray(to, too + 3 * L);
        a10.intoArray(to, too + DP);
        a11.intoArray(to, too + DP + L);
        a12.intoArray(to, too + DP + 2 * L);
        a13.intoArray(to, too + DP + 3 * L);
        a20.intoArray(to, too + 2 * DP);
        a21.intoArray(to, too + 2 * DP + L);
        a22.intoArray(to, too + 2 * DP + 2 * L);
        a23.intoArray(to, too + 2 * DP + 3 * L);
        a30.intoArray(to, too + 3 * DP);
        a31.intoArray(to, too + 3 * DP + L);
        a32.intoArray(to, too + 3 * DP + 2 * L);
        a33.intoArray(to, too + 3 * DP + 3 * L);
        a40.intoArray(to, too + 4 * DP);
        a41.intoArray(to, too + 4 * DP + L);
        a42.intoArray(to, too + 4 * DP + 2 * L);
        a43.intoArray(to, too + 4 * DP + 3 * L);
        a50.intoArray(to, too + 5 * DP);
        a51.intoArray(to, too + 5 * DP + L);
        a52.intoArray(to, too + 5 * DP + 2 * L);
        a53.intoArray(to, too + 5 * DP + 3 * L);
    }

    /** The same for what is left of a row after groups of 4 vectors. */
    private static void users1(float[] g, int go, int panels, int panelStride, float[] x, int xo, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a10 = FloatVector.fromArray(F, to, too + DP);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * DP);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * DP);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * DP);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * DP);
        for (int p = 0; p < panels; p++) {
            int panel = go + p * panelStride;
            int row = xo + p * PANEL * DP;
            for (int c = 0; c < PANEL; c++) {
                int i = row + c * DP;
                FloatVector x0 = FloatVector.fromArray(F, x, i);
                FloatVector g0 = FloatVector.broadcast(F, g[panel + c]);
                a00 = x0.fma(g0, a00);
                FloatVector g1 = FloatVector.broadcast(F, g[panel + c + PANEL]);
                a10 = x0.fma(g1, a10);
                FloatVector g2 = FloatVector.broadcast(F, g[panel + c + 2 * PANEL]);
                a20 = x0.fma(g2, a20);
                FloatVector g3 = FloatVector.broadcast(F, g[panel + c + 3 * PANEL]);
                a30 = x0.fma(g3, a30);
                FloatVector g4 = FloatVector.broadcast(F, g[panel + c + 4 * PANEL]);
                a40 = x0.fma(g4, a40);
                FloatVector g5 = FloatVector.broadcast(F, g[panel + c + 5 * PANEL]);
                a50 = x0.fma(g5, a50);
            }
        }
        a00.intoArray(to, too);
        a10.intoArray(to, too + DP);
        a20.intoArray(to, too + 2 * DP);
        a30.intoArray(to, too + 3 * DP);
        a40.intoArray(to, too + 4 * DP);
        a50.intoArray(to, too + 5 * DP);
    }

    /** The same for the n candidates of a panel that is not full. */
    private static void usersRest(float[] g, int go, int n, float[] x, int xo, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a10 = FloatVector.fromArray(F, to, too + DP);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * DP);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * DP);
        FloatVector a40 = FloatVector.fromArray(F, to, too + 4 * DP);
        FloatVector a50 = FloatVector.fromArray(F, to, too + 5 * DP);
        for (int c = 0; c < n; c++) {
            int i = xo + c * DP;
            FloatVector x0 = FloatVector.fromArray(F, x, i);
            FloatVector g0 = FloatVector.broadcast(F, g[go + c]);
            a00 = x0.fma(g0, a00);
            FloatVector g1 = FloatVector.broadcast(F, g[go + c + PANEL]);
            a10 = x0.fma(g1, a10);
            FloatVector g2 = FloatVector.broadcast(F, g[go + c + 2 * PANEL]);
            a20 = x0.fma(g2, a20);
            FloatVector g3 = FloatVector.broadcast(F, g[go + c + 3 * PANEL]);
            a30 = x0.fma(g3, a30);
            FloatVector g4 = FloatVector.broadcast(F, g[go + c + 4 * PANEL]);
            a40 = x0.fma(g4, a40);
            FloatVector g5 = FloatVector.broadcast(F, g[go + c + 5 * PANEL]);
            a50 = x0.fma(g5, a50);
        }
        a00.intoArray(to, too);
        a10.intoArray(to, too + DP);
        a20.intoArray(to, too + 2 * DP);
        a30.intoArray(to, too + 3 * DP);
        a40.intoArray(to, too + 4 * DP);
        a50.intoArray(to, too + 5 * DP);
    }

    /**
     * 4 items x 4 vectors of coordinates.
     *
     * <p>The panel comes from memory, and only the first of its groups of items waits for it, while the other seven leave
     * the memory idle. So every iteration also touches 16 bytes of the panel that comes next, in order, which the
     * processor's prefetcher follows.
     */
    private static float items4(float[] g, int go, int n, float[] x, int xo, float[] to, int too, int ahead) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a01 = FloatVector.fromArray(F, to, too + L);
        FloatVector a02 = FloatVector.fromArray(F, to, too + 2 * L);
        FloatVector a03 = FloatVector.fromArray(F, to, too + 3 * L);
        FloatVector a10 = FloatVector.fromArray(F, to, too + DP);
        FloatVector a11 = FloatVector.fromArray(F, to, too + DP + L);
        FloatVector a12 = FloatVector.fromArray(F, to, too + DP + 2 * L);
        FloatVector a13 = FloatVector.fromArray(F, to, too + DP + 3 * L);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * DP);
        FloatVector a21 = FloatVector.fromArray(F, to, too + 2 * DP + L);
        FloatVector a22 = FloatVector.fromArray(F, to, too + 2 * DP + 2 * L);
        FloatVector a23 = FloatVector.fromArray(F, to, too + 2 * DP + 3 * L);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * DP);
        FloatVector a31 = FloatVector.fromArray(F, to, too + 3 * DP + L);
        FloatVector a32 = FloatVector.fromArray(F, to, too + 3 * DP + 2 * L);
        FloatVector a33 = FloatVector.fromArray(F, to, too + 3 * DP + 3 * L);
        float touched = 0;
        for (int c = 0; c < n; c++) {
            int i = xo + c * DP;
            int row = go + c * PANEL;
            touched += g[ahead + c * 4];
            FloatVector x0 = FloatVector.fromArray(F, x, i);
            FloatVector x1 = FloatVector.fromArray(F, x, i + L);
            FloatVector x2 = FloatVector.fromArray(F, x, i + 2 * L);
            FloatVector x3 = FloatVector.fromArray(F, x, i + 3 * L);
            FloatVector g0 = FloatVector.broadcast(F, g[row]);
            a00 = x0.fma(g0, a00);
            a01 = x1.fma(g0, a01);
            a02 = x2.fma(g0, a02);
            a03 = x3.fma(g0, a03);
            FloatVector g1 = FloatVector.broadcast(F, g[row + 1]);
            a10 = x0.fma(g1, a10);
            a11 = x1.fma(g1, a11);
            a12 = x2.fma(g1, a12);
            a13 = x3.fma(g1, a13);
            FloatVector g2 = FloatVector.broadcast(F, g[row + 2]);
            a20 = x0.fma(g2, a20);
            a21 = x1.fma(g2, a21);
            a22 = x2.fma(g2, a22);
            a23 = x3.fma(g2, a23);
            FloatVector g3 = FloatVector.broadcast(F, g[row + 3]);
            a30 = x0.fma(g3, a30);
            a31 = x1.fma(g3, a31);
            a32 = x2.fma(g3, a32);
            a33 = x3.fma(g3, a33);
        }
        a00.intoArray(to, too);
        a01.intoArray(to, too + L);
        a02.intoArray(to, too + 2 * L);
        a03.intoArray(to, too + 3 * L);
        a10.intoArray(to, too + DP);
        a11.intoArray(to, too + DP + L);
        a12.intoArray(to, too + DP + 2 * L);
        a13.intoArray(to, too + DP + 3 * L);
        a20.intoArray(to, too + 2 * DP);
        a21.intoArray(to, too + 2 * DP + L);
        a22.intoArray(to, too + 2 * DP + 2 * L);
        a23.intoArray(to, too + 2 * DP + 3 * L);
        a30.intoArray(to, too + 3 * DP);
        a31.intoArray(to, too + 3 * DP + L);
        a32.intoArray(to, too + 3 * DP + 2 * L);
        a33.intoArray(to, too + 3 * DP + 3 * L);
        return touched;
    }

    /** The same for what is left of a row after groups of 4 vectors. */
    private static void items1(float[] g, int go, int n, float[] x, int xo, float[] to, int too) {
        FloatVector a00 = FloatVector.fromArray(F, to, too);
        FloatVector a10 = FloatVector.fromArray(F, to, too + DP);
        FloatVector a20 = FloatVector.fromArray(F, to, too + 2 * DP);
        FloatVector a30 = FloatVector.fromArray(F, to, too + 3 * DP);
        for (int c = 0; c < n; c++) {
            int i = xo + c * DP;
            int row = go + c * PANEL;
            FloatVector x0 = FloatVector.fromArray(F, x, i);
            FloatVector g0 = FloatVector.broadcast(F, g[row]);
            a00 = x0.fma(g0, a00);
            FloatVector g1 = FloatVector.broadcast(F, g[row + 1]);
            a10 = x0.fma(g1, a10);
            FloatVector g2 = FloatVector.broadcast(F, g[row + 2]);
            a20 = x0.fma(g2, a20);
            FloatVector g3 = FloatVector.broadcast(F, g[row + 3]);
            a30 = x0.fma(g3, a30);
        }
        a00.intoArray(to, too);
        a10.intoArray(to, too + DP);
        a20.intoArray(to, too + 2 * DP);
        a30.intoArray(to, too + 3 * DP);
    }
}
