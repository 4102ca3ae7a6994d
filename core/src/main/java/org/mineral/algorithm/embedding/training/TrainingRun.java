package org.mineral.algorithm.embedding.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.init.TeacherInit;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.options.TrainingInfo;
import org.mineral.algorithm.embedding.plan.CandidateChoice;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.target.Distillation;
import org.mineral.algorithm.embedding.target.RecencyWeights;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.TemperatureRule;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.State;
import org.mineral.linalg.Workers;
import org.mineral.loss.Loss;
import org.mineral.model.FactorModel;
import org.mineral.model.History;
import org.mineral.model.Model;
import org.mineral.model.Population;
import org.mineral.model.VectorModel;
import org.mineral.random.Random64;

/** One training run: epochs of steps, validation between them, the best weights kept. */
final class TrainingRun {

    private static final int VALIDATION_DEPTH = 20;

    private final Dataset data;
    private final Interactions train;
    private final Interactions valid;
    private final Loss loss;
    private TrainOptions options;
    private final Workers workers;
    private final Kernels kernels;
    private final FitListener listener;
    private final Initializer starts;
    private final ParameterLayers layers;
    private final @Nullable Checkpoints checkpoints;
    private final @Nullable Model teacher;
    private final Map<String, Object> facts;
    private final Targets own;
    private final Random64 random;
    private final int[] order;
    private long started = System.nanoTime();
    private final List<Epoch> curve = new ArrayList<>();
    private final BestWeights best = new BestWeights();

    TrainingRun(TrainingConfig job, Dataset data, Workers workers) {
        this.data = data;
        this.train = data.train();
        this.valid = job.judged == null ? data.valid() : job.judged;
        this.loss = job.loss;
        this.options = CandidateChoice.choose(train, loss, job.options);
        this.workers = workers;
        this.kernels = job.kernels;
        this.listener = job.listener;
        this.layers = job.layers;
        this.checkpoints = job.checkpoints;
        this.teacher = Distillation.teacher(data, job.teacher, this.options.teacherItems());
        VectorModel wide =
                teacher == null ? null : teacher.as(VectorModel.class).orElse(null);
        this.starts = wide != null && TeacherInit.fits(wide, options) ? new TeacherInit(wide) : job.starts;
        this.facts = job.facts;
        this.random = new Random64(this.options.seed());
        this.order = IntStream.range(0, train.users())
                .filter(u -> train.count(u) > 0)
                .toArray();
        this.own = Targets.of(train, RecencyWeights.of(data, options.recency()), options);
        TemperatureRule.check(options);
        if (train.size() == 0) {
            throw new InputException(data.name() + " has no training interactions; there is nothing to learn from.");
        }
    }

    TrainingPlan plan() {
        return plan(Objective.of(loss, options), sampler());
    }

    private TrainingPlan plan(Objective objective, CandidateSampler sampler) {
        int draws = sampler.capacity(Math.min(options.blockSize(), order.length));
        long layerBytes = layers.bytes(train, options.dimension());
        return TrainingPlan.of(data.judgedBy(valid), objective, options, order.length, draws, layerBytes, teacher);
    }

    private CandidateSampler sampler() {
        return CandidateSampler.of(
                Objective.of(loss, options).candidates(),
                train,
                options.correction() == TrainOptions.Correction.IMPORTANCE);
    }

    Fit<FactorModel> train() {
        Objective objective = Objective.of(loss, options);
        CandidateSampler sampler = sampler();
        TrainingPlan plan = plan(objective, sampler);
        listener.plan(plan);
        Targets targets = teacher == null
                ? own
                : Distillation.taught(own, teacher, options.teacherItems(), options.teacherWeight(), workers);
        Map<String, String> identity = identity(targets);
        Optional<Checkpoints.Found> found =
                checkpoints == null ? Optional.empty() : checkpoints.find(identity, listener);
        boolean restored = found.isPresent() && !TemperatureRule.readsStart(options);
        Matrix[] start = restored ? zeros() : start();
        options = TemperatureRule.filledIn(options, objective, train, start);
        objective = Objective.of(loss, options);
        if (options.itemBias() && !starts.trained()) {
            BiasColumn.clear(start);
        }
        EmbeddingTables factors =
                EmbeddingTables.of(train, targets, start, layers, objective, options, workers, kernels);
        BlockEngine engine =
                new BlockEngine(objective, options, factors.users(), factors.items(), targets, workers, kernels);
        found.ifPresent(checkpoint -> resume(checkpoint, factors));
        boolean finished = false;
        int last = options.stopAfter() > 0 ? Math.min(options.stopAfter(), options.epochs()) : options.epochs();
        for (int epoch = curve.size() + 1; epoch <= last && !finished; epoch++) {
            random.shuffle(order);
            double mean = epoch(epoch, engine, sampler, factors);
            finished = finished(epoch, mean, factors);
            if (checkpoints != null && !finished && epoch < last) {
                checkpoints.keep(epoch, identity, state -> state(state, factors), listener);
            }
        }
        Matrix[] kept = best.weights();
        FactorModel model = finished(kept == null ? weights(factors) : kept);
        return new Fit<>(model, List.copyOf(curve), kept == null ? curve.size() : best.epoch(), seconds(), plan);
    }

