package org.mineral.app.bench;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops in SIMD registers. Sixteen chains of multiply-adds: more than two units times a latency of four or five
 * cycles need, and few enough to stay in registers with what else a loop holds.
 */
public final class VectorRooflineLoops implements RooflineLoops {

    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int L = F.length();

    @Override
    public long operationsPerRound() {
        return 32L * L;
    }

    @Override
    public float multiplyAdds(int rounds, float factor) {
        FloatVector x = FloatVector.broadcast(F, factor);
        FloatVector y = FloatVector.broadcast(F, 1);
        FloatVector a0 = FloatVector.broadcast(F, 1);
        FloatVector a1 = FloatVector.broadcast(F, 2);
        FloatVector a2 = FloatVector.broadcast(F, 3);
        FloatVector a3 = FloatVector.broadcast(F, 4);
        FloatVector a4 = FloatVector.broadcast(F, 5);
        FloatVector a5 = FloatVector.broadcast(F, 6);
        FloatVector a6 = FloatVector.broadcast(F, 7);
        FloatVector a7 = FloatVector.broadcast(F, 8);
        FloatVector a8 = FloatVector.broadcast(F, 9);
        FloatVector a9 = FloatVector.broadcast(F, 10);
        FloatVector a10 = FloatVector.broadcast(F, 11);
        FloatVector a11 = FloatVector.broadcast(F, 12);
        FloatVector a12 = FloatVector.broadcast(F, 13);
        FloatVector a13 = FloatVector.broadcast(F, 14);
        FloatVector a14 = FloatVector.broadcast(F, 15);
        FloatVector a15 = FloatVector.broadcast(F, 16);
        for (int i = 0; i < rounds; i++) {
            a0 = a0.fma(x, y);
            a1 = a1.fma(x, y);
            a2 = a2.fma(x, y);
            a3 = a3.fma(x, y);
            a4 = a4.fma(x, y);
            a5 = a5.fma(x, y);
            a6 = a6.fma(x, y);
            a7 = a7.fma(x, y);
            a8 = a8.fma(x, y);
            a9 = a9.fma(x, y);
            a10 = a10.fma(x, y);
            a11 = a11.fma(x, y);
            a12 = a12.fma(x, y);
            a13 = a13.fma(x, y);
            a14 = a14.fma(x, y);
            a15 = a15.fma(x, y);
        }
        return a0.add(a1)
                .add(a2)
                .add(a3)
                .add(a4)
                .add(a5)
                .add(a6)
                .add(a7)
                .add(a8)
                .add(a9)
                .add(a10)
                .add(a11)
                .add(a12)
                .add(a13)
                .add(a14)
                .add(a15)
                .reduceLanes(VectorOperators.ADD);
    }

    @Override
    public void update(float[] a, float factor, int from, int to) {
        for (int k = from; k <= to - L; k += L) {
            FloatVector.fromArray(F, a, k).mul(factor).intoArray(a, k);
        }
    }
}
