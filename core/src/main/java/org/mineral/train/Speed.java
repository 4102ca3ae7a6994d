package org.mineral.train;

import org.mineral.linalg.Kernels;

/** A short measurement of what one thread of this machine does, for estimates of time. */
final class Speed {

    private static final int DIMENSION = 64;
    private static final long WARM_UP_NANOS = 120_000_000;

    /** Share of the scores kernel's speed that a whole epoch reaches, measured on data of several sizes. */
    private static final double EPOCH_SHARE = 0.75;

    private Speed() {}

    /** Floating-point operations a second that one thread does in an epoch. */
    static double flops(Kernels kernels) {
        float[] users = new float[Kernels.USER_TILE * DIMENSION];
        float[] packed = new float[Kernels.STRIP * DIMENSION];
        float[] out = new float[Kernels.USER_TILE * Kernels.TILE_STRIDE];
        long start = System.nanoTime();
        double best = 1e6;
        while (System.nanoTime() - start < WARM_UP_NANOS) {
            long before = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                kernels.scores(users, 0, DIMENSION, packed, 0, Kernels.STRIP / Kernels.PANEL, out, 0);
            }
            double nanos = System.nanoTime() - before;
            best = Math.max(best, 8 * 2.0 * Kernels.USER_TILE * Kernels.STRIP * DIMENSION / nanos * 1e9);
        }
        return EPOCH_SHARE * best;
    }
}
