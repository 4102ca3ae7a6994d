package org.mineral.algorithm.embedding.training;

import java.util.LinkedHashMap;
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
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Workers;
import org.mineral.loss.Loss;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;

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

    /** On all processors, silently. */
    public EmbeddingTrainer(Loss loss, TrainOptions options) {
        this(new TrainingConfig(loss, options));
    }

    private EmbeddingTrainer(TrainingConfig config) {
        this.config = config;
    }

    private EmbeddingTrainer with(Consumer<TrainingConfig> change) {
        return new EmbeddingTrainer(config.with(change));
    }

    /** A copy that works on this many threads. */
    public EmbeddingTrainer threads(int threads) {
        return with(copy -> copy.threads = threads);
    }

    /**
     * A copy that computes with these kernels, and so do its models. The scalar ones give the same bits on every machine, several
     * times slower.
     */
    public EmbeddingTrainer kernels(Kernels kernels) {
        return with(copy -> copy.kernels = kernels);
    }

    /** A copy that tells this listener how the run goes. */
    public EmbeddingTrainer listener(FitListener listener) {
        return with(copy -> copy.listener = listener);
    }

    /** A copy whose parameters begin here; {@link CachedInit} shares a spectral start among all that are given the same. */
    public EmbeddingTrainer starts(Initializer starts) {
        return with(copy -> copy.starts = starts);
    }

    /** A copy that puts these layers around the parameters. */
    public EmbeddingTrainer layers(ParameterLayers layers) {
        return with(copy -> copy.layers = layers);
    }

    /** A copy that keeps checkpoints, and goes on from the last one if there is one. */
    public EmbeddingTrainer checkpoints(Checkpoints checkpoints) {
        return with(copy -> copy.checkpoints = Optional.of(checkpoints));
    }

    /** A copy that stops early by these interactions, and keeps the epoch that is best on them, instead of the valid part. */
    public EmbeddingTrainer judgedBy(Interactions part) {
        return with(copy -> copy.judged = Optional.of(part));
    }

    /**
     * A copy whose models also learn what this one would recommend: they begin as its nearest model of their dimension
     * ({@code start=spectral}, if it is no narrower than they are), and {@code teacher_items} of each user's list, 10 if they are
     * not set, stand in the user's row and count {@code teacher_weight} each.
     *
     * @param teacher trained on the same data, the validation part included that a run stops by
     */
    public EmbeddingTrainer teacher(Model teacher) {
        return with(copy -> {
                    copy.teacher = Optional.of(teacher);
                    if (copy.options.teacherItems() == 0) {
                        copy.options = copy.options.with("teacher_items", Distillation.ITEMS);
                    }
                })
                .fact("teacher", teacher.info().config());
    }

    /** A copy whose models' provenance says this too. */
    public EmbeddingTrainer fact(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(config.facts);
        more.put(name, value);
        return with(copy -> copy.facts = more);
    }

    /** A copy that ends after so many of the epochs that its schedule is laid out for. */
    public EmbeddingTrainer stopAfter(int epochs) {
        return with(copy -> copy.options = copy.options.with("stop_after", epochs));
    }

    /** {@link #train}, for those who want the model only. */
    public FactorModel fit(Dataset data) {
        return train(data).model();
    }

    /**
     * Trains on {@code data.train()}. If there is a validation part, NDCG@20 on it is taken after every epoch, training
     * stops when it has not risen for {@code patience} epochs, and the best epoch's weights are kept. The test part is
     * not looked at.
     *
     * @throws org.mineral.config.InputException if there is nothing to train on, or the run does not fit into memory
     * @throws DivergedException if the loss or the weights leave the finite numbers
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
     * The same run, to be taken epoch by epoch; it stands at its start, or where its last checkpoint left it. To be closed.
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
     * What {@link #train} would do, and its memory.
     *
     * @throws org.mineral.config.InputException as {@link #train}
     */
    public TrainingPlan plan(Dataset data) {
        return new TrainingSetup(config, data).plan();
    }

    /** What {@code auto} settings stand for with this loss, by public name; with the loss's own parameters. */
    public Map<String, String> settings() {
        return new EmbeddingSettings(config.loss, config.options).describe();
    }
}
