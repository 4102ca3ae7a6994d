package org.mineral.algorithm.embedding.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.random.Random64;

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
 * <p>Epochs are stepped, validated and kept in checkpoints as the trainer was told; what is waited between them counts nowhere. Not
 * thread-safe. Closing it ends its threads; models stay.
 */
public final class TrainingSession implements AutoCloseable {

    private static final int VALIDATION_DEPTH = 20;

    private final TrainingSetup setup;
    private final Workers workers;
    private final FitListener listener;
    private final TrainingPlan plan;
    private final Map<String, String> identity;
    private final TrainOptions options;
    private final EmbeddingTables tables;
    private final BlockEngine engine;
    private final CandidateSampler sampler;
    private final RunModels models;
    private final Random64 random;
    private final int[] order;
    private final List<Epoch> curve = new ArrayList<>();
    private final BestWeights best = new BestWeights();
    private final Stopwatch stopwatch = new Stopwatch();
    private boolean ended;

    TrainingSession(TrainingSetup setup, Workers workers) {
        this.setup = setup;
        this.workers = workers;
        this.listener = setup.config.listener;
        this.plan = setup.plan();
        listener.plan(plan);
        this.sampler = setup.sampler();
        this.random = new Random64(setup.options.seed());
        this.order = setup.users();
        Targets targets = setup.targets(workers);
        this.identity = setup.identity(targets);
        Optional<Checkpoints.Found> found =
                setup.config.checkpoints.flatMap(checkpoints -> checkpoints.find(identity, listener));
        boolean restored = found.isPresent() && !TemperatureRule.readsStart(setup.options);
        Matrix[] start = restored ? setup.zeros() : start();
        this.options = TemperatureRule.filledIn(setup.options, setup.objective(), setup.train, start);
        if (options.itemBias() && !setup.starts.trained()) {
            BiasColumn.clear(start);
        }
        Objective objective = Objective.of(setup.loss, options);
        this.tables = EmbeddingTables.of(
                setup.train, targets, start, setup.config.layers, objective, options, workers, setup.config.kernels);
        this.engine = new BlockEngine(
                objective, options, tables.users(), tables.items(), targets, workers, setup.config.kernels);
        this.models = new RunModels(setup, options, workers);
        found.ifPresent(this::resume);
        stopwatch.stop();
    }

    private Matrix[] start() {
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
        return !ended && curve.size() < last();
    }

    private int last() {
        return options.stopAfter() > 0 ? Math.min(options.stopAfter(), options.epochs()) : options.epochs();
    }

    /**
     * Runs the next epoch.
     *
     * @throws NoSuchElementException if there is none
     * @throws DivergedException if the loss or the weights leave the finite numbers; then the session is of no more use, and its
     *     checkpoints are deleted
     */
    public Epoch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the run has ended after " + curve.size() + " epochs; take its model");
        }
        stopwatch.start();
        try {
            int number = curve.size() + 1;
            random.shuffle(order);
            finish(number, steps(number));
            setup.config
                    .checkpoints
                    .filter(checkpoints -> hasNext())
                    .ifPresent(checkpoints -> checkpoints.keep(number, identity, this::state, listener));
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
        setup.config.checkpoints.ifPresent(Checkpoints::delete);
        return e;
    }

    /** One pass over the users; returns the mean loss. */
    private double steps(int epoch) {
        int size = options.blockSize();
        int steps = (order.length + size - 1) / size;
        double total = 0;
        for (int s = 0; s < steps; s++) {
            int[] block = Arrays.copyOfRange(order, s * size, Math.min(order.length, (s + 1) * size));
            double share = ((epoch - 1.0) * steps + s) / ((double) options.epochs() * steps);
            double rate = options.learningRate() * options.schedule().factor(share);
            Candidates candidates = sampler.draw(block, options.seed(), (epoch - 1L) * steps + s);
            total += engine.step(block, candidates, rate, random.nextLong()) * block.length;
            tables.after(s, steps);
            listener.progress(share + 1.0 / (options.epochs() * (double) steps));
        }
        return total / order.length;
    }

    /** Validates and writes the epoch down. */
    private void finish(int epoch, double mean) {
        if (!Double.isFinite(mean)) {
            throw new DivergedException("the loss became " + mean + " in epoch " + epoch + " of " + options.epochs()
                    + " with learning_rate " + options.learningRate() + ". Lower learning_rate or raise temperature.");
        }
        double validation = Double.NaN;
        if (setup.valid.size() > 0) {
            Matrix[] vectors = vectors();
            validation = validate(vectors);
            best.offer(epoch, validation, vectors);
        }
        Epoch entry = new Epoch(epoch, options.epochs(), mean, stopwatch.seconds(), validation);
        curve.add(entry);
        listener.model(epoch, () -> models.underway(vectors()));
        boolean goOn = listener.epoch(entry);
        ended = !goOn || best.waited(epoch, options.patience());
    }

    private double validate(Matrix[] vectors) {
        return Evaluator.at(VALIDATION_DEPTH)
                .evaluate(models.underway(vectors), setup.valid, setup.train, null, workers)
                .metric("NDCG@" + VALIDATION_DEPTH);
    }

    private Matrix[] vectors() {
        return models.cleared(tables.weights());
    }

    /**
     * The model that the run has come to: of the epoch that was best on validation data, or of the last where there are none.
     *
     * @throws DivergedException as {@link #next}
     */
    public FactorModel model() {
        try {
            return models.finished(best.weights().orElseGet(this::vectors));
        } catch (DivergedException e) {
            throw ended(e);
        }
    }

    /** {@link #model} and how it came about. */
    public Fit<FactorModel> fit() {
        stopwatch.start();
        FactorModel model = model();
        stopwatch.stop();
        return new Fit<>(model, List.copyOf(curve), best.epoch().orElse(curve.size()), stopwatch.seconds(), plan);
    }

    /**
     * Registers all state that outlives an epoch with the checkpoint. New state must be registered here, or in a {@code state} that is called
     * from here: a resumed run would differ from an uninterrupted one without it.
     */
    private void state(State state) {
        tables.state(state);
        random.state(state.under("random"));
        state.ints("order", order);
        stopwatch.state(state);
        Epoch.state(curve, options.epochs(), state.under("curve"));
        best.state(state, setup::zeros);
    }

    private void resume(Checkpoints.Found checkpoint) {
        checkpoint.restore(this::state);
        listener.resumed(curve.get(curve.size() - 1), checkpoint.file());
    }

    @Override
    public void close() {
        workers.close();
    }

    /** The time that a run itself has taken. */
    private static final class Stopwatch {

        private long taken;
        private long since = System.nanoTime();
        private boolean runs = true;

        void start() {
            since = System.nanoTime();
            runs = true;
        }

        void stop() {
            taken = nanoseconds();
            runs = false;
        }

        void leaveOut(long nanoseconds) {
            taken -= nanoseconds;
        }

        double seconds() {
            return nanoseconds() / 1e9;
        }

        private long nanoseconds() {
            return runs ? taken + System.nanoTime() - since : taken;
        }

        void state(State state) {
            taken = state.number("nanoseconds", nanoseconds());
            since = System.nanoTime();
        }
    }
}
