package org.mineral.linalg.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.mineral.linalg.Kernels;

/**
 * {@link Kernels#subtractProduct} in SIMD registers: 12 rows x 2 vectors of columns where there are 32 registers of 512 bits, 6 rows x 2 vectors
 * elsewhere. {@link VectorProducts} says why the loops are unrolled by hand.
 */
final class VectorTiles {

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final int L = D.length();
    private static final int WIDEST = 8;
    private static final int TILE = Kernels.TILE;
    private static final int ROWS = Kernels.TILE_ROWS;
    private static final int COLUMNS = Kernels.TILE_COLUMNS;

    private VectorTiles() {}

    static void subtractProduct(double[] a, double[] b, double[] c) {
        for (int column = 0; column < TILE; column += COLUMNS) {
            for (int row = 0; row < TILE; row += ROWS) {
                for (int lane = 0; lane < COLUMNS; lane += 2 * L) {
                    int to = row * TILE + column + lane;
                    if (L == WIDEST) {
                        rows12(a, row * TILE, b, column * TILE + lane, c, to);
                    } else {
                        rows6(a, row * TILE, b, column * TILE + lane, c, to);
                        rows6(a, row * TILE + ROWS / 2, b, column * TILE + lane, c, to + ROWS / 2 * TILE);
                    }
                }
            }
        }
    }

