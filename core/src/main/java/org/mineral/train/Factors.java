package org.mineral.train;

import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.loss.Term;

/**
 * What a run learns: the embeddings of both sides with whatever they are made up of, a {@link History}, an {@link ItemBias},
 * a {@link Propagation}, and their {@link Averaging}.
 *
 * @param averaging null if the embeddings themselves are the result
 * @param centred whether biases are to have mean 0, see {@link ItemBias#centre}
 */
record Factors(Embeddings users, Embeddings items, @Nullable Averaging averaging, boolean centred) {

    /**
     * @param positives what the users' histories hold
     * @param start first parameters, U x d and I x d, biases in the last column; taken over
     */
    static Factors of(
            Interactions train,
            Positives positives,
            Matrix[] start,
            Objective objective,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        boolean follows = options.history() > 0;
        if (follows) {
            History.clear(start[0], train);
        }
        Propagation propagation = options.layers() == 0
                ? null
                : new Propagation(
                        train,
                        start,
                        LayerWeights.of(options.layers(), options.layerWeights()),
                        options,
                        workers,
                        kernels);
        Embeddings items = embeddings(
                start[1],
                objective,
                options,
                kernels,
                null,
                propagation == null ? null : propagation.items(),
                ItemBias.ofItems(options, objective));
        Embeddings users = embeddings(
                start[0],
                objective,
                options,
                kernels,
                follows ? new History(positives, items, options, kernels) : null,
                propagation == null ? null : propagation.users(),
                ItemBias.ofUsers(options));
        return new Factors(
                users,
                items,
                options.averaging() > 0 ? new Averaging(users, items, options.averaging(), workers) : null,
                options.itemBias() && objective.term().kind() == Term.Kind.EXP);
    }

    private static Embeddings embeddings(
            Matrix start,
            Objective objective,
            TrainOptions options,
            Kernels kernels,
            @Nullable History history,
            Propagation.@Nullable Side source,
            @Nullable ItemBias bias) {
        Matrix rows = source == null ? start : source.embeddings();
        return new Embeddings(rows, objective.cosine(), options, kernels, history, source, bias);
    }

    /** To be called after each of an epoch's steps, counted from 0. */
    void after(int step, int steps) {
        if (averaging != null) {
            averaging.after(step, steps);
        }
    }

    /** What the run has come to: copies of the users' and the items' scored vectors, in this order. */
    Matrix[] weights() {
        Matrix[] weights = averaging == null ? new Matrix[] {users.snapshot(), items.snapshot()} : averaging.snapshot();
        if (centred) {
            ItemBias.centre(weights[1]);
        }
        return weights;
    }

    /** Names all that a step changes. */
    void state(State state) {
        if (items.propagation() != null) {
            items.propagation().state(state.under("propagation"));
        }
        items.state(state.under("items"));
        users.state(state.under("users"));
        if (averaging != null) {
            averaging.state(state.under("averaging"));
        }
    }
}
