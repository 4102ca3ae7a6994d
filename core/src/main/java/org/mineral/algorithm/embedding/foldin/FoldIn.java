package org.mineral.algorithm.embedding.foldin;

import java.util.Arrays;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.RowSet;
import org.mineral.algorithm.embedding.encoder.StepContext;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.VectorModel;

/**
 * Computes the vector of a user who was not in training: minimises the model's loss on one row, with the history as positives and fixed item
 * vectors.
 *
 * <p>Starts from the mean of the history's vectors and takes {@value #STEPS} steps of Adam, whose rate falls to 0. The
 * result depends on the model, the set of items and the proportions of their weights only. Weights are rounded to twentieths of the largest.
 */
public final class FoldIn implements HistoryEncoder {

    private static final int STEPS = 80;
    private static final double RATE = 0.05;

    /** The number of repetitions of an item with the largest weight in the row, which is the resolution of weights. */
    private static final int FINEST = 20;

    private final VectorModel model;
    private final Objective objective;
    private final FoldInRow.Scale scale;
    private final boolean biased;
    private final Kernels kernels;

    private FoldIn(VectorModel model, Objective objective, TrainOptions options, FoldInRow.Scale scale) {
        this.model = model;
        this.objective = objective;
        this.scale = scale;
        this.biased = options.encoder().itemBias();
        this.kernels = model.kernels();
    }

    /** For many users of one model, with an explicit objective. */
    public static FoldIn of(VectorModel model, Objective objective, TrainOptions options) {
        return new FoldIn(model, objective, options, FoldInRow.Scale.of(model, objective, options));
    }

    /** With the loss and settings of the model. */
    public static FoldIn of(VectorModel model) {
        return of(model, TrainingInfo.objective(model.info()), TrainingInfo.options(model.info()));
    }

    /**
     * With the loss and settings of a model that does not have its training interactions, but what is counted in them.
     *
     * @param itemCounts by item: the number of its users
     * @param meanLog mean of log n_u over the users of the training
     */
    public static FoldIn of(VectorModel model, int[] itemCounts, double meanLog) {
        Objective objective = TrainingInfo.objective(model.info());
        TrainOptions options = TrainingInfo.options(model.info());
        return new FoldIn(model, objective, options, FoldInRow.Scale.of(itemCounts, meanLog, objective, options));
    }

    /** {@link #vector(History)} of items with equal weights, in any order; repetitions are ignored. */
    public static float[] vector(VectorModel model, int... history) {
        return of(model).vector(History.latest(history));
    }

    /** {@link #vector(History)} of items with weights. */
    public static float[] vector(VectorModel model, int[] history, double[] weights) {
        return of(model).vector(History.of(history, weights));
    }

    @Override
    public VectorModel model() {
        return model;
    }

    @Override
    public float[] vector(History history) {
        history.checked(model);
        int[] positives = history.items();
        Integer[] order = new Integer[positives.length];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Integer.compare(history.item(a), history.item(b)));
        double[] weights = history.weights();
        double least = Arrays.stream(weights).min().orElseThrow();
        double largest = Arrays.stream(weights).max().orElseThrow();
        int[] times = new int[positives.length];
        for (int k = 0; k < positives.length; k++) {
            positives[k] = history.item(order[k]);
            times[k] = least == largest ? 1 : (int) Math.max(1, Math.round(FINEST * weights[order[k]] / largest));
        }
        return solve(positives, times);
    }

    private float[] solve(int[] positives, int[] times) {
        Matrix person = new Matrix(1, model.dimension());
        person.setRow(0, mean(model, positives, times));
        if (biased) {
            BiasColumn.clear(person);
        }
        Encoder encoder =
                Encoders.plainUsers(person, objective, TrainOptions.defaults().with("item_bias", biased), kernels);
        RowSet only = RowSet.of(0, 1);
        encoder.encode();
        float[] vector = encoder.vectors().values();
        FoldInRow row = new FoldInRow(model, objective, scale, positives, times, vector, kernels);
        float[] gradient = new float[person.stride()];
        for (int step = 0; step < STEPS; step++) {
            row.gradient(vector, gradient);
            StepContext context = StepContext.ofRate(RATE * (1 - (double) step / STEPS));
            encoder.backward(only, gradient, context);
            encoder.forward(only, context);
        }
        return Arrays.copyOf(vector, model.dimension());
    }

    private static float[] mean(VectorModel model, int[] positives, int[] times) {
        float[] mean = new float[model.dimension()];
        float total = Arrays.stream(times).sum();
        for (int i = 0; i < positives.length; i++) {
            float[] row = model.itemVectors().row(positives[i]);
            for (int k = 0; k < mean.length; k++) {
                mean[k] += row[k] * times[i] / total;
            }
        }
        return mean;
    }
}
