package org.mineral.recipe;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.data.rows.ReadOptions;
import org.mineral.model.Model;
import org.mineral.model.provenance.SelectionProvenance;
import org.mineral.model.provenance.TrainerProvenance;
import org.mineral.tune.auto.DefaultSearch;
import org.mineral.tune.auto.SearchListener;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.auto.ThoroughSearch;
import org.mineral.tune.compare.PaperProtocol;
import org.mineral.tune.compare.Retraining;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.Preset;

/** A checked {@link TrainingRecipe}, ready for data. Immutable. */
public final class PreparedTraining {

    private static final long DEFAULT_SEED = 42;

    private final ModelSpec spec;

    private final SelectionProtocol protocol;
    private final boolean presetByDefault;
    private final Effort effort;
    private final @Nullable Double minutes;
    private final boolean epochsGiven;
    private final @Nullable String drawn;
    private final TrainingParts parts;
    private final @Nullable Supplier<Model> teacher;
    private final FitContext context;

    /**
     * @param spec the given algorithm and settings
     * @param presetByDefault whether the protocol's preset is the default and was not given
     * @param effort of the search before the training; quick for none
     * @param minutes limit of a thorough search; null for none
     * @param drawn the seed given for an algorithm without random numbers; null if none was
     */
    PreparedTraining(
            ModelSpec spec,
            SelectionProtocol protocol,
            boolean presetByDefault,
            Effort effort,
            @Nullable Double minutes,
            boolean epochsGiven,
            @Nullable String drawn,
            TrainingParts parts,
            @Nullable Supplier<Model> teacher,
            FitContext context) {
        this.spec = spec;
        this.protocol = protocol;
        this.presetByDefault = presetByDefault;
        this.effort = effort;
        this.minutes = minutes;
        this.epochsGiven = epochsGiven;
        this.drawn = drawn;
        this.parts = parts;
        this.teacher = teacher;
        this.context = context;
    }

    /** Options for reading the data: keeps the order of the file (8 bytes for each interaction) only if needed. */
    public ReadOptions readOptions() {
        List<ModelSpec> models = effort == Effort.THOROUGH
                ? Algorithms.names().stream().map(ModelSpec::of).toList()
                : List.of(spec);
        return protocol.readOptions(models, List.of());
    }

    /** Whether the preset {@code auto} is used by default. */
    public boolean presetByDefault() {
        return presetByDefault;
    }

    /** Whether a search measures settings before the training. */
    public boolean searches() {
        return effort != Effort.QUICK;
    }

    /** Trains on data from a path or {@code builtin:tastes}. */
    TrainedModel train(String pathOrBuiltin) {
        return train(Datasets.read(pathOrBuiltin, readOptions()));
    }

    /**
     * Trains.
     *
     * @param read data read with {@link #readOptions}
     * @throws InputException if the data lack what the recipe needs
     * @throws org.mineral.algorithm.DivergedException if the training diverges
     */
    public TrainedModel train(Dataset read) {
        long seed = seed(spec.configured());
        Dataset data = parts.of(read, seed);
        data.report()
                .since(read.report())
                .lines()
                .forEach(line -> context.listener().note("  " + line));
        noteUnread(data);
        SearchReport search = searches() ? search(data) : null;
        ConfiguredAlgorithm<?> algorithm = begun(read, search).configured();
        FitContext run = context.with(parts.provenance()).withTeacher(teacher == null ? null : teacher.get());
        if (!algorithm.has(TrainingRecipe.SEED) && parts.heldOut() != null) {
            run = run.with(TrainerProvenance.NONE.withSeed(seed));
        }
        Preset preset = protocol.preset();
        if (preset != null && algorithm.spec().algorithm().equals(spec.algorithm())) {
            run = run.with(SelectionProvenance.NONE.withPreset(preset.name()));
        }
        if (search != null) {
            run = run.with(SelectionProvenance.NONE.withSearch(search.provenance()));
        }
        Fit<? extends Model> fit = fit(algorithm, data, run);
        Model model = parts.retrain()
                ? Retraining.train(algorithm, fit.bestEpoch(), data, again(run)).model()
                : fit.model();
        return new TrainedModel(model, fit, algorithm, protocol, data, seed, search);
    }

    private void noteUnread(Dataset data) {
        if (data.hasAttributes()
                && effort != Effort.THOROUGH
                && !Algorithms.of(spec.algorithm()).readsAttributes()) {
            context.listener()
                    .note("note: " + spec.algorithm() + " takes no notice of attributes; models that do: "
                            + Algorithms.all().stream()
                                    .filter(Algorithm::readsAttributes)
                                    .map(Algorithm::name)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private Fit<? extends Model> fit(ConfiguredAlgorithm<?> algorithm, Dataset data, FitContext run) {
        if (protocol.optimistic()) {
            return PaperProtocol.train(algorithm, data, run);
        }
        Preset preset = protocol.preset();
        int stop = preset == null || epochsGiven ? 0 : preset.bestEpoch(Preset.key(algorithm.spec()));
        return stop > 0 && data.valid().size() == 0
                ? Retraining.train(algorithm, stop, data, run)
                : algorithm.fit(data, run);
    }

    /** The second training has separate checkpoints. */
    private static FitContext again(FitContext run) {
        Checkpoints kept = run.checkpoints();
        return kept == null ? run : run.withCheckpoints(kept.stage("retrain"));
    }

    private SearchReport search(Dataset data) {
        SearchListener progress = new SearchProgress(context.listener());
        if (effort == Effort.NORMAL) {
            return DefaultSearch.ofAny(spec)
                    .threads(context.threads())
                    .checkpoints(context.checkpoints())
                    .validation(parts.heldOut())
                    .listener(progress)
                    .search(data);
        }
        ThoroughSearch search = ThoroughSearch.of(spec)
                .threads(context.threads())
                .checkpoints(context.checkpoints())
                .validation(parts.heldOut())
                .listener(progress);
        return (minutes == null ? search : search.minutes(minutes)).search(data);
    }

    /** What was given, and before it what the search or the preset says. */
    private ModelSpec begun(Dataset read, @Nullable SearchReport search) {
        Preset preset = protocol.preset();
        if (search == null) {
            return preset == null
                    ? spec
                    : begun(
                            "preset " + preset.name(),
                            new ModelSpec(spec.algorithm(), preset.settings(Preset.key(spec), read.train())));
        }
        search.lines().forEach(context.listener()::note);
        String what = search.algorithm().equals(spec.algorithm()) ? "settings" : "settings of " + search.algorithm();
        return begun(
                preset != null && search.trials().isEmpty() ? "preset " + preset.name() : what,
                new ModelSpec(search.algorithm(), search.settings()));
    }

    /** @param what the beginning comes from, for a note */
    private ModelSpec begun(String what, ModelSpec beginning) {
        context.listener()
                .note(what + ": "
                        + beginning.settings().entrySet().stream()
                                .map(s -> s.getKey() + "=" + s.getValue())
                                .collect(Collectors.joining(" ")));
        return beginning.algorithm().equals(spec.algorithm())
                ? beginning.with(spec.settings())
                : beginning.configured().withKnown(spec.settings()).spec();
    }

    private long seed(ConfiguredAlgorithm<?> algorithm) {
        String text = algorithm.describe().getOrDefault(TrainingRecipe.SEED, drawn);
        try {
            return text == null ? DEFAULT_SEED : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InputException("seed = '" + text + "' is not a whole number.", e);
        }
    }
}