    /** The model that is handed out: it knows the validation part, too, and has folded in whom only that knows. */
    private FactorModel finished(Matrix[] weights) {
        Population population = Population.of(train, data.seen());
        int[] untrained =
                IntStream.range(0, train.users()).filter(population::foldedIn).toArray();
        if (untrained.length > 0) {
            FoldIn foldIn = FoldIn.of(model(weights, train, train), Objective.of(loss, options), options);
            float[][] vectors = new float[untrained.length][];
            workers.run(
                    untrained.length,
                    (task, worker) -> vectors[task] = foldIn.vector(History.of(population.usable(untrained[task]))));
            for (int k = 0; k < untrained.length; k++) {
                weights[0].setRow(untrained[k], vectors[k]);
            }
        }
        return model(weights, train, data.seen());
    }

    /** Copies of the users' and the items' vectors; zeros where nothing was learnt, which a start vector would hide. */
    private Matrix[] weights(EmbeddingTables factors) {
        Matrix[] weights = factors.weights();
        clear(weights[0], train.userCounts());
        clear(weights[1], train.itemCounts());
        return weights;
    }

    private static void clear(Matrix vectors, int[] interactions) {
        float[] zeros = new float[vectors.columns()];
        for (int row = 0; row < vectors.rows(); row++) {
            if (interactions[row] == 0) {
                vectors.setRow(row, zeros);
            }
        }
    }

    private Matrix[] start() {
        long began = System.nanoTime();
        Matrix[] start = starts.parameters(train, options, workers, kernels);
        if (starts.shared()) {
            // The first run computes what the others are given: no run's own time.
            started += System.nanoTime() - began;
        }
        return start;
    }

    /**
     * Names everything that an epoch changes and the next one reads, to be kept in checkpoints. Whatever gives a run more to
     * remember names it here, or in its own {@code state} that is called from here.
     */
    private void state(State state, EmbeddingTables factors) {
        factors.state(state);
        random.state(state.under("random"));
        state.ints("order", order);
        started = System.nanoTime() - state.number("nanoseconds", System.nanoTime() - started);
        Epoch.state(curve, options.epochs(), state.under("curve"));
        best.state(state, this::zeros);
    }

    private void resume(Checkpoints.Found checkpoint, EmbeddingTables factors) {
        checkpoint.restore(state -> state(state, factors));
        listener.resumed(curve.get(curve.size() - 1), checkpoint.file());
    }

    /** What a checkpoint has to agree on with this run: all that its bits depend on, before anything is read of the data. */
    private Map<String, String> identity(Targets targets) {
        Map<String, String> identity = new LinkedHashMap<>(new EmbeddingSettings(loss, options).describe());
        TrainingInfo.of(loss, options, data, kernels, Map.of())
                .provenance()
                .forEach((name, value) -> identity.put(name, String.valueOf(value)));
        identity.remove("data");
        if (layers != ParameterLayers.NONE) {
            identity.put("layers", layers.getClass().getName());
        }
        if (own.counts() != null) {
            // The hash of the data says nothing of times.
            identity.put("recency of each interaction", String.valueOf(Arrays.hashCode(own.counts())));
        }
        if (teacher != null) {
            identity.put("the teacher's lists", String.valueOf(targets.rows().hashCode()));
        }
        if (valid != data.valid()) {
            identity.put("judged_by", valid.size() + " interactions of another part");
        }
        return identity;
    }

    private Matrix[] zeros() {
        int d = options.dimension();
        return new Matrix[] {new Matrix(train.users(), d), new Matrix(train.items(), d)};
    }

    /** One pass over the users; returns the mean loss. */
    private double epoch(int epoch, BlockEngine engine, CandidateSampler sampler, EmbeddingTables factors) {
        int size = options.blockSize();
        int steps = (order.length + size - 1) / size;
        double total = 0;
        for (int s = 0; s < steps; s++) {
            int[] block = Arrays.copyOfRange(order, s * size, Math.min(order.length, (s + 1) * size));
            double share = ((epoch - 1.0) * steps + s) / ((double) options.epochs() * steps);
            double rate = options.learningRate() * options.schedule().factor(share);
            Candidates candidates = sampler.draw(block, options.seed(), (epoch - 1L) * steps + s);
            total += engine.step(block, candidates, rate, random.nextLong()) * block.length;
            factors.after(s, steps);
            listener.progress(share + 1.0 / (options.epochs() * (double) steps));
        }
        return total / order.length;
    }

    /** Writes the epoch down; true if the run should end. */
    private boolean finished(int epoch, double mean, EmbeddingTables factors) {
        if (!Double.isFinite(mean)) {
            throw new DivergedException("the loss became " + mean + " in epoch " + epoch + " of " + options.epochs()
                    + " with learning_rate " + options.learningRate() + ". Lower learning_rate or raise temperature.");
        }
        double validation = Double.NaN;
        if (valid.size() > 0) {
            Matrix[] weights = weights(factors);
            validation = validate(weights);
            best.offer(epoch, validation, weights);
        }
        Epoch entry = new Epoch(epoch, options.epochs(), mean, seconds(), validation);
        curve.add(entry);
        listener.model(epoch, () -> model(weights(factors), train, train));
        boolean goOn = listener.epoch(entry);
        return !goOn || best.waited(epoch, options.patience());
    }

    private double validate(Matrix[] weights) {
        return Evaluator.at(VALIDATION_DEPTH)
                .evaluate(model(weights, train, train), valid, train, null, workers)
                .metric("NDCG@" + VALIDATION_DEPTH);
    }

    private FactorModel model(Matrix[] weights, Interactions trained, Interactions known) {
        return new FactorModel(
                        weights[0],
                        weights[1],
                        data.users(),
                        data.items(),
                        trained,
                        known,
                        TrainingInfo.of(loss, options, data, kernels, facts))
                .withKernels(kernels);
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