    /** 12 rows x 2 vectors of columns. */
    private static void rows12(double[] a, int ao, double[] b, int bo, double[] c, int co) {
        DoubleVector x0 = DoubleVector.zero(D);
        DoubleVector y0 = DoubleVector.zero(D);
        DoubleVector x1 = DoubleVector.zero(D);
        DoubleVector y1 = DoubleVector.zero(D);
        DoubleVector x2 = DoubleVector.zero(D);
        DoubleVector y2 = DoubleVector.zero(D);
        DoubleVector x3 = DoubleVector.zero(D);
        DoubleVector y3 = DoubleVector.zero(D);
        DoubleVector x4 = DoubleVector.zero(D);
        DoubleVector y4 = DoubleVector.zero(D);
        DoubleVector x5 = DoubleVector.zero(D);
        DoubleVector y5 = DoubleVector.zero(D);
        DoubleVector x6 = DoubleVector.zero(D);
        DoubleVector y6 = DoubleVector.zero(D);
        DoubleVector x7 = DoubleVector.zero(D);
        DoubleVector y7 = DoubleVector.zero(D);
        DoubleVector x8 = DoubleVector.zero(D);
        DoubleVector y8 = DoubleVector.zero(D);
        DoubleVector x9 = DoubleVector.zero(D);
        DoubleVector y9 = DoubleVector.zero(D);
        DoubleVector x10 = DoubleVector.zero(D);
        DoubleVector y10 = DoubleVector.zero(D);
        DoubleVector x11 = DoubleVector.zero(D);
        DoubleVector y11 = DoubleVector.zero(D);
        for (int k = 0; k < TILE; k++) {
            DoubleVector p = DoubleVector.fromArray(D, b, bo + k * COLUMNS);
            DoubleVector q = DoubleVector.fromArray(D, b, bo + k * COLUMNS + L);
            int at = ao + k * ROWS;
            DoubleVector z0 = DoubleVector.broadcast(D, a[at]);
            x0 = p.fma(z0, x0);
            y0 = q.fma(z0, y0);
            DoubleVector z1 = DoubleVector.broadcast(D, a[at + 1]);
            x1 = p.fma(z1, x1);
            y1 = q.fma(z1, y1);
            DoubleVector z2 = DoubleVector.broadcast(D, a[at + 2]);
            x2 = p.fma(z2, x2);
            y2 = q.fma(z2, y2);
            DoubleVector z3 = DoubleVector.broadcast(D, a[at + 3]);
            x3 = p.fma(z3, x3);
            y3 = q.fma(z3, y3);
            DoubleVector z4 = DoubleVector.broadcast(D, a[at + 4]);
            x4 = p.fma(z4, x4);
            y4 = q.fma(z4, y4);
            DoubleVector z5 = DoubleVector.broadcast(D, a[at + 5]);
            x5 = p.fma(z5, x5);
            y5 = q.fma(z5, y5);
            DoubleVector z6 = DoubleVector.broadcast(D, a[at + 6]);
            x6 = p.fma(z6, x6);
            y6 = q.fma(z6, y6);
            DoubleVector z7 = DoubleVector.broadcast(D, a[at + 7]);
            x7 = p.fma(z7, x7);
            y7 = q.fma(z7, y7);
            DoubleVector z8 = DoubleVector.broadcast(D, a[at + 8]);
            x8 = p.fma(z8, x8);
            y8 = q.fma(z8, y8);
            DoubleVector z9 = DoubleVector.broadcast(D, a[at + 9]);
            x9 = p.fma(z9, x9);
            y9 = q.fma(z9, y9);
            DoubleVector z10 = DoubleVector.broadcast(D, a[at + 10]);
            x10 = p.fma(z10, x10);
            y10 = q.fma(z10, y10);
            DoubleVector z11 = DoubleVector.broadcast(D, a[at + 11]);
            x11 = p.fma(z11, x11);
            y11 = q.fma(z11, y11);
        }
        DoubleVector.fromArray(D, c, co).sub(x0).intoArray(c, co);
        DoubleVector.fromArray(D, c, co + L).sub(y0).intoArray(c, co + L);
        DoubleVector.fromArray(D, c, co + TILE).sub(x1).intoArray(c, co + TILE);
        DoubleVector.fromArray(D, c, co + TILE + L).sub(y1).intoArray(c, co + TILE + L);
        DoubleVector.fromArray(D, c, co + 2 * TILE).sub(x2).intoArray(c, co + 2 * TILE);
        DoubleVector.fromArray(D, c, co + 2 * TILE + L).sub(y2).intoArray(c, co + 2 * TILE + L);
        DoubleVector.fromArray(D, c, co + 3 * TILE).sub(x3).intoArray(c, co + 3 * TILE);
        DoubleVector.fromArray(D, c, co + 3 * TILE + L).sub(y3).intoArray(c, co + 3 * TILE + L);
        DoubleVector.fromArray(D, c, co + 4 * TILE).sub(x4).intoArray(c, co + 4 * TILE);
        DoubleVector.fromArray(D, c, co + 4 * TILE + L).sub(y4).intoArray(c, co + 4 * TILE + L);
        DoubleVector.fromArray(D, c, co + 5 * TILE).sub(x5).intoArray(c, co + 5 * TILE);
        DoubleVector.fromArray(D, c, co + 5 * TILE + L).sub(y5).intoArray(c, co + 5 * TILE + L);
        DoubleVector.fromArray(D, c, co + 6 * TILE).sub(x6).intoArray(c, co + 6 * TILE);
        DoubleVector.fromArray(D, c, co + 6 * TILE + L).sub(y6).intoArray(c, co + 6 * TILE + L);
        DoubleVector.fromArray(D, c, co + 7 * TILE).sub(x7).intoArray(c, co + 7 * TILE);
        DoubleVector.fromArray(D, c, co + 7 * TILE + L).sub(y7).intoArray(c, co + 7 * TILE + L);
        DoubleVector.fromArray(D, c, co + 8 * TILE).sub(x8).intoArray(c, co + 8 * TILE);
        DoubleVector.fromArray(D, c, co + 8 * TILE + L).sub(y8).intoArray(c, co + 8 * TILE + L);
        DoubleVector.fromArray(D, c, co + 9 * TILE).sub(x9).intoArray(c, co + 9 * TILE);
        DoubleVector.fromArray(D, c, co + 9 * TILE + L).sub(y9).intoArray(c, co + 9 * TILE + L);
        DoubleVector.fromArray(D, c, co + 10 * TILE).sub(x10).intoArray(c, co + 10 * TILE);
        DoubleVector.fromArray(D, c, co + 10 * TILE + L).sub(y10).intoArray(c, co + 10 * TILE + L);
        DoubleVector.fromArray(D, c, co + 11 * TILE).sub(x11).intoArray(c, co + 11 * TILE);
        DoubleVector.fromArray(D, c, co + 11 * TILE + L).sub(y11).intoArray(c, co + 11 * TILE + L);
    }

