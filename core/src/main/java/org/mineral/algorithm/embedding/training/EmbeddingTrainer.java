package org.mineral.algorithm.embedding.training;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.init.CachedInit;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.target.Distillation;
import org.mineral.config.Internal;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;
import org.mineral.loss.row.Loss;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.ProvenancePart;
import org.mineral.model.provenance.TrainerProvenance;

/**
 * Trains matrix factorisation with any loss. Immutable; the {@code with}-like methods give changed copies.
 *
 * <pre>{@code
 * FactorModel model = new EmbeddingTrainer(Losses.minePlus(1.2), TrainOptions.defaults()).fit(data);
 * }</pre>
 *
 * <p>The same data, options and seed give the same model, bit for bit, with any number of threads on the same kernel.
 */
public final class EmbeddingTrainer {

    private final TrainingConfig config;

    /** On all processors, without messages. */
    public EmbeddingTrainer(Loss loss, TrainOptions options) {
        this(new TrainingConfig(loss, options));
    }

    private EmbeddingTrainer(TrainingConfig config) {
        this.config = config;
    }

    private EmbeddingTrainer with(Consumer<TrainingConfig> change) {
        return new EmbeddingTrainer(config.with(change));
    }

    /** A copy with this number of threads. */
    public EmbeddingTrainer threads(int threads) {
        return with(copy -> copy.threads = threads);
    }

    /**
     * A copy with these kernels for training and models. The scalar ones give the same bits on every machine, several times slower.
     */
    public EmbeddingTrainer kernels(Kernels kernels) {
        return with(copy -> copy.kernels = kernels);
    }

    /** A copy that reports progress to this listener. */
    public EmbeddingTrainer listener(FitListener listener) {
        return with(copy -> copy.listener = listener);
    }

    /** A copy with this initializer; a {@link CachedInit} shares a spectral start among several trainers. */
    @Internal
    public EmbeddingTrainer starts(Initializer starts) {
        return with(copy -> copy.starts = starts);
    }

    /** A copy that puts these layers around the parameters. */
    public EmbeddingTrainer layers(ParameterLayers layers) {
        return with(copy -> copy.layers = layers);
    }

    /** A copy that writes checkpoints, and resumes from the last one if there is one. */
    public EmbeddingTrainer checkpoints(Checkpoints checkpoints) {
        return with(copy -> copy.checkpoints = Optional.of(checkpoints));
    }

    /** A copy that uses these interactions instead of the valid part for early stopping and the best epoch. */
    public EmbeddingTrainer judgedBy(Interactions part) {
        return with(copy -> copy.judged = Optional.of(part));
    }

    /**
     * A copy whose models also learn this model's lists: they start as its best approximation of their dimension
     * ({@code start=spectral}, if it is no narrower than they are), and the top {@code teacher_items} of each user's list (default 10) are
     * added to the user's positives with weight {@code teacher_weight}.
     *
     * @param teacher trained on the same data with the same validation part
     */
    public EmbeddingTrainer teacher(Model teacher) {
        return with(copy -> {
                    copy.teacher = Optional.of(teacher);
                    if (copy.options.objective().teacherItems() == 0) {
                        copy.options = copy.options.with("teacher_items", Distillation.ITEMS);
                    }
                })
                .with(TrainerProvenance.NONE.withTeacher(teacher.info().config()));
    }

    /** A copy with what a part says, added to the provenance of its models. */
    public EmbeddingTrainer with(ProvenancePart part) {
        return provenance(config.provenance.with(part));
    }

    /** A copy with this provenance of its models, to which it adds what it knows itself. */
    public EmbeddingTrainer provenance(Provenance provenance) {
        return with(copy -> copy.provenance = provenance);
    }

    /** A copy that stops after this many epochs of its schedule. */
    public EmbeddingTrainer stopAfter(int epochs) {
        return with(copy -> copy.options = copy.options.with("stop_after", epochs));
    }

    /** The model of {@link #train}. */
    public FactorModel fit(Dataset data) {
        return train(data).model();
    }

    /**
     * Trains on {@code data.train()}. If there is a validation part, NDCG@20 on it is taken after every epoch, training
     * stops when it has not risen for {@code patience} epochs, and the best epoch's weights are kept. The test part is not used.
     *
     * @throws org.mineral.config.InputException if there is nothing to train on, or the run does not fit into memory
     * @throws DivergedException if the loss or the weights become infinite or NaN
     */
    public Fit<FactorModel> train(Dataset data) {
        try (TrainingSession session = session(data)) {
            while (session.hasNext()) {
                session.next();
            }
            return session.fit();
        }
    }

    /**
     * The same run, epoch by epoch, from its start or its last checkpoint. Must be closed.
     *
     * @throws org.mineral.config.InputException as {@link #train}
     */
    public TrainingSession session(Dataset data) {
        TrainingSetup setup = new TrainingSetup(config, data);
        Workers workers = new Workers(config.threads);
        try {
            return new TrainingSession(setup, workers);
        } catch (RuntimeException | Error e) {
            workers.close();
            throw e;
        }
    }

    /**
     * The work and memory of {@link #train}.
     *
     * @throws org.mineral.config.InputException as {@link #train}
     */
    public TrainingPlan plan(Dataset data) {
        return new TrainingSetup(config, data).plan();
    }

    /** All settings by public name, with {@code auto} resolved for this loss. */
    public Map<String, String> settings() {
        return new EmbeddingSettings(config.loss, config.options).describe();
    }
}
