package org.mineral.train;

import org.mineral.linalg.Kernels;

/**
 * What one thread of a present-day machine does, for estimates of time. Not measured: at the start of a program the
 * kernels still run in the interpreter, and seconds would pass before a measurement said anything.
 */
final class Speed {

    /** Two fused multiply-adds a cycle, at 2.6 GHz. */
    private static final double FLOPS_PER_LANE = 2 * 2 * 2.6e9;

    /** Share of that peak that a whole epoch reaches; see the figures in docs/engine.md. */
    private static final double EPOCH_SHARE = 0.5;

    private static final double SCALAR_FLOPS = 1.5e9;

    private Speed() {}

    /** Floating-point operations a second that one thread does in an epoch. */
    static double flops(Kernels kernels) {
        return kernels.lanes() == 1 ? SCALAR_FLOPS : EPOCH_SHARE * FLOPS_PER_LANE * kernels.lanes();
    }
}
