package org.mineral.algorithm.embedding.encoder;

import java.util.function.UnaryOperator;
import org.mineral.algorithm.embedding.options.LayerWeights;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Both sides' encoders, put together from the settings: tables or a {@link Propagation} of them, an algorithm's own {@link ParameterLayers},
 * {@link ItemHistory}, {@link Normalise} for cosines, {@link BiasColumn}.
 */
@Internal
public record Encoders(Encoder users, Encoder items) {

    /** {@link #of} without layers of an algorithm's own. */
    public static Encoders of(
            Interactions train,
            Targets targets,
            Matrix[] start,
            Objective objective,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        return of(train, targets, start, ParameterLayers.NONE, objective, options, workers, kernels);
    }

    /** @param start first parameters, U x d and I x d, biases in the last column; the matrices are trained in place */
    public static Encoders of(
            Interactions train,
            Targets targets,
            Matrix[] start,
            ParameterLayers layers,
            Objective objective,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        Encoder users;
        Encoder items;
        if (options.encoder().layers() == 0) {
            users = table(start[0], options, kernels);
            items = table(start[1], options, kernels);
        } else {
            Propagation propagation = new Propagation(
                    train,
                    start,
                    LayerWeights.of(
                            options.encoder().layers(), options.encoder().layerWeights()),
                    options,
                    workers,
                    kernels);
            users = propagation.users();
            items = propagation.items();
        }
        LayerContext context = new LayerContext(options, workers, kernels);
        users = layers.users(users, train, context);
        items = scoredItems(layers.items(items, train, context), objective, options, kernels);
        return new Encoders(besideItems(users, items, targets, objective, options, kernels), items);
    }

    /** Users' vectors from a table, with a history of items whose vectors another encoder makes. */
    public static Encoder usersBesideItems(
            Matrix table, Encoder items, Targets targets, Objective objective, TrainOptions options, Kernels kernels) {
        return besideItems(table(table, options, kernels), items, targets, objective, options, kernels);
    }

    private static Encoder besideItems(
            Encoder users, Encoder items, Targets targets, Objective objective, TrainOptions options, Kernels kernels) {
        Encoder summed = options.encoder().history() > 0
                ? new SumEncoder(users, ItemHistory.of(targets, items, options, kernels))
                : users;
        return scoredUsers(summed, objective, options, kernels);
    }

    /** Users' vectors from a table with normalisation and bias constant only. */
    public static Encoder plainUsers(Matrix table, Objective objective, TrainOptions options, Kernels kernels) {
        return scoredUsers(table(table, options, kernels), objective, options, kernels);
    }

    /** Items' vectors from a table with normalisation and bias only. */
    public static Encoder plainItems(Matrix table, Objective objective, TrainOptions options, Kernels kernels) {
        return scoredItems(table(table, options, kernels), objective, options, kernels);
    }

    /** Items' vectors from a table with these layers around it, normalisation and bias only. */
    public static Encoder items(
            Matrix table, UnaryOperator<Encoder> layers, Objective objective, LayerContext context) {
        TrainOptions options = context.options();
        Encoder parameters = layers.apply(table(table, options, context.kernels()));
        return scoredItems(parameters, objective, options, context.kernels());
    }

    private static Encoder table(Matrix table, TrainOptions options, Kernels kernels) {
        return new TableEncoder(new ParameterTable(table, options, kernels));
    }

    /** Users' vectors from an encoder of parameters, with normalisation for cosines and a bias constant. */
    public static Encoder scoredUsers(Encoder below, Objective objective, TrainOptions options, Kernels kernels) {
        Encoder directions = directions(below, objective, options, kernels);
        return options.encoder().itemBias() ? BiasColumn.ofUsers(directions) : directions;
    }

    private static Encoder scoredItems(Encoder below, Objective objective, TrainOptions options, Kernels kernels) {
        Encoder directions = directions(below, objective, options, kernels);
        return options.encoder().itemBias() ? BiasColumn.ofItems(directions, objective.temperature()) : directions;
    }

    private static Encoder directions(Encoder below, Objective objective, TrainOptions options, Kernels kernels) {
        if (!objective.cosine()) {
            return below;
        }
        return options.encoder().itemBias() ? Normalise.butLast(below, kernels) : new Normalise(below, kernels);
    }

    /** Bytes of all arrays that {@link #of} allocates or takes over. */
    public static long bytes(Interactions train, Objective objective, TrainOptions options) {
        int d = options.encoder().dimension();
        long users = train.users();
        long items = train.items();
        long table = Float.BYTES * (users + items) * Matrix.pad(d);
        long own = objective.cosine() || options.encoder().itemBias()
                ? table
                : options.encoder().history() > 0 ? Float.BYTES * users * Matrix.pad(d) : 0;
        long norms = objective.cosine() ? Float.BYTES * (users + items) : 0;
        long history = options.encoder().history() > 0
                ? Float.BYTES
                        * (users
                                + items
                                + Math.min(users, options.optimization().blockSize()) * (long) Matrix.pad(d))
                : 0;
        return ParameterTable.bytes(users + items, d, options.optimization().optimizer())
                + own
                + norms
                + history
                + (options.encoder().layers() == 0
                        ? 0
                        : Propagation.bytes(train, options.encoder().layers(), table));
    }
}
