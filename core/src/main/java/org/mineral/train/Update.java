package org.mineral.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.mineral.config.InputException;
import org.mineral.data.Aligned;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/**
 * A model takes in new interactions, users and items without being trained from the start:
 *
 * <ol>
 *   <li>New users get vectors against the items that the model knows ({@link Newcomers}), which stay fixed.
 *   <li>New items get vectors against all users, who stay fixed. Users who took nothing but new items follow.
 *   <li>A few exact epochs over old and new interactions together, from these vectors, at a small rate.
 * </ol>
 *
 * <p>The loss and its settings are the model's own. Its vectors go on as plain factors: what histories or propagation ({@code
 * history}, {@code layers}) once made of them is in them already.
 */
public final class Update {

    /**
     * What came of it.
     *
     * @param newPairs interactions that the model had not seen
     * @param training the epochs of step 3
     */
    public record Result(
            FactorModel model, int newUsers, int newItems, int newPairs, double foldSeconds, TrainResult training) {}

    private final FactorModel model;
    private final Dataset merged;
    private final UpdateOptions options;
    private final Objective objective;
    private final TrainOptions own;
    private final Kernels kernels = KernelProvider.best();

    private Update(FactorModel model, Dataset news, UpdateOptions options) {
        this.model = model;
        this.options = options;
        this.objective = RunInfo.objective(model.info());
        this.own = RunInfo.options(model.info());
        if (own.itemBias() || model.info().provenance().containsKey("ensemble")) {
            throw new InputException("a model "
                    + (own.itemBias() ? "with item_bias" : "that is an ensemble")
                    + " cannot take in new interactions; train it again on all of them.");
        }
        this.merged = merge(model, news);
    }

    /**
     * @param news train is taken in; if it has a valid part, the best epoch on that is kept; test is not looked at
     * @throws InputException if nothing in it is new, or the model has biases or is an ensemble
     */
    public static Result of(
            FactorModel model, Dataset news, UpdateOptions options, int threads, TrainListener listener) {
        return new Update(model, news, options).run(threads, listener);
    }

    private Result run(int threads, TrainListener listener) {
        int newPairs = merged.train().size() - model.seen().size();
        if (newPairs == 0) {
            throw new InputException(
                    merged.name() + ": found no interaction that the model has not seen; there is nothing to update.");
        }
        long start = System.nanoTime();
        Matrix[] warm;
        try (Workers workers = new Workers(threads)) {
            warm = vectors(workers);
        }
        double foldSeconds = (System.nanoTime() - start) / 1e9;
        TrainOptions epochs = plain(own)
                .with("dimension", model.dimension())
                .with("start", "spectral")
                .with("epochs", options.epochs())
                .with("learning_rate", options.learningRate())
                .with("schedule", "linear");
        TrainResult training = new Trainer(objective.loss(), epochs)
                .threads(threads)
                .listener(listener)
                .starts(Starts.of(warm[0], warm[1]))
                .train(merged);
        FactorModel trained = training.model();
        FactorModel updated = new FactorModel(
                trained.userFactors(),
                trained.itemFactors(),
                trained.users(),
                trained.items(),
                trained.seen(),
                info(trained.info(), newPairs));
        return new Result(
                updated,
                merged.users().size() - model.users().size(),
                merged.items().size() - model.items().size(),
                newPairs,
                foldSeconds,
                training);
    }

    /** Without what makes a vector of more than its own parameters, or weights candidates by numbers that newcomers lack. */
    static TrainOptions plain(TrainOptions options) {
        return options.with("history", 0)
                .with("layers", 0)
                .with("layer_weights", "uniform")
                .with("edge_dropout", 0)
                .with("averaging", 0)
                .with("temperature_rule", "fixed")
                .with("stop_after", 0)
                .with("candidate_weight", 0);
    }

