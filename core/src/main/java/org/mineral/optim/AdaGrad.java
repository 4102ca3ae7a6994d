package org.mineral.optim;

import org.mineral.linalg.State;

/** AdaGrad (Duchi, Hazan, Singer 2011): {@code s += g^2; p -= rate g / (sqrt(s) + 1e-8)}. */
final class AdaGrad implements Optimizer {

    private static final float EPSILON = 1e-8f;

    private final int width;
    private final float[] squares;

    AdaGrad(int rows, int width) {
        this.width = width;
        this.squares = new float[Math.multiplyExact(rows, width)];
    }

    @Override
    public void step(int row, float[] p, int po, float[] g, int go, int n, double rate) {
        float step = (float) rate;
        int so = row * width;
        for (int k = 0; k < n; k++) {
            float gradient = g[go + k];
            float square = squares[so + k] + gradient * gradient;
            squares[so + k] = square;
            p[po + k] -= step * gradient / ((float) Math.sqrt(square) + EPSILON);
        }
    }

    @Override
    public void state(State state) {
        state.floats("squares", squares);
    }
}
