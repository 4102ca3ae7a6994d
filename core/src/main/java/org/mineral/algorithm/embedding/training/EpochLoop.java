package org.mineral.algorithm.embedding.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;
import org.mineral.random.Random64;
import org.mineral.random.Streams;

/**
 * The epochs of a run, one at a time: blocks of rows through the engine, then validation, early stopping, the best weights, and a
 * checkpoint. Knows neither what rows are nor what the model is made of.
 *
 * @param <M> the model
 */
@Internal
public final class EpochLoop<M extends Model> {

    private static final int VALIDATION_DEPTH = 20;

    private final Conditions conditions;
    private final TrainOptions options;
    private final EpochRun<M> run;
    private final BlockEngine engine;
    private final CandidateSampler sampler;
    private final Random64 random;
    private final Stopwatch stopwatch;
    private final List<Epoch> curve = new ArrayList<>();
    private final BestWeights best;
    private boolean ended;

    /**
     * What surrounds a run.
     *
     * @param identity what a checkpoint has to agree on with the run
     * @param train left out of the lists that are validated
     * @param valid what chooses the epoch; may be empty
     */
    public record Conditions(
            Workers workers,
            FitListener listener,
            @Nullable Checkpoints checkpoints,
            Plan plan,
            Map<String, String> identity,
            Interactions train,
            Interactions valid) {

        /** The newest checkpoint of the run. */
        public Optional<Checkpoints.Found> found() {
            return Optional.ofNullable(checkpoints).flatMap(all -> all.find(identity, listener));
        }
    }

    /**
     * @param stopwatch since the run began
     * @param found where the run goes on, if anywhere
     */
    public EpochLoop(
            Conditions conditions,
            TrainOptions options,
            EpochRun<M> run,
            BlockEngine engine,
            CandidateSampler sampler,
            Stopwatch stopwatch,
            Optional<Checkpoints.Found> found) {
        this.conditions = conditions;
        this.options = options;
        this.run = run;
        this.engine = engine;
        this.sampler = sampler;
        this.random = Streams.ofEpochs(options.run().seed());
        this.stopwatch = stopwatch;
        this.best = new BestWeights(run.names());
        found.ifPresent(this::resume);
        stopwatch.stop();
    }

    /** Whether there is another epoch: neither has the last one been run, nor has the run ended early. */
    public boolean hasNext() {
        return !ended && curve.size() < last();
    }

    private int last() {
        return options.optimization().stopAfter() > 0
                ? Math.min(
                        options.optimization().stopAfter(),
                        options.optimization().epochs())
                : options.optimization().epochs();
    }

    /**
     * Runs the next epoch.
     *
     * @throws NoSuchElementException if there is none
     * @throws DivergedException if the loss or the weights leave the finite numbers; then the run is of no more use, and its
     *     checkpoints are deleted
     */
    public Epoch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the run has ended after " + curve.size() + " epochs; take its model");
        }
        stopwatch.start();
        try {
            int number = curve.size() + 1;
            finish(number, steps(number, run.rows(number, random)));
            Checkpoints checkpoints = conditions.checkpoints();
            if (checkpoints != null && hasNext()) {
                checkpoints.keep(number, conditions.identity(), this::state, conditions.listener());
            }
            return curve.get(curve.size() - 1);
        } catch (DivergedException e) {
            throw ended(e);
        } finally {
            stopwatch.stop();
        }
    }

    private DivergedException ended(DivergedException e) {
        ended = true;
        // The same run would come to the same end, and another one is not to be refused for it.
        Checkpoints checkpoints = conditions.checkpoints();
        if (checkpoints != null) {
            checkpoints.delete();
        }
        return e;
    }

    /** One pass over the rows; returns the mean loss. */
    private double steps(int epoch, int[] order) {
        int size = options.optimization().blockSize();
        int steps = (order.length + size - 1) / size;
        double total = 0;
        for (int s = 0; s < steps; s++) {
            int[] block = Arrays.copyOfRange(order, s * size, Math.min(order.length, (s + 1) * size));
            double share = ((epoch - 1.0) * steps + s)
                    / ((double) options.optimization().epochs() * steps);
            double rate = options.optimization().learningRate()
                    * options.optimization().schedule().factor(share);
            Candidates candidates = sampler.draw(block, options.run().seed(), (epoch - 1L) * steps + s);
            total += engine.step(block, candidates, rate, random.nextLong()) * block.length;
            run.after(s, steps);
            conditions.listener().progress(share + 1.0 / (options.optimization().epochs() * (double) steps));
        }
        return total / order.length;
    }

    /** Validates and writes the epoch down. */
    private void finish(int epoch, double mean) {
        DivergedException.finite(
                mean,
                epoch,
                options.optimization().epochs(),
                options.optimization().learningRate());
        double validation = Double.NaN;
        if (conditions.valid().size() > 0) {
            Matrix[] weights = run.weights();
            validation = validate(weights);
            best.offer(epoch, validation, weights);
        }
        Epoch entry = new Epoch(epoch, options.optimization().epochs(), mean, stopwatch.seconds(), validation);
        curve.add(entry);
        conditions.listener().model(epoch, () -> run.underway(run.weights()));
        boolean goOn = conditions.listener().epoch(entry);
        ended = !goOn || best.waited(epoch, options.run().patience());
    }

    private double validate(Matrix[] weights) {
        return Evaluator.at(VALIDATION_DEPTH)
                .evaluate(run.underway(weights), conditions.valid(), conditions.train(), null, conditions.workers())
                .metric("NDCG@" + VALIDATION_DEPTH);
    }

    /**
     * The model that the run has come to: of the epoch that was best on validation data, or of the last where there are none.
     *
     * @throws DivergedException as {@link #next}
     */
    public M model() {
        try {
            return run.finished(best.weights().orElseGet(run::weights));
        } catch (DivergedException e) {
            throw ended(e);
        }
    }

    /** {@link #model} and how it came about. */
    public Fit<M> fit() {
        stopwatch.start();
        M model = model();
        stopwatch.stop();
        return new Fit<>(
                model, List.copyOf(curve), best.epoch().orElse(curve.size()), stopwatch.seconds(), conditions.plan());
    }

    /**
     * Registers all state that outlives an epoch with the checkpoint. New state must be registered here, or in a {@code state} that is called
     * from here: a resumed run would differ from an uninterrupted one without it.
     */
    private void state(State state) {
        run.state(state);
        random.state(state.under("random"));
        stopwatch.state(state);
        Epoch.state(curve, options.optimization().epochs(), state.under("curve"));
        best.state(state, run::zeros);
    }

    private void resume(Checkpoints.Found checkpoint) {
        checkpoint.restore(this::state);
        conditions.listener().resumed(curve.get(curve.size() - 1), checkpoint.file());
    }
}
