package org.mineral.tune.search;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.provenance.Provenance;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;
import org.mineral.tune.preset.SavedPreset;

/**
 * Searches the settings of models on validation data: what {@code train} would choose, points of a {@link Space}, successive {@link Halving}, equal budgets for each model.
 * The best is trained again on train and validation data and evaluated once on the test part. Trials run one after another,
 * because a training uses all threads. Each rung trains from the start over its whole schedule; the spectral start is
 * computed once.
 *
 * <pre>{@code
 * Tuning.Outcome outcome = Tuning.of(data)
 *         .losses(List.of("mine+", "softmax"))
 *         .budget(SearchBudget.points(27))
 *         .run();
 * }</pre>
 *
 * <p>A builder: each method changes this search and returns it. Nothing is checked before {@link #check} or {@link #run}. Not thread-safe.
 */
public final class Tuning {

    /** Points of a search for which nothing is said. */
    public static final int DEFAULT_POINTS = 27;

    public static final int DEFAULT_EPOCHS = 27;

    private static final long DEFAULT_SEED = 42;
    private static final int MOST_EPOCHS = 100_000;

    /**
     * The outcome of a search.
     *
     * @param model null if every trial failed
     */
    public record Outcome(TuningResult result, @Nullable Model model) {}

    final Dataset data;
    List<ModelSpec> models = List.of(ModelSpec.of(ModelSpec.DEFAULT));
    SearchBudget budget = SearchBudget.points(DEFAULT_POINTS);
    int epochs = DEFAULT_EPOCHS;
    Map<String, String> settings = Map.of();
    long seed = DEFAULT_SEED;
    int threads = Runtime.getRuntime().availableProcessors();

    @Nullable
    Path trials;

    private @Nullable SelectionProtocol selection;

    Provenance provenance = Provenance.NONE;
    ComparisonListener listener = ComparisonListener.NONE;

    private Tuning(Dataset data) {
        this.data = data;
    }

    /**
     * A search for settings of {@code mine+}, 27 points on all processors.
     *
     * @param data missing parts are split off, see {@link org.mineral.tune.compare.DataProtocol}
     */
    public static Tuning of(Dataset data) {
        return new Tuning(data).losses(List.of(ModelSpec.of(ModelSpec.DEFAULT).loss()));
    }

    /** Matrix factorisation with each of these losses. */
    public Tuning losses(List<String> losses) {
        return models(ModelSpec.ofLosses(losses));
    }

    /** Losses, or algorithms with fixed settings, which are not tuned. */
    public Tuning models(List<ModelSpec> models) {
        this.models = models.stream().distinct().toList();
        return this;
    }

    /** Of all models together. */
    public Tuning budget(SearchBudget budget) {
        this.budget = budget;
        return this;
    }

    /** Of the highest rung; the rungs below have a third each. */
    public Tuning epochs(int epochs) {
        this.epochs = epochs;
        return this;
    }

    /** Settings for all trials, not tuned, by public name. */
    public Tuning settings(Map<String, String> settings) {
        this.settings = new LinkedHashMap<>(settings);
        return this;
    }

    /** Of the division, the points and the trainings. */
    public Tuning seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** Number of threads; the default is one for each processor. Results do not depend on it. */
    public Tuning threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** A file of finished trials, JSON lines; these are not run again. Null: none. */
    public Tuning trials(@Nullable Path trials) {
        this.trials = trials;
        return this;
    }

    /**
     * How epochs and settings are chosen. Without a word each model begins with what {@code train} would choose, which a short search finds, unless
     * settings say how to begin ({@link SelectionProtocol#byDefault}). A preset is the first point of the losses it covers. Retraining is part of tuning.
     */
    public Tuning selection(SelectionProtocol selection) {
        this.selection = selection;
        return this;
    }

    /** For the provenance of the resulting model. */
    public Tuning provenance(Provenance provenance) {
        this.provenance = provenance;
        return this;
    }

    public Tuning listener(ComparisonListener listener) {
        this.listener = listener;
        return this;
    }

    SelectionProtocol selection() {
        return selection == null ? SelectionProtocol.byDefault(settings.keySet()) : selection;
    }

    /**
     * Checks everything but the data.
     *
     * @throws InputException for an unknown name, a value out of range, or if nothing is left to tune
     */
    public Tuning check() {
        if (models.isEmpty() || epochs < 1 || epochs > MOST_EPOCHS) {
            throw new InputException(
                    models.size() + " models, " + epochs + " epochs; allowed: a model or more, 1 to 100000 epochs.");
        }
        check(models, settings, seed);
        Preset preset = selection().preset();
        if (preset != null) {
            Presets.check(preset, models.stream().map(Preset::key).toList());
        }
        return this;
    }

    /**
     * Checks models and settings before any data are read.
     *
     * @throws InputException if a setting is unknown or out of range, or nothing is left to tune
     */
    public static void check(List<ModelSpec> models, Map<String, String> settings, long seed) {
        ComparedModel.check(settings, models);
        ComparedModel.named(models).forEach((name, spec) -> {
            ComparedModel.of(name, spec, settings, seed);
            Space.of(name, spec, settings.keySet(), seed);
        });
    }

    /** This search as data, for presets. */
    public SavedPreset.Search search() {
        return new SavedPreset.Search(
                data.name(),
                models.stream().map(ModelSpec::toString).toList(),
                budget.points(),
                budget.minutes(),
                epochs,
                settings,
                Names.kebab(selection().heldOut()),
                seed);
    }

    /** @throws InputException as {@link #check}, if there are too few data to split, or the trials file belongs to something else */
    public Outcome run() {
        check();
        return new RunningTuning(this).outcome();
    }
}
