package org.mineral.tune.auto;

import java.util.Map;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.Plan;
import org.mineral.candidate.CandidateSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.VectorModel;

/**
 * Arithmetic in Gflop, counted from shapes. Nothing of it is measured, so that a search that ends when its work is spent ends at the
 * same trial on any machine and with any number of threads. Of models that are no factorisations trained in epochs, the count is that of their
 * {@link Plan}.
 *
 * @param spec the model
 * @param epochs of the schedule; 0 for algorithms without epochs
 * @param run how many of them are run
 * @param dimension of the vectors
 * @param candidates that each user's row is compared with, as the setting is written
 */
record FlopCount(ModelSpec spec, int epochs, int run, int dimension, String candidates) {

    /** What an epoch takes beside its products, as arithmetic of the same duration. */
    private static final double EPOCH = 1;

    /** Passes of the spectral start over its tables, in products of a row with the square of their width. */
    private static final double START_PASSES = 20;

    /** What the exponentials of a model's scores take, in dimensions. They count where narrow vectors stand for wide ones. */
    private static final double SCORES = 16;

    private static final int OVERSAMPLING = 16;

    static FlopCount of(ModelSpec spec) {
        Map<String, String> settings = spec.configured().describe();
        int epochs = Integer.parseInt(settings.getOrDefault("epochs", "0"));
        int stop = Integer.parseInt(settings.getOrDefault("stop_after", "0"));
        return new FlopCount(
                spec,
                epochs,
                stop > 0 ? Math.min(stop, epochs) : epochs,
                Integer.parseInt(settings.getOrDefault("dimension", "0")),
                settings.getOrDefault("candidates", "all"));
    }

    /** Whether users have vectors of their own, trained in epochs, so that rows and columns say all. */
    private boolean factorises() {
        Class<?> model = Algorithms.of(spec.algorithm()).modelType();
        return epochs > 0 && VectorModel.class.isAssignableFrom(model) && !HistoryEncoder.class.isAssignableFrom(model);
    }

    /** Of a training that does not end before it has to. */
    double training(Dataset data) {
        return epochs == 0 ? planned(data) : run * epoch(data) + start(data);
    }

    /** 0 if the data cannot be trained on, which the training will say. */
    private double planned(Dataset data) {
        try {
            return spec.configured().plan(data, FitContext.defaults()).gigaflops();
        } catch (InputException e) {
            return 0;
        }
    }

    /**
     * {@code 6 |U| |C| d} with candidates C, and {@code 2 |V| |I| d} for the ranking of the users V who are judged; {@code 6 R |C| (d + 16)} with R
     * places of sequences.
     */
    double epoch(Dataset data) {
        Interactions train = data.train();
        double width = Matrix.pad(dimension);
        double users = train.users() - train.emptyRows();
        double judged = data.valid().users() - data.valid().emptyRows();
        double ranking = 2 * judged * train.items() * width / 1e9;
        return factorises()
                ? EPOCH + 6 * users * drawn(train.items()) * width / 1e9 + ranking
                : EPOCH + planned(data) / epochs * (dimension == 0 ? 1 : 1 + SCORES / width) + ranking;
    }

    /** Candidates whose number depends on the block count as all items. */
    private double drawn(int items) {
        CandidateSpec spec = CandidateSpec.parse(candidates);
        boolean fixed = spec.kind() == CandidateSpec.Kind.UNIFORM || spec.kind() == CandidateSpec.Kind.POPULARITY;
        return fixed ? Math.min(spec.draws(), items) : items;
    }

    /** Of the spectral start, {@code 20 (|U| + |I|) (d + 16)^2}. */
    double start(Dataset data) {
        if (!factorises()) {
            return 0;
        }
        Interactions train = data.train();
        double width = dimension + OVERSAMPLING;
        return START_PASSES * ((double) train.users() + train.items()) * width * width / 1e9;
    }
}
