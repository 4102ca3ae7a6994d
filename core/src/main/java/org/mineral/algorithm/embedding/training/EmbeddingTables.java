package org.mineral.algorithm.embedding.training;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.ItemHistory;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;

/**
 * The encoders of a run, and the selector of its result.
 *
 * @param kept number of tables that a model keeps beside the vectors: the layers' own
 * @param centred whether biases are shifted to mean 0, see {@link BiasColumn#centre}
 */
record EmbeddingTables(Encoders encoders, WeightSelector selector, int kept, boolean centred) {

    /** @param start first parameters, U x d and I x d, biases in the last column; taken over */
    static EmbeddingTables of(
            Interactions train,
            Targets targets,
            Matrix[] start,
            ParameterLayers layers,
            Objective objective,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        if (options.encoder().history() > 0) {
            ItemHistory.clear(start[0], train);
        }
        Encoders encoders = Encoders.of(train, targets, start, layers, objective, options, workers, kernels);
        return new EmbeddingTables(
                encoders,
                options.optimization().averaging() > 0
                        ? new WeightAveraging(
                                encoders.users(),
                                encoders.items(),
                                layers.tables(),
                                options.optimization().averaging(),
                                workers)
                        : new LastWeights(encoders, layers.tables()),
                layers.tables().size(),
                options.encoder().itemBias() && objective.logSumExp());
    }

    Encoder users() {
        return encoders.users();
    }

    Encoder items() {
        return encoders.items();
    }

    /** To be called after each of an epoch's steps, counted from 0. */
    void after(int step, int steps) {
        selector.after(step, steps);
    }

    /** Number of tables that make a model, see {@link #weights}. */
    int size() {
        return kept == 0 ? 2 : 4 + kept;
    }

    /**
     * The result: copies of the users' and the items' vectors and, if the layers have tables of their own, of these, and what users and items
     * were divided by ({@link Encoder#norm}), each as one row; in this order.
     */
    Matrix[] weights() {
        Matrix[] weights = Arrays.copyOf(selector.weights(), size());
        if (kept > 0) {
            weights[2 + kept] = norms(users());
            weights[3 + kept] = norms(items());
        }
        if (centred) {
            BiasColumn.centre(weights[1]);
        }
        return weights;
    }

    private static Matrix norms(Encoder side) {
        Matrix norms = new Matrix(1, side.vectors().rows());
        norms.setRow(0, side.norms());
        return norms;
    }

    /** Registers all state that steps change with the checkpoint. */
    void state(State state) {
        items().state(state.under("items"));
        users().state(state.under("users"));
        if (state.restores()) {
            items().encode();
        }
        selector.state(state.under("averaging"));
    }
}
