package org.mineral.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.loss.PairwiseLoss;
import org.mineral.loss.RowEvaluator;
import org.mineral.loss.Similarity;
import org.mineral.model.FactorModel;

/**
 * The vector of a person who was not in training: minimises the model's own loss on that one row, with the history as
 * positives and the items' vectors fixed.
 *
 * <p>Starts from the mean of the history's vectors and takes {@value #STEPS} steps of Adam, whose rate falls to 0. The
 * result depends on the model and the set of items only.
 */
public final class FoldIn {

    private static final int STEPS = 80;
    private static final double RATE = 0.05;

    /** Beyond this many items a fixed sample of them stands for the catalogue. */
    private static final int MOST_CANDIDATES = 50_000;

    /** A pairwise loss visits every pair of a positive and a candidate. */
    private static final int MOST_PAIRED = 4_096;

    private final FactorModel model;
    private final Objective objective;
    private final boolean biased;
    private final RowEvaluator evaluator;
    private final Kernels kernels = KernelProvider.best();
    private final int[] positives;
    private final int[] candidates;
    private final double @Nullable [] weights;

    private FoldIn(FactorModel model, int[] positives) {
        this.model = model;
        this.objective = RunInfo.objective(model.info());
        this.biased = RunInfo.options(model.info()).itemBias();
        this.evaluator = RowEvaluator.of(objective.loss())
                // A bias beside a cosine may leave [-1, 1].
                .withSimilarity(biased ? Similarity.DOT : objective.similarity())
                .withTemperature(new Temperatures(
                                model.seen(),
                                objective,
                                RunInfo.options(model.info()).temperatureExponent())
                        .of(positives.length))
                .withItems(model.items().size());
        this.positives = positives;
        boolean pairwise = objective.loss() instanceof PairwiseLoss;
        this.candidates = candidates(model.items().size(), pairwise ? MOST_PAIRED : MOST_CANDIDATES);
        this.weights = weights(model, candidates);
    }

    /**
     * @param history item indices, any order; an item that stands twice counts once
     * @return a vector of the model's dimension, to be scored by dot products with its items
     * @throws InputException if the history is empty, or an index is none of the model's items
     */
    public static float[] vector(FactorModel model, int[] history) {
        int[] distinct = Arrays.stream(history).sorted().distinct().toArray();
        if (distinct.length == 0) {
            throw new InputException("the history is empty; give at least one item that the model knows.");
        }
        int last = distinct[distinct.length - 1];
        if (distinct[0] < 0 || last >= model.items().size()) {
            throw new InputException("the history has the item index %d; the model's are 0 to %d."
                    .formatted(
                            distinct[0] < 0 ? distinct[0] : last, model.items().size() - 1));
        }
        return new FoldIn(model, distinct).solve();
    }

    private float[] solve() {
        Matrix person = new Matrix(1, model.dimension());
        person.setRow(0, mean());
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
        for (int step = 0; step < STEPS; step++) {
            float[] gradient = gradient(embedding.scored());
            embedding.step(0, gradient, 0, RATE * (1 - (double) step / STEPS));
        }
        return Arrays.copyOf(embedding.scored(), model.dimension());
    }

    /** Of the row's loss with respect to the person's scored vector. */
    private float[] gradient(float[] person) {
        RowEvaluator.Result result =
                evaluator.evaluate(similarities(person, positives), similarities(person, candidates), weights);
        float[] gradient = new float[person.length];
        add(positives, result.gradPositives(), gradient);
        add(candidates, result.gradCandidates(), gradient);
        return gradient;
    }

    private double[] similarities(float[] person, int[] items) {
        Matrix factors = model.itemFactors();
        double[] similarities = new double[items.length];
        for (int k = 0; k < items.length; k++) {
            similarities[k] = kernels.dot(factors.values(), factors.offset(items[k]), person, 0, factors.stride());
        }
        return similarities;
    }

    private void add(int[] items, double[] weights, float[] to) {
        Matrix factors = model.itemFactors();
        for (int k = 0; k < items.length; k++) {
            kernels.axpy((float) weights[k], factors.values(), factors.offset(items[k]), to, 0, factors.stride());
        }
    }

    private float[] mean() {
        float[] mean = new float[model.dimension()];
        for (int item : positives) {
            float[] row = model.itemFactors().row(item);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] / positives.length;
            }
        }
        return mean;
    }

    private static double @Nullable [] weights(FactorModel model, int[] candidates) {
        float[] all =
                CandidateWeights.of(model.seen(), RunInfo.options(model.info()).candidateWeight());
        return all == null
                ? null
                : Arrays.stream(candidates).mapToDouble(j -> all[j]).toArray();
    }

    private static int[] candidates(int items, int most) {
        return items <= most
                ? IntStream.range(0, items).toArray()
                : new SplittableRandom(items).ints(most, 0, items).toArray();
    }
}
