package org.mineral.train;

import java.util.Arrays;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;

/**
 * The vector of a person who was not in training: minimises the model's own loss on that one row, with the history as
 * positives and the items' vectors fixed.
 *
 * <p>Starts from the mean of the history's vectors and takes {@value #STEPS} steps of Adam, whose rate falls to 0. The
 * result depends on the model, the set of items and the proportions of their weights only.
 */
public final class FoldIn {

    private static final int STEPS = 80;
    private static final double RATE = 0.05;

    /** An item with the largest weight stands so often in the row; so finely are proportions of weights kept. */
    private static final int FINEST = 20;

    private final FactorModel model;
    private final Objective objective;
    private final FoldInRow.Scale scale;
    private final boolean biased;
    private final Kernels kernels;

    private FoldIn(FactorModel model, Objective objective, TrainOptions options) {
        this.model = model;
        this.objective = objective;
        this.scale = FoldInRow.Scale.of(model, objective, options);
        this.biased = options.itemBias();
        this.kernels = model.kernels();
    }

    /** For many people and one model, whose objective may be one that cannot be read back from its settings. */
    static FoldIn of(FactorModel model, Objective objective, TrainOptions options) {
        return new FoldIn(model, objective, options);
    }

    private static FoldIn of(FactorModel model) {
        return new FoldIn(model, RunInfo.objective(model.info()), RunInfo.options(model.info()));
    }

    /**
     * @param history item indices, any order; an item that stands twice counts once
     * @return a vector of the model's dimension, to be scored by dot products with its items
     * @throws InputException if the history is empty, an index is none of the model's items, or nothing was learnt of one
     */
    public static float[] vector(FactorModel model, int[] history) {
        int[] distinct = Arrays.stream(history).sorted().distinct().toArray();
        double[] weights = new double[distinct.length];
        Arrays.fill(weights, 1);
        return vector(model, distinct, weights);
    }

    /**
     * With a weight for each item: of two items, the one with twice the weight counts as if it stood twice.
     *
     * @param history item indices, each once, any order
     * @param weights above 0, finite; kept to a twentieth of the largest
     * @throws InputException if the history is empty, an index is none of the model's items, nothing was learnt of one, or a
     *     weight is out of range
     */
    public static float[] vector(FactorModel model, int[] history, double[] weights) {
        check(model, history, weights);
        return of(model).solved(history, weights);
    }

    /** {@link #vector(FactorModel, int[])}; thread-safe. */
    float[] vector(int[] history) {
        double[] weights = new double[history.length];
        Arrays.fill(weights, 1);
        check(model, history, weights);
        return solved(history, weights);
    }

    private float[] solved(int[] history, double[] weights) {
        Integer[] order = new Integer[history.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Integer.compare(history[a], history[b]));
        int[] positives = new int[history.length];
        int[] times = new int[history.length];
        double least = Arrays.stream(weights).min().orElseThrow();
        double largest = Arrays.stream(weights).max().orElseThrow();
        for (int k = 0; k < positives.length; k++) {
            positives[k] = history[order[k]];
            times[k] = least == largest ? 1 : (int) Math.max(1, Math.round(FINEST * weights[order[k]] / largest));
            if (k > 0 && positives[k] == positives[k - 1]) {
                throw new InputException("the history has the item index " + positives[k] + " twice; give it once.");
            }
        }
        return solve(positives, times);
    }

    private float[] solve(int[] positives, int[] times) {
        Matrix person = new Matrix(1, model.dimension());
        person.setRow(0, mean(model, positives, times));
        if (biased) {
            ItemBias.clear(person);
        }
        Embeddings embedding = new Embeddings(
                person,
                objective.cosine(),
                TrainOptions.defaults(),
                kernels,
                null,
                null,
                biased ? ItemBias.ofUsers(model.dimension()) : null);
        FoldInRow row = new FoldInRow(model, objective, scale, positives, times, embedding.scored(), kernels);
        float[] gradient = new float[person.stride()];
        for (int step = 0; step < STEPS; step++) {
            row.gradient(embedding.scored(), gradient);
            embedding.step(0, gradient, 0, RATE * (1 - (double) step / STEPS));
        }
        return Arrays.copyOf(embedding.scored(), model.dimension());
    }

    private static float[] mean(FactorModel model, int[] positives, int[] times) {
        float[] mean = new float[model.dimension()];
        float total = Arrays.stream(times).sum();
        for (int i = 0; i < positives.length; i++) {
            float[] row = model.itemFactors().row(positives[i]);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] * times[i] / total;
            }
        }
        return mean;
    }

    private static void check(FactorModel model, int[] history, double[] weights) {
        if (history.length == 0) {
            throw new InputException("the history is empty; give at least one item that the model knows.");
        }
        for (int item : history) {
            if (item < 0 || item >= model.items().size()) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "the history has the item index %d; the model's are 0 to %d.",
                        item,
                        model.items().size() - 1));
            }
            if (!model.population().hasItem(item)) {
                throw new InputException(String.format(
                                Locale.ROOT,
                                "the history has the item '%s', which has no training interactions, so nothing was",
                                model.items().id(item))
                        + " learnt about it; leave it out.");
            }
        }
        if (weights.length != history.length) {
            throw new InputException(weights.length + " weights for " + history.length + " items; give one each.");
        }
        for (double weight : weights) {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new InputException("a weight is " + weight + "; allowed: above 0, finite.");
            }
        }
    }
}
