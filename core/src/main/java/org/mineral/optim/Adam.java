package org.mineral.optim;

import org.mineral.linalg.Kernels;
import org.mineral.linalg.State;

/**
 * Adam (Kingma and Ba 2015) with beta1 = 0.9, beta2 = 0.999, on the rows that a step touches. Bias correction uses the number of steps of the
 * row, so that the first step of a rare row is as long as that of a frequent one.
 *
 * <p>{@code m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; p -= rate (m/(1-b1^k)) / (sqrt(v/(1-b2^k)) + 1e-8)}.
 */
final class Adam implements Optimizer {

    /** Number of steps after which the bias correction is 1 in single precision. */
    private static final int LONGEST = 20_000;

    /** By number of steps k: 1/(1 - b1^k) and 1/sqrt(1 - b2^k). Computing the powers for each row would cost as much as its update. */
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
