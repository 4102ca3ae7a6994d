package org.mineral.algorithm.sequence;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.SharedWork;
import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.encoder.LayerContext;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.foldin.UntakenItems;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.CandidateChoice;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.algorithm.embedding.training.EpochLoop;
import org.mineral.algorithm.embedding.training.Stopwatch;
import org.mineral.candidate.CandidateSampler;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.TrainerProvenance;

/** A training run over sequences: checked, planned, put together. */
final class SequenceTraining {

    private final Dataset data;
    private final SequenceSettings settings;
    private final FitContext context;
    private final Interactions train;
    private final Interactions valid;
    private final TrainOptions options;
    private final Objective objective;

    /** Of the training part; sorted when they are first needed, which a plan does without. */
    private @Nullable Sequences sequences;

    /** @throws InputException if the data have no order, or nothing stands before anything in them */
    SequenceTraining(Dataset data, SequenceSettings settings, FitContext context) {
        context.refuseTeacher(SequenceModel.NAME);
        FitContext.refuseNothingToLearn(data);
        this.data = data;
        this.context = context;
        this.train = data.train();
        Interactions judged = context.judgedBy();
        this.valid = judged == null ? data.valid() : judged;
        Sequences.ordered(data.name(), data.events());
        if (Contexts.count(train) == 0) {
            throw new InputException(data.name()
                    + " has no user with two training interactions, so that nothing comes after anything; there is nothing to"
                    + " learn from.");
        }
        int rows = Contexts.count(train, settings.rows());
        this.options = CandidateChoice.choose(rows, train.items(), settings.loss(), settings.options());
        this.settings = new SequenceSettings(settings.loss(), options, settings.rows());
        this.objective = this.settings.objective();
    }

    TrainingPlan plan() {
        return plan(Contexts.count(train, settings.rows()));
    }

    /** @param rows of an epoch */
    private TrainingPlan plan(int rows) {
        int draws = objective.candidates().equals("all")
                ? train.items()
                : sampler(rows()).capacity(Math.min(options.optimization().blockSize(), rows));
        return SequencePlan.of(data.judgedBy(valid), settings, rows, draws);
    }

    private Sequences sequences() {
        Sequences sorted = sequences;
        if (sorted == null) {
            sorted = Sequences.of(data.name(), train, data.events());
            sequences = sorted;
        }
        return sorted;
    }

    private Contexts rows() {
        return new Contexts(
                sequences(),
                settings.rows(),
                options.objective().userWeight(),
                options.objective().candidateWeight());
    }

    private CandidateSampler sampler(Contexts rows) {
        boolean importance = options.objective().correction() == TrainOptions.Correction.IMPORTANCE;
        boolean all = objective.candidates().equals("all");
        CandidateSampler sampler =
                CandidateSampler.of(objective.candidates(), all ? train : rows.nextItems(), importance);
        // What nobody took is not to be pushed away from everybody, and its attributes with it.
        return attributes() == ParameterLayers.NONE ? sampler : sampler.ofTrained();
    }

    private ParameterLayers attributes() {
        return AttributeLayers.ofItems(data, options);
    }

    /** Trains on all places, from a start of its own. */
    Fit<SequenceModel> run() {
        return run(null, null);
    }

    /**
     * Trains.
     *
     * @param warm Q, P and W to begin with; null for a start of its own
     * @param order the rows of each epoch; null for those of the settings
     */
    Fit<SequenceModel> run(Matrix @Nullable [] warm, SequenceRun.@Nullable RowOrder order) {
        Stopwatch stopwatch = new Stopwatch();
        TrainingPlan plan = order == null ? plan() : plan(order.perEpoch());
        context.listener().plan(plan);
        if (!data.userAttributes().isEmpty()) {
            context.listener().note("note: " + SequenceModel.NAME + " takes no notice of attributes of users");
        }
        try (Workers workers = new Workers(context.threads())) {
            EpochLoop.Conditions conditions = new EpochLoop.Conditions(
                    workers, context.listener(), context.checkpoints(), plan, identity(), train, valid);
            Optional<Checkpoints.Found> found = conditions.found();
            Matrix[] start = warm != null ? warm : found.isPresent() ? zeros() : start(workers, stopwatch);
            EpochLoop<SequenceModel> loop = loop(conditions, start, order, stopwatch, found);
            while (loop.hasNext()) {
                loop.next();
            }
            return loop.fit();
        }
    }

