package org.mineral.algorithm.embedding.training;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;

/**
 * A training run that is taken epoch by epoch: {@link EmbeddingTrainer#session}. {@link EmbeddingTrainer#train} is a loop over one, so both give the
 * same bits.
 *
 * <pre>{@code
 * try (TrainingSession session = trainer.session(data)) {
 *     while (session.hasNext()) {
 *         Epoch epoch = session.next();
 *     }
 *     FactorModel model = session.model();
 * }
 * }</pre>
 *
 * <p>Epochs are run, validated and kept in checkpoints as the trainer is configured; the time between two calls counts nowhere. Not
 * thread-safe. Closing it ends its threads; models stay.
 */
public final class TrainingSession implements AutoCloseable {

    private final Workers workers;
    private final TrainingPlan plan;
    private final EpochLoop<FactorModel> loop;

    TrainingSession(TrainingSetup setup, Workers workers) {
        Stopwatch stopwatch = new Stopwatch();
        TrainingConfig config = setup.config;
        this.workers = workers;
        this.plan = setup.plan();
        config.listener.plan(plan);
        Targets targets = setup.targets(workers);
        EpochLoop.Conditions conditions = new EpochLoop.Conditions(
                workers,
                config.listener,
                config.checkpoints.orElse(null),
                plan,
                setup.identity(targets),
                setup.train,
                setup.valid);
        Optional<Checkpoints.Found> found = conditions.found();
        boolean restored = found.isPresent() && !TemperatureRule.readsStart(setup.options);
        Matrix[] start = restored ? setup.zeros() : start(setup, stopwatch);
        TrainOptions options = TemperatureRule.filledIn(setup.options, setup.objective(), setup.train, start);
        if (options.encoder().itemBias() && !setup.starts.trained()) {
            BiasColumn.clear(start);
        }
        Objective objective = Objective.of(setup.loss, options);
        EmbeddingTables tables = EmbeddingTables.of(
                setup.train, targets, start, setup.layers(), objective, options, workers, config.kernels);
        BlockEngine engine =
                new BlockEngine(objective, options, tables.users(), tables.items(), targets, workers, config.kernels);
        UserRun run = new UserRun(setup, tables, new RunModels(setup, options, workers), setup.users());
        this.loop = new EpochLoop<>(conditions, options, run, engine, setup.sampler(), stopwatch, found);
    }

    private Matrix[] start(TrainingSetup setup, Stopwatch stopwatch) {
        long began = System.nanoTime();
        Matrix[] start = setup.starts.parameters(setup.train, setup.options, workers, setup.config.kernels);
        if (setup.starts.shared()) {
            // The first run computes what the others are given: no run's own time.
            stopwatch.leaveOut(System.nanoTime() - began);
        }
        return start;
    }

    /** What the run will do, and its memory. */
    public TrainingPlan plan() {
        return plan;
    }

    /** Whether there is another epoch: neither has the last one been run, nor has the run ended early. */
    public boolean hasNext() {
        return loop.hasNext();
    }

    /**
     * Runs the next epoch.
     *
     * @throws NoSuchElementException if there is none
     * @throws DivergedException if the loss or the weights leave the finite numbers; then the session is of no more use, and its
     *     checkpoints are deleted
     */
    public Epoch next() {
        return loop.next();
    }

    /**
     * The model that the run has come to: of the epoch that was best on validation data, or of the last where there are none.
     *
     * @throws DivergedException as {@link #next}
     */
    public FactorModel model() {
        return loop.model();
    }

    /** {@link #model} and how it came about. */
    public Fit<FactorModel> fit() {
        return loop.fit();
    }

    @Override
    public void close() {
        workers.close();
    }
}
