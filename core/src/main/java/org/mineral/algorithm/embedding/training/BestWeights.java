package org.mineral.algorithm.embedding.training;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** The weights of the epoch that was best on validation data, of the epochs so far. */
final class BestWeights {

    private double value = Double.NEGATIVE_INFINITY;
    private int epoch;
    private Matrix @Nullable [] weights;

    /** Keeps these weights if they are better than all before. */
    void offer(int at, double validation, Matrix[] candidate) {
        if (validation > value) {
            value = validation;
            epoch = at;
            weights = candidate;
        }
    }

    /** 0 if there was none. */
    int epoch() {
        return epoch;
    }

    /** Users' and items', or null if there was no validation. */
    Matrix @Nullable [] weights() {
        return weights;
    }

    /** Whether so many epochs have passed since the best one. */
    boolean waited(int now, int patience) {
        return weights != null && now - epoch >= patience;
    }

    /**
     * Names it.
     *
     * @param zeros weights of the right shape, to be read into
     */
    void state(State state, Supplier<Matrix[]> zeros) {
        value = state.real("best", value);
        epoch = (int) state.number("best_epoch", epoch);
        if (state.number("best_weights", weights == null ? 0 : 1) == 1) {
            Matrix[] kept = weights == null ? zeros.get() : weights;
            state.floats("best_users", kept[0].values());
            state.floats("best_items", kept[1].values());
            weights = kept;
        }
    }
}
