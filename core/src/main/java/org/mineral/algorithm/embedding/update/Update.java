package org.mineral.algorithm.embedding.update;

import java.util.Objects;
import java.util.function.IntPredicate;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.MergedData;
import org.mineral.algorithm.Updated;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.UpdateProvenance;

/**
 * Adds new interactions, users and items to a model without training from scratch:
 *
 * <ol>
 *   <li>New users and items get vectors and biases, with all others fixed ({@link WarmInit}).
 *   <li>A few exact epochs over old and new interactions together, from these vectors, with a small learning rate.
 * </ol>
 *
 * <p>Old interactions are all known ones of the model, including its validation part, which is no longer needed for selection.
 *
 * <p>Loss and settings are the model's. Its vectors are trained as plain factors, with a bias if they have one: they already contain the
 * effect of histories or propagation ({@code history}, {@code layers}). {@code docs/how-to/update.md} has measurements of alternatives.
 */
public final class Update {

    private final VectorModel model;
    private final Dataset merged;
    private final UpdateOptions options;
    private final Objective objective;
    private final TrainOptions own;
    private final Kernels kernels;

    private Update(VectorModel model, Dataset news, UpdateOptions options) {
        this.model = model;
        this.options = options;
        this.kernels = model.kernels();
        this.objective = TrainingInfo.objective(model.info());
        this.own = TrainingInfo.options(model.info()).with("dimension", model.dimension());
        this.merged = MergedData.of(model, news);
    }

    /**
     * @param news train is added; if it has a valid part, the best epoch on that is kept; test is not used
     * @throws org.mineral.config.InputException if the model is an ensemble
     */
    public static Updated<FactorModel> of(
            VectorModel model, Dataset news, UpdateOptions options, int threads, FitListener listener) {
        return new Update(model, news, options).run(threads, listener);
    }

    private Updated<FactorModel> run(int threads, FitListener listener) {
        int newPairs = merged.train().size() - model.known().size();
        if (newPairs == 0) {
            return new Updated<>(
                    model(model, model.userVectors(), model.itemVectors(), model.info()), 0, 0, 0, 0, null);
        }
        long start = System.nanoTime();
        Matrix[] warm;
        try (Workers workers = new Workers(threads)) {
            warm = new WarmInit(model, merged.train(), objective, own, options, workers, kernels).parameters();
        }
        double foldSeconds = (System.nanoTime() - start) / 1e9;
        TrainOptions epochs = own.plain()
                .with("epochs", options.epochs())
                .with("learning_rate", options.learningRate())
                .with("schedule", "linear");
        Fit<FactorModel> training = new EmbeddingTrainer(objective.loss(), epochs)
                .threads(threads)
                .kernels(kernels)
                .listener(listener)
                .starts(Initializer.of(warm[0], warm[1]))
                .train(merged);
        FactorModel trained = training.model();
        Population before = model.population();
        Matrix users =
                kept(trained.userVectors(), model.userVectors(), merged.train().userCounts(), before::hasUser);
        Matrix items =
                kept(trained.itemVectors(), model.itemVectors(), merged.train().itemCounts(), before::hasItem);
        FactorModel updated = model(trained, users, items, info(trained.info(), newPairs));
        return new Updated<>(
                updated,
                merged.users().size() - model.users().size(),
                merged.items().size() - model.items().size(),
                newPairs,
                foldSeconds,
                training);
    }

    /** What was trained, with the vectors of users or items that the model has from their attributes and that are in no interaction still. */
    private static Matrix kept(Matrix trained, Matrix before, int[] counts, IntPredicate known) {
        Matrix all = trained.copy();
        for (int row = 0; row < before.rows(); row++) {
            if (counts[row] == 0 && known.test(row)) {
                all.setRow(row, before.row(row));
            }
        }
        return all;
    }

    /** A model with the users and items of another one, other vectors and facts, and the attributes of the one that is updated. */
    private FactorModel model(VectorModel of, Matrix users, Matrix items, ModelInfo info) {
        return new FactorModel(users, items, of.users(), of.items(), of.trained(), of.known(), info)
                .withKernels(kernels)
                .withAttributes(model.attributeTables().in(model.users(), model.items(), of.users(), of.items()));
    }

    private ModelInfo info(ModelInfo trained, int newPairs) {
        Provenance before = model.info().provenance();
        UpdateProvenance update = new UpdateProvenance(
                Objects.requireNonNullElse(before.data().hash(), ""),
                merged.name(),
                newPairs,
                options.epochs(),
                options.learningRate(),
                options.foldSteps());
        return new ModelInfo(
                model.name(),
                model.info().config(),
                before.with(trained.provenance()).with(update));
    }
}
