package org.mineral.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.loss.Loss;
import org.mineral.loss.Term;
import org.mineral.model.FactorModel;

/** One training run: epochs of steps, validation between them, the best weights kept. */
final class Run {

    private static final int VALIDATION_DEPTH = 20;

    private final Dataset data;
    private final Interactions train;
    private final Loss loss;
    private TrainOptions options;
    private final float[] layerWeights;
    private final Workers workers;
    private final Kernels kernels;
    private final TrainListener listener;
    private final @Nullable Starts starts;
    private final @Nullable Checkpoints checkpoints;
    private final Map<String, Object> facts;
    private final SplitMix random;
    private final int[] order;
    private long started = System.nanoTime();
    private final List<Epoch> curve = new ArrayList<>();
    private double best = Double.NEGATIVE_INFINITY;
    private int bestEpoch;
    private Matrix @Nullable [] bestWeights;
    private @Nullable Averaging averaging;

    Run(
            Dataset data,
            Loss loss,
            TrainOptions options,
            Workers workers,
            Kernels kernels,
            TrainListener listener,
            @Nullable Starts starts,
            @Nullable Checkpoints checkpoints,
            Map<String, Object> facts) {
        this.data = data;
        this.train = data.train();
        this.loss = loss;
        this.options = CostModel.choose(train, loss, options);
        this.layerWeights = LayerWeights.of(options.layers(), options.layerWeights());
        this.workers = workers;
        this.kernels = kernels;
        this.listener = listener;
        this.starts = starts;
        this.checkpoints = checkpoints;
        this.facts = facts;
        this.random = new SplitMix(this.options.seed());
        this.order = IntStream.range(0, train.users())
                .filter(u -> train.count(u) > 0)
                .toArray();
        if (options.temperatureRule() == TrainOptions.TemperatureRule.CLOSED_FORM
                && options.start() != TrainOptions.Start.SPECTRAL) {
            throw new InputException(
                    "temperature_rule=closed-form reads the cosines of the spectral start; a random one"
                            + " has none. Leave start at spectral, or give a temperature.");
        }
        if (train.size() == 0) {
            throw new InputException(data.name() + " has no training interactions; there is nothing to learn from.");
        }
    }

    TrainResult train() {
        Objective objective = Objective.of(loss, options);
        CandidateSampler sampler = CandidateSampler.of(
                objective.candidates(), train, options.correction() == TrainOptions.Correction.IMPORTANCE);
        int draws = sampler.capacity(Math.min(options.blockSize(), order.length));
        Plan plan = Plan.of(data, objective, options, order.length, draws, workers, kernels);
        listener.plan(plan);
        Map<String, String> identity = identity();
        Optional<Checkpoints.Found> found =
                checkpoints == null ? Optional.empty() : checkpoints.find(identity, listener);
        boolean readsStart = options.temperatureRule() == TrainOptions.TemperatureRule.CLOSED_FORM;
        Matrix[] start = found.isPresent() && !readsStart ? zeros() : start();
        if (readsStart && objective.cosine() && objective.tempered()) {
            Kernels plain = KernelProvider.scalar();
            options = options.withTemperature(ClosedForm.temperature(train, start[0], start[1], plain));
            objective = Objective.of(loss, options);
        }
        boolean follows = options.history() > 0;
        if (follows) {
            History.clear(start[0], train);
        }
        int d = options.dimension();
        boolean biased = options.itemBias();
        if (biased) {
            ItemBias.clear(start);
        }
        Propagation propagation =
                options.layers() == 0 ? null : new Propagation(train, start, layerWeights, options, workers, kernels);
        Embeddings items = embeddings(
                start[1],
                objective,
                null,
                propagation == null ? null : propagation.items(),
                biased ? ItemBias.ofItems(d, objective.temperature()) : null);
        History history = follows ? new History(train, items, options, kernels) : null;
        Embeddings users = embeddings(
                start[0],
                objective,
                history,
                propagation == null ? null : propagation.users(),
                biased ? ItemBias.ofUsers(d) : null);
        BlockEngine engine = new BlockEngine(objective, options, users, items, train, workers, kernels);
        if (options.averaging() > 0) {
            averaging = new Averaging(users, items, options.averaging(), workers);
        }
        found.ifPresent(checkpoint -> resume(checkpoint, users, items));
        boolean finished = false;
        int last = options.stopAfter() > 0 ? Math.min(options.stopAfter(), options.epochs()) : options.epochs();
        for (int epoch = curve.size() + 1; epoch <= last && !finished; epoch++) {
            shuffle();
            finished = finished(epoch, epoch(epoch, engine, sampler), users, items);
            if (checkpoints != null && !finished && epoch < last) {
                checkpoints.keep(epoch, identity, state -> state(state, users, items), listener);
            }
        }
        if (bestWeights == null) {
            bestEpoch = curve.size();
        }
        Matrix[] weights = bestWeights == null ? weights(users, items) : bestWeights;
        return new TrainResult(model(weights, data.seen()), List.copyOf(curve), bestEpoch, seconds(), plan);
    }

    private Embeddings embeddings(
            Matrix start,
            Objective objective,
            @Nullable History history,
            Propagation.@Nullable Side source,
            @Nullable ItemBias bias) {
        Matrix rows = source == null ? start : source.embeddings();
        return new Embeddings(rows, objective.cosine(), options, kernels, history, source, bias);
    }

