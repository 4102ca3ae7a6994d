package org.mineral.optim;

import org.mineral.linalg.Kernels;
import org.mineral.linalg.State;

/**
 * Adam (Kingma and Ba 2015) with beta1 = 0.9, beta2 = 0.999, on the rows that a step touches. A row's bias correction
 * goes by the number of its own steps, so that a rare row's first step is as long as a frequent one's.
 *
 * <p>{@code m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; p -= rate (m/(1-b1^k)) / (sqrt(v/(1-b2^k)) + 1e-8)}.
 */
final class Adam implements Optimizer {

    /** Steps after which a bias correction is 1 in single precision. */
    private static final int LONGEST = 20_000;

    /** By number of steps: 1/(1 - b1^k) and 1/sqrt(1 - b2^k). A power a row would cost as much as the row's step. */
    private static final float[] MEAN_CORRECTION = new float[LONGEST + 1];

    private static final float[] ROOT_CORRECTION = new float[LONGEST + 1];

    static {
        for (int k = 1; k <= LONGEST; k++) {
            MEAN_CORRECTION[k] = (float) (1 / (1 - Math.pow(Kernels.BETA1, k)));
            ROOT_CORRECTION[k] = (float) (1 / Math.sqrt(1 - Math.pow(Kernels.BETA2, k)));
        }
    }

    private final Kernels kernels;
    private final int width;
    private final float[] mean;
    private final float[] square;
    private final int[] steps;

    Adam(int rows, int width, Kernels kernels) {
        this.kernels = kernels;
        this.width = width;
        this.mean = new float[Math.multiplyExact(rows, width)];
        this.square = new float[mean.length];
        this.steps = new int[rows];
    }

    @Override
    public void step(int row, float[] p, int po, float[] g, int go, int n, double rate) {
        int k = Math.min(++steps[row], LONGEST);
        float step = (float) rate * MEAN_CORRECTION[k];
        float root = ROOT_CORRECTION[k];
        kernels.adam(p, po, g, go, mean, square, row * width, n, step, root);
    }

    @Override
    public void state(State state) {
        state.floats("mean", mean);
        state.floats("square", square);
        state.ints("steps", steps);
    }
}
