package org.mineral.linalg.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;

/**
 * The three products for processors with 16 vector registers (x86 without AVX-512), where the blocks of
 * {@link VectorProducts} would spill: 6 users x 2 vectors of items for the scores, 6 users or 4 items x 2 vectors of
 * coordinates for the two accumulations. What that class says about accumulators and addresses holds here too.
 */
final class VectorNarrowProducts {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();
    private static final int PANEL = Kernels.PANEL;
    private static final int USER_TILE = Kernels.USER_TILE;

    private VectorNarrowProducts() {}

    /** Whether they suit this processor. */
    static boolean fit() {
        String processor = System.getProperty("os.arch", "");
        return L < 16 && Matrix.PAD % (2 * L) == 0 && (processor.equals("amd64") || processor.equals("x86_64"));
    }

    /** One panel for a tile of users. */
    static void scores(float[] users, int uo, int dp, float[] packed, int po, float[] out, int oo, int rowStride) {
        for (int r = 0; r < USER_TILE; r += 6) {
            for (int lane = 0; lane < PANEL; lane += 2 * L) {
                scores2(users, uo + r, dp, packed, po + lane, out, oo + r * rowStride + lane, rowStride);
            }
        }
    }

    private static void scores2(
            float[] users, int uo, int dp, float[] packed, int po, float[] out, int oo, int rowStride) {
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
    }

    /** {@code to[r] += sum_j g[r][j] items[j]} for a tile of users. */
    static void accumulateUsers(
            float[] g, int go, int n, int panelStride, float[] items, int io, int dp, float[] to, int too) {
        int panels = n / PANEL;
        int rest = n - panels * PANEL;
        for (int r = 0; r < USER_TILE; r += 6) {
            int from = go + r * PANEL;
            for (int k = 0; k < dp; k += 2 * L) {
                int into = too + r * dp + k;
                users2(g, from, panels, panelStride, items, io + k, dp, to, into);
                if (rest > 0) {
                    int row = io + panels * PANEL * dp + k;
                    usersRest(g, from + panels * panelStride, rest, items, row, dp, to, into);
                }
            }
        }
    }

    private static void users2(
            float[] g, int go, int panels, int panelStride, float[] vectors, int xo, int dp, float[] to, int too) {
        FloatVector a0 = FloatVector.fromArray(F, to, too);
        FloatVector b0 = FloatVector.fromArray(F, to, too + L);
        FloatVector a1 = FloatVector.fromArray(F, to, too + dp);
        FloatVector b1 = FloatVector.fromArray(F, to, too + dp + L);
        FloatVector a2 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector b2 = FloatVector.fromArray(F, to, too + 2 * dp + L);
        FloatVector a3 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector b3 = FloatVector.fromArray(F, to, too + 3 * dp + L);
        FloatVector a4 = FloatVector.fromArray(F, to, too + 4 * dp);
        FloatVector b4 = FloatVector.fromArray(F, to, too + 4 * dp + L);
        FloatVector a5 = FloatVector.fromArray(F, to, too + 5 * dp);
        FloatVector b5 = FloatVector.fromArray(F, to, too + 5 * dp + L);
        for (int p = 0; p < panels; p++) {
            int panel = go + p * panelStride;
            int row = xo + p * PANEL * dp;
            for (int c = 0; c < PANEL; c++) {
                int i = row + c * dp;
                FloatVector x = FloatVector.fromArray(F, vectors, i);
                FloatVector y = FloatVector.fromArray(F, vectors, i + L);
                FloatVector g0 = FloatVector.broadcast(F, g[panel + c]);
                a0 = x.fma(g0, a0);
                b0 = y.fma(g0, b0);
                FloatVector g1 = FloatVector.broadcast(F, g[panel + c + PANEL]);
                a1 = x.fma(g1, a1);
                b1 = y.fma(g1, b1);
                FloatVector g2 = FloatVector.broadcast(F, g[panel + c + 2 * PANEL]);
                a2 = x.fma(g2, a2);
                b2 = y.fma(g2, b2);
                FloatVector g3 = FloatVector.broadcast(F, g[panel + c + 3 * PANEL]);
                a3 = x.fma(g3, a3);
                b3 = y.fma(g3, b3);
                FloatVector g4 = FloatVector.broadcast(F, g[panel + c + 4 * PANEL]);
                a4 = x.fma(g4, a4);
                b4 = y.fma(g4, b4);
                FloatVector g5 = FloatVector.broadcast(F, g[panel + c + 5 * PANEL]);
                a5 = x.fma(g5, a5);
                b5 = y.fma(g5, b5);
            }
        }
        a0.intoArray(to, too);
        b0.intoArray(to, too + L);
        a1.intoArray(to, too + dp);
        b1.intoArray(to, too + dp + L);
        a2.intoArray(to, too + 2 * dp);
        b2.intoArray(to, too + 2 * dp + L);
        a3.intoArray(to, too + 3 * dp);
        b3.intoArray(to, too + 3 * dp + L);
        a4.intoArray(to, too + 4 * dp);
        b4.intoArray(to, too + 4 * dp + L);
        a5.intoArray(to, too + 5 * dp);
        b5.intoArray(to, too + 5 * dp + L);
    }