    /** 6 rows x 2 vectors of columns. */
    private static void rows6(double[] a, int ao, double[] b, int bo, double[] c, int co) {
        DoubleVector x0 = DoubleVector.zero(D);
        DoubleVector y0 = DoubleVector.zero(D);
        DoubleVector x1 = DoubleVector.zero(D);
        DoubleVector y1 = DoubleVector.zero(D);
        DoubleVector x2 = DoubleVector.zero(D);
        DoubleVector y2 = DoubleVector.zero(D);
        DoubleVector x3 = DoubleVector.zero(D);
        DoubleVector y3 = DoubleVector.zero(D);
        DoubleVector x4 = DoubleVector.zero(D);
        DoubleVector y4 = DoubleVector.zero(D);
        DoubleVector x5 = DoubleVector.zero(D);
        DoubleVector y5 = DoubleVector.zero(D);
        for (int k = 0; k < TILE; k++) {
            DoubleVector p = DoubleVector.fromArray(D, b, bo + k * COLUMNS);
            DoubleVector q = DoubleVector.fromArray(D, b, bo + k * COLUMNS + L);
            int at = ao + k * ROWS;
            DoubleVector z0 = DoubleVector.broadcast(D, a[at]);
            x0 = p.fma(z0, x0);
            y0 = q.fma(z0, y0);
            DoubleVector z1 = DoubleVector.broadcast(D, a[at + 1]);
            x1 = p.fma(z1, x1);
            y1 = q.fma(z1, y1);
            DoubleVector z2 = DoubleVector.broadcast(D, a[at + 2]);
            x2 = p.fma(z2, x2);
            y2 = q.fma(z2, y2);
            DoubleVector z3 = DoubleVector.broadcast(D, a[at + 3]);
            x3 = p.fma(z3, x3);
            y3 = q.fma(z3, y3);
            DoubleVector z4 = DoubleVector.broadcast(D, a[at + 4]);
            x4 = p.fma(z4, x4);
            y4 = q.fma(z4, y4);
            DoubleVector z5 = DoubleVector.broadcast(D, a[at + 5]);
            x5 = p.fma(z5, x5);
            y5 = q.fma(z5, y5);
        }
        DoubleVector.fromArray(D, c, co).sub(x0).intoArray(c, co);
        DoubleVector.fromArray(D, c, co + L).sub(y0).intoArray(c, co + L);
        DoubleVector.fromArray(D, c, co + TILE).sub(x1).intoArray(c, co + TILE);
        DoubleVector.fromArray(D, c, co + TILE + L).sub(y1).intoArray(c, co + TILE + L);
        DoubleVector.fromArray(D, c, co + 2 * TILE).sub(x2).intoArray(c, co + 2 * TILE);
        DoubleVector.fromArray(D, c, co + 2 * TILE + L).sub(y2).intoArray(c, co + 2 * TILE + L);
        DoubleVector.fromArray(D, c, co + 3 * TILE).sub(x3).intoArray(c, co + 3 * TILE);
        DoubleVector.fromArray(D, c, co + 3 * TILE + L).sub(y3).intoArray(c, co + 3 * TILE + L);
        DoubleVector.fromArray(D, c, co + 4 * TILE).sub(x4).intoArray(c, co + 4 * TILE);
        DoubleVector.fromArray(D, c, co + 4 * TILE + L).sub(y4).intoArray(c, co + 4 * TILE + L);
        DoubleVector.fromArray(D, c, co + 5 * TILE).sub(x5).intoArray(c, co + 5 * TILE);
        DoubleVector.fromArray(D, c, co + 5 * TILE + L).sub(y5).intoArray(c, co + 5 * TILE + L);
    }
}
