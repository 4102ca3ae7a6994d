package org.mineral.algorithm.embedding.training;

import java.util.Optional;
import java.util.function.Supplier;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;

/** Keeps the weights of the epoch that is best on validation data so far. */
final class BestWeights {

    private record Kept(int epoch, double value, Matrix[] weights) {}

    private final String[] names;
    private Optional<Kept> kept = Optional.empty();

    /** @param names of the tables in a checkpoint */
    BestWeights(String[] names) {
        this.names = names;
    }

    /** Keeps these weights if they are better than all before. */
    void offer(int epoch, double validation, Matrix[] weights) {
        if (validation > kept.map(Kept::value).orElse(Double.NEGATIVE_INFINITY)) {
            kept = Optional.of(new Kept(epoch, validation, weights));
        }
    }

    /** Of the best epoch; none without validation. */
    Optional<Integer> epoch() {
        return kept.map(Kept::epoch);
    }

    /** None without validation. */
    Optional<Matrix[]> weights() {
        return kept.map(Kept::weights);
    }

    /** Whether this many epochs have passed since the best one. */
    boolean waited(int now, int patience) {
        return kept.isPresent() && now - kept.get().epoch >= patience;
    }

    /**
     * Registers the best weights with the checkpoint.
     *
     * @param zeros supplies weights of the right shape to restore into
     */
    void state(State state, Supplier<Matrix[]> zeros) {
        double value = state.real("best", kept.map(Kept::value).orElse(Double.NEGATIVE_INFINITY));
        int epoch = (int) state.number("best_epoch", kept.map(Kept::epoch).orElse(0));
        if (state.number("best_weights", kept.isPresent() ? 1 : 0) == 1) {
            Matrix[] weights = kept.map(Kept::weights).orElseGet(zeros);
            for (int k = 0; k < names.length; k++) {
                state.floats("best_" + names[k], weights[k].values());
            }
            kept = Optional.of(new Kept(epoch, value, weights));
        }
    }
}