    /** The same for the n candidates of a panel that is not full. */
    private static void usersRest(float[] g, int go, int n, float[] vectors, int xo, int dp, float[] to, int too) {
        FloatVector a0 = FloatVector.fromArray(F, to, too);
        FloatVector b0 = FloatVector.fromArray(F, to, too + L);
        FloatVector a1 = FloatVector.fromArray(F, to, too + dp);
        FloatVector b1 = FloatVector.fromArray(F, to, too + dp + L);
        FloatVector a2 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector b2 = FloatVector.fromArray(F, to, too + 2 * dp + L);
        FloatVector a3 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector b3 = FloatVector.fromArray(F, to, too + 3 * dp + L);
        FloatVector a4 = FloatVector.fromArray(F, to, too + 4 * dp);
        FloatVector b4 = FloatVector.fromArray(F, to, too + 4 * dp + L);
        FloatVector a5 = FloatVector.fromArray(F, to, too + 5 * dp);
        FloatVector b5 = FloatVector.fromArray(F, to, too + 5 * dp + L);
        for (int c = 0; c < n; c++) {
            int i = xo + c * dp;
            FloatVector x = FloatVector.fromArray(F, vectors, i);
            FloatVector y = FloatVector.fromArray(F, vectors, i + L);
            FloatVector g0 = FloatVector.broadcast(F, g[go + c]);
            a0 = x.fma(g0, a0);
            b0 = y.fma(g0, b0);
            FloatVector g1 = FloatVector.broadcast(F, g[go + c + PANEL]);
            a1 = x.fma(g1, a1);
            b1 = y.fma(g1, b1);
            FloatVector g2 = FloatVector.broadcast(F, g[go + c + 2 * PANEL]);
            a2 = x.fma(g2, a2);
            b2 = y.fma(g2, b2);
            FloatVector g3 = FloatVector.broadcast(F, g[go + c + 3 * PANEL]);
            a3 = x.fma(g3, a3);
            b3 = y.fma(g3, b3);
            FloatVector g4 = FloatVector.broadcast(F, g[go + c + 4 * PANEL]);
            a4 = x.fma(g4, a4);
            b4 = y.fma(g4, b4);
            FloatVector g5 = FloatVector.broadcast(F, g[go + c + 5 * PANEL]);
            a5 = x.fma(g5, a5);
            b5 = y.fma(g5, b5);
        }
        a0.intoArray(to, too);
        b0.intoArray(to, too + L);
        a1.intoArray(to, too + dp);
        b1.intoArray(to, too + dp + L);
        a2.intoArray(to, too + 2 * dp);
        b2.intoArray(to, too + 2 * dp + L);
        a3.intoArray(to, too + 3 * dp);
        b3.intoArray(to, too + 3 * dp + L);
        a4.intoArray(to, too + 4 * dp);
        b4.intoArray(to, too + 4 * dp + L);
        a5.intoArray(to, too + 5 * dp);
        b5.intoArray(to, too + 5 * dp + L);
    }

    /** {@code to[j] += sum_u g[u][j] users[u]} for a panel of items; touches what is at {@code ahead}. */
    static float accumulateItems(
            float[] g, int go, int count, float[] users, int uo, int dp, float[] to, int too, int ahead) {
        float touched = 0;
        for (int j = 0; j < PANEL; j += 4) {
            int next = ahead + j / 4 * count * 4;
            for (int k = 0; k < dp; k += 2 * L) {
                touched += items2(g, go + j, count, users, uo + k, dp, to, too + j * dp + k, next);
            }
        }
        return touched;
    }

    private static float items2(
            float[] g, int go, int n, float[] vectors, int xo, int dp, float[] to, int too, int ahead) {
        FloatVector a0 = FloatVector.fromArray(F, to, too);
        FloatVector b0 = FloatVector.fromArray(F, to, too + L);
        FloatVector a1 = FloatVector.fromArray(F, to, too + dp);
        FloatVector b1 = FloatVector.fromArray(F, to, too + dp + L);
        FloatVector a2 = FloatVector.fromArray(F, to, too + 2 * dp);
        FloatVector b2 = FloatVector.fromArray(F, to, too + 2 * dp + L);
        FloatVector a3 = FloatVector.fromArray(F, to, too + 3 * dp);
        FloatVector b3 = FloatVector.fromArray(F, to, too + 3 * dp + L);
        float touched = 0;
        for (int c = 0; c < n; c++) {
            int i = xo + c * dp;
            int row = go + c * PANEL;
            touched += g[ahead + c * 4];
            FloatVector x = FloatVector.fromArray(F, vectors, i);
            FloatVector y = FloatVector.fromArray(F, vectors, i + L);
            FloatVector g0 = FloatVector.broadcast(F, g[row]);
            a0 = x.fma(g0, a0);
            b0 = y.fma(g0, b0);
            FloatVector g1 = FloatVector.broadcast(F, g[row + 1]);
            a1 = x.fma(g1, a1);
            b1 = y.fma(g1, b1);
            FloatVector g2 = FloatVector.broadcast(F, g[row + 2]);
            a2 = x.fma(g2, a2);
            b2 = y.fma(g2, b2);
            FloatVector g3 = FloatVector.broadcast(F, g[row + 3]);
            a3 = x.fma(g3, a3);
            b3 = y.fma(g3, b3);
        }
        a0.intoArray(to, too);
        b0.intoArray(to, too + L);
        a1.intoArray(to, too + dp);
        b1.intoArray(to, too + dp + L);
        a2.intoArray(to, too + 2 * dp);
        b2.intoArray(to, too + 2 * dp + L);
        a3.intoArray(to, too + 3 * dp);
        b3.intoArray(to, too + 3 * dp + L);
        return touched;
    }
}