    /** Q, P and W to be overwritten. */
    private Matrix[] zeros() {
        return new Matrix[] {
            new Matrix(train.items(), options.encoder().dimension()),
            new Matrix(train.items(), options.encoder().dimension()),
            weights()
        };
    }

    /** Q begins as what stands near each other in sequences, and so does P, unless it is what is learnt beside Q. */
    private Matrix[] start(Workers workers, Stopwatch stopwatch) {
        double decay = settings.rows().positionDecay();
        SharedWork shared = context.shared();
        Matrix items;
        if (shared == null) {
            items = SequenceStart.items(sequences(), decay, options, workers, context.kernels());
        } else {
            // The first run computes what the others are given: no run's own time.
            long began = System.nanoTime();
            items = shared.of(SequenceStart.class, SequenceStart::new)
                    .shared(sequences(), decay, options, workers, context.kernels());
            stopwatch.leaveOut(System.nanoTime() - began);
        }
        if (options.encoder().itemBias()) {
            BiasColumn.clear(items);
        }
        boolean beside = settings.rows().shared() > 0;
        Matrix own = beside ? new Matrix(items.rows(), items.columns()) : items.copy();
        return new Matrix[] {items, own, weights()};
    }

    private Matrix weights() {
        return HistorySum.start(
                settings.rows().positions(),
                options.encoder().dimension(),
                settings.rows().positionDecay());
    }

    private EpochLoop<SequenceModel> loop(
            EpochLoop.Conditions conditions,
            Matrix[] start,
            SequenceRun.@Nullable RowOrder order,
            Stopwatch stopwatch,
            Optional<Checkpoints.Found> found) {
        Kernels kernels = context.kernels();
        Workers workers = conditions.workers();
        Contexts rows = rows();
        CandidateSampler sampler = sampler(rows);
        ParameterLayers attributes = attributes();
        LayerContext layers = new LayerContext(options, workers, kernels);
        Encoder items = Encoders.items(start[0], own -> attributes.items(own, train, layers), objective, layers);
        Encoder contexts = new ContextEncoder(
                rows,
                settings.rows(),
                options,
                start[1],
                start[2],
                items,
                Math.min(options.optimization().blockSize(), Contexts.count(train, settings.rows())),
                sampler.exact(),
                workers,
                kernels);
        Encoder scored = Encoders.scoredUsers(contexts, objective, options, kernels);
        BlockEngine engine = new BlockEngine(objective, options, scored, items, rows, workers, kernels);
        SequenceRun run = new SequenceRun(
                data,
                sequences(),
                order == null ? rows : order,
                contexts,
                items,
                start[1],
                start[2],
                attributes.tables(),
                new UntakenItems(
                        train.itemCounts(),
                        attributes == ParameterLayers.NONE ? Attributes.none(train.items()) : data.itemAttributes(),
                        options),
                settings,
                info(),
                kernels);
        return new EpochLoop<>(conditions, options, run, engine, sampler, stopwatch, found);
    }

    private ModelInfo info() {
        return context.with(TrainerProvenance.NONE.withSeed(options.run().seed()))
                .info(SequenceModel.NAME, settings.describe(), data);
    }

    /** What a checkpoint has to agree on with this run: all that its bits depend on. */
    private Map<String, String> identity() {
        Map<String, String> identity = new LinkedHashMap<>(settings.describe());
        identity.putAll(info().provenance().identity());
        // The hash of the data says nothing of their order.
        identity.put(
                "order of the sequences",
                String.valueOf(Arrays.hashCode(sequences().items())));
        identity.putAll(AttributeLayers.identity(data, settings.options()));
        if (valid != data.valid()) {
            identity.put("judged_by", valid.size() + " interactions of another part");
        }
        return identity;
    }
}