    private Matrix[] vectors(Workers workers) {
        int oldUsers = model.users().size();
        int oldItems = model.items().size();
        Interactions train = merged.train();
        Interactions known = columns(rows(train, oldUsers), oldItems);
        Matrix users = model.userFactors();
        Matrix items = model.itemFactors();
        Matrix newUsers = solve(known, items, workers);
        users = stack(users, newUsers);
        Matrix newItems = solve(rows(train.transpose(), oldItems), users, workers);
        items = stack(items, newItems);
        // Users whose items were all new had nothing to start from before; nor have users who came back without a
        // vector.
        boolean[] blank = new boolean[users.rows()];
        for (int u = 0; u < blank.length; u++) {
            blank[u] = isZero(users, u) && train.count(u) > 0;
        }
        Matrix late = solve(select(train, u -> blank[u]), items, workers);
        for (int u = 0; u < blank.length; u++) {
            if (blank[u]) {
                users.setRow(u, late.row(u));
            }
        }
        fill(users, own.seed() + 1);
        fill(items, own.seed() + 2);
        return new Matrix[] {users, items};
    }

    private Matrix solve(Interactions rows, Matrix fixed, Workers workers) {
        return Newcomers.vectors(rows, fixed, objective, own, options.foldSteps(), workers, kernels);
    }

    /** Rows that nothing is known about begin anywhere, as in training: a cosine has no direction to leave zero by. */
    private static void fill(Matrix vectors, long seed) {
        double deviation = SpectralStart.MEAN_NORM / Math.sqrt(vectors.columns());
        Matrix random = SpectralStart.random(vectors.rows(), vectors.columns(), deviation, seed);
        for (int r = 0; r < vectors.rows(); r++) {
            if (isZero(vectors, r)) {
                vectors.setRow(r, random.row(r));
            }
        }
    }

    private ModelInfo info(ModelInfo trained, int newPairs) {
        Map<String, Object> facts = new LinkedHashMap<>(model.info().provenance());
        Map<String, Object> update = new LinkedHashMap<>();
        update.put("from", facts.getOrDefault("data_hash", ""));
        update.put("data", merged.name());
        update.put("interactions", newPairs);
        update.put("epochs", options.epochs());
        update.put("learning_rate", options.learningRate());
        update.put("fold_steps", options.foldSteps());
        facts.putAll(trained.provenance());
        facts.put("update", update);
        return new ModelInfo(model.name(), model.info().config(), facts);
    }

    /** The model's interactions and the new ones, in the model's indices, newcomers behind. */
    private static Dataset merge(FactorModel model, Dataset news) {
        IdMap users = extended(model.users(), news.users());
        IdMap items = extended(model.items(), news.items());
        Aligned aligned = news.aligned(users, items);
        Interactions seen = model.seen();
        int[] offsets = Arrays.copyOf(seen.offsets(), users.size() + 1);
        Arrays.fill(offsets, seen.users() + 1, offsets.length, seen.size());
        Interactions old = new Interactions(items.size(), offsets, seen.columns());
        Interactions none = Interactions.empty(users.size(), items.size());
        return Dataset.of(news.name(), users, items, old.union(aligned.train()), aligned.valid(), none);
    }

    private static IdMap extended(IdMap known, IdMap more) {
        IdMap.Builder builder = IdMap.builder();
        known.ids().forEach(builder::add);
        more.ids().forEach(builder::add);
        return builder.build();
    }

    /** The rows from {@code first} on, numbered from 0. */
    private static Interactions rows(Interactions from, int first) {
        int begin = from.offsets()[first];
        int[] offsets = new int[from.users() - first + 1];
        for (int u = 0; u < offsets.length; u++) {
            offsets[u] = from.offsets()[first + u] - begin;
        }
        return new Interactions(from.items(), offsets, Arrays.copyOfRange(from.columns(), begin, from.size()));
    }

    /** The columns below {@code items}. */
    private static Interactions columns(Interactions from, int items) {
        Interactions some = from.select(k -> from.columns()[k] < items);
        return new Interactions(items, some.offsets(), some.columns());
    }

    /** All rows, the others empty. */
    private static Interactions select(Interactions from, IntPredicate rows) {
        boolean[] stays = new boolean[from.size()];
        for (int u = 0; u < from.users(); u++) {
            Arrays.fill(stays, from.begin(u), from.end(u), rows.test(u));
        }
        return from.select(k -> stays[k]);
    }

    private static Matrix stack(Matrix above, Matrix below) {
        Matrix both = new Matrix(above.rows() + below.rows(), above.columns());
        for (int r = 0; r < both.rows(); r++) {
            both.setRow(r, r < above.rows() ? above.row(r) : below.row(r - above.rows()));
        }
        return both;
    }

    private static boolean isZero(Matrix matrix, int row) {
        for (float value : matrix.row(row)) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }
}