    /**
     * Names everything that an epoch changes and the next one reads, to be kept in checkpoints. Whatever gives a run more to
     * remember names it here, or in its own {@code state} that is called from here.
     */
    private void state(State state, Embeddings users, Embeddings items) {
        if (items.propagation() != null) {
            items.propagation().state(state.under("propagation"));
        }
        items.state(state.under("items"));
        users.state(state.under("users"));
        if (averaging != null) {
            averaging.state(state.under("averaging"));
        }
        random.state(state.under("random"));
        state.ints("order", order);
        started = System.nanoTime() - state.number("nanoseconds", System.nanoTime() - started);
        Epoch.state(curve, options.epochs(), state.under("curve"));
        best = state.real("best", best);
        bestEpoch = (int) state.number("best_epoch", bestEpoch);
        if (state.number("best_weights", bestWeights == null ? 0 : 1) == 1) {
            bestWeights = bestWeights == null ? zeros() : bestWeights;
            state.floats("best_users", bestWeights[0].values());
            state.floats("best_items", bestWeights[1].values());
        }
    }

    private void resume(Checkpoints.Found checkpoint, Embeddings users, Embeddings items) {
        checkpoint.restore(state -> state(state, users, items));
        listener.resumed(curve.get(curve.size() - 1), checkpoint.file());
    }

    /** What a checkpoint has to agree on with this run: all that its bits depend on, before anything is read of the data. */
    private Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(RunInfo.settings(loss, options));
        RunInfo.of(loss, options, data, kernels, Map.of())
                .provenance()
                .forEach((name, value) -> identity.put(name, String.valueOf(value)));
        identity.remove("data");
        return identity;
    }

    private Matrix[] zeros() {
        int d = options.dimension();
        return new Matrix[] {new Matrix(train.users(), d), new Matrix(train.items(), d)};
    }

    private Matrix[] start() {
        int d = options.dimension();
        if (options.start() == TrainOptions.Start.SPECTRAL) {
            return starts == null
                    ? SpectralStart.embeddings(train, d, options.seed(), workers, kernels)
                    : starts.spectral(train, d, options.seed(), workers, kernels);
        }
        double deviation = SpectralStart.MEAN_NORM / Math.sqrt(d);
        return new Matrix[] {
            SpectralStart.random(train.users(), d, deviation, options.seed() + 1),
            SpectralStart.random(train.items(), d, deviation, options.seed() + 2)
        };
    }

    /** One pass over the users; returns the mean loss. */
    private double epoch(int epoch, BlockEngine engine, CandidateSampler sampler) {
        int size = options.blockSize();
        int steps = (order.length + size - 1) / size;
        double total = 0;
        for (int s = 0; s < steps; s++) {
            int[] block = Arrays.copyOfRange(order, s * size, Math.min(order.length, (s + 1) * size));
            double share = ((epoch - 1.0) * steps + s) / ((double) options.epochs() * steps);
            double rate = options.learningRate() * options.schedule().factor(share);
            Candidates candidates = sampler.draw(block, options.seed(), (epoch - 1L) * steps + s);
            total += engine.step(block, candidates, rate, random.nextLong()) * block.length;
            if (averaging != null) {
                averaging.after(s, steps);
            }
            listener.progress(share + 1.0 / (options.epochs() * (double) steps));
        }
        return total / order.length;
    }

    /** Writes the epoch down; true if the run should end. */
    private boolean finished(int epoch, double mean, Embeddings users, Embeddings items) {
        if (!Double.isFinite(mean)) {
            throw new DivergedException("the loss became " + mean + " in epoch " + epoch + " of " + options.epochs()
                    + " with learning_rate " + options.learningRate() + ". Lower learning_rate or raise temperature.");
        }
        double validation = Double.NaN;
        if (data.valid().size() > 0) {
            Matrix[] weights = weights(users, items);
            validation = validate(weights);
            if (validation > best) {
                best = validation;
                bestEpoch = epoch;
                bestWeights = weights;
            }
        }
        Epoch entry = new Epoch(epoch, options.epochs(), mean, seconds(), validation);
        curve.add(entry);
        listener.model(epoch, () -> model(weights(users, items), train));
        boolean goOn = listener.epoch(entry);
        return !goOn || bestWeights != null && epoch - bestEpoch >= options.patience();
    }

    /** What the run has come to. */
    private Matrix[] weights(Embeddings users, Embeddings items) {
        Matrix[] weights = averaging == null ? new Matrix[] {users.snapshot(), items.snapshot()} : averaging.snapshot();
        if (options.itemBias() && Objective.of(loss, options).term().kind() == Term.Kind.EXP) {
            ItemBias.centre(weights[1]);
        }
        return weights;
    }

    private double validate(Matrix[] weights) {
        return Evaluator.at(VALIDATION_DEPTH)
                .evaluate(model(weights, train), data.valid(), train, null, workers)
                .metric("NDCG@" + VALIDATION_DEPTH);
    }

    private FactorModel model(Matrix[] weights, Interactions seen) {
        return new FactorModel(
                weights[0],
                weights[1],
                data.users(),
                data.items(),
                seen,
                RunInfo.of(loss, options, data, kernels, facts));
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
