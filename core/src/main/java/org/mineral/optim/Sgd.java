package org.mineral.optim;

import org.mineral.linalg.State;

/** Plain stochastic gradient descent: {@code p -= rate g}. */
final class Sgd implements Optimizer {

    @Override
    public void step(int row, float[] p, int po, float[] g, int go, int n, double rate) {
        float step = (float) rate;
        for (int k = 0; k < n; k++) {
            p[po + k] -= step * g[go + k];
        }
    }

    @Override
    public void state(State state) {
        // No state.
    }
}
