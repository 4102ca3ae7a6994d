package org.mineral.tune.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.loss.Losses;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;

/**
 * Compares models on the same data. Each has a search for its settings of its own, all within the same limit, begins where {@code train} begins, and
 * is measured once on the test part, which no choice looks at. With a {@link #budget} there is no search: each model is trained with its defaults
 * and the settings that are given, and measured with the weights that were best on the validation part.
 *
 * <pre>{@code
 * ComparisonResult result = Comparison.of(Datasets.read("interactions.csv"))
 *         .losses(List.of("mine+", "softmax", "bpr"))
 *         .run();
 * }</pre>
 *
 * <p>Unless the budget is a time, the same data and seed give the same metrics, bit for bit, for any number of threads.
 *
 * <p>A builder: each method changes this comparison and returns it. Nothing is checked before {@link #check} or {@link #run}. Not thread-safe.
 */
public final class Comparison {

    public static final Budget DEFAULT_BUDGET = Budget.epochs(10);
    public static final long DEFAULT_SEED = 42;
    private static final int MOST_SEEDS = 100;

    final Dataset data;
    DataSource source;
    private @Nullable List<ModelSpec> models;
    private @Nullable Budget budget;
    Map<String, String> settings = Map.of();
    List<Long> seeds = List.of(DEFAULT_SEED);
    int threads = Runtime.getRuntime().availableProcessors();
    boolean information;
    private @Nullable SelectionProtocol selection;

    @Nullable
    Path trainings;

    ComparisonListener listener = ComparisonListener.NONE;

    private Comparison(Dataset data) {
        this.data = data;
        this.source = DataSource.of(data.name());
    }

    /**
     * Every loss of {@link Losses#compared} and beside them {@code item-knn}, with attributes of items {@code hybrid-knn}, and, where its matrix of
     * all items is not too large, {@code ease}; all processors.
     *
     * @param data missing parts are split off, see {@link DataProtocol}. If it has attributes, one model of each algorithm that learns from them is
     *     compared without them too
     */
    public static Comparison of(Dataset data) {
        return new Comparison(data);
    }

    public Comparison source(String source) {
        return source(DataSource.of(source));
    }

    /** The data as a user names them. */
    public Comparison source(DataSource source) {
        this.source = source;
        return this;
    }

    /** Matrix factorisation with each of these losses. */
    public Comparison losses(List<String> losses) {
        return models(ModelSpec.ofLosses(losses));
    }

    /**
     * Losses or algorithms with settings of their own. Popularity, the lower reference of every comparison, and the planted truth of generated
     * data, the upper one, are added by themselves.
     */
    public Comparison models(List<ModelSpec> models) {
        this.models = List.copyOf(models);
        return this;
    }

    /** Of each model, in place of a search; null for {@link #DEFAULT_BUDGET} where there is no search. */
    public Comparison budget(@Nullable Budget budget) {
        this.budget = budget;
        return this;
    }

    /** Settings for all models that have them, by public name. */
    public Comparison settings(Map<String, String> settings) {
        this.settings = new LinkedHashMap<>(settings);
        return this;
    }

    /** One training a model. */
    public Comparison seed(long seed) {
        return seeds(List.of(seed));
    }

    /** Every model that depends on a seed is trained once with each; the first also divides the data, the same for all. */
    public Comparison seeds(List<Long> seeds) {
        this.seeds = List.copyOf(seeds);
        return this;
    }

    /** Number of threads; the default is one for each processor. Results do not depend on it. */
    public Comparison threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** Whether to measure the information of the scores about the test pairs, in nats. */
    public Comparison information(boolean information) {
        this.information = information;
        return this;
    }

    /**
     * How epochs and settings are chosen. Without a word each model has a search of its own, within the same limit, unless there is a budget, or
     * settings that say how to begin ({@link SelectionProtocol#byDefault}).
     */
    public Comparison selection(SelectionProtocol selection) {
        this.selection = selection;
        return this;
    }

    /**
     * A file of finished trainings, JSON lines. Those in it are not repeated, so that a killed comparison can be resumed, or extended by more
     * losses. Null: none.
     */
    public Comparison trainings(@Nullable Path trainings) {
        this.trainings = trainings;
        return this;
    }

    public Comparison listener(ComparisonListener listener) {
        this.listener = listener;
        return this;
    }

    /**
     * Checks everything but the data.
     *
     * @throws InputException for an unknown loss or setting, or a value out of range
     */
    public Comparison check() {
        if (models != null && models.isEmpty()) {
            throw new InputException("no loss to compare. Allowed: " + String.join(", ", Losses.names()) + ".");
        }
        List<ModelSpec> compared = compared();
        if (compared.isEmpty()) {
            throw new InputException(
                    "popularity and the planted truth are floor and ceiling of every comparison; name a model"
                            + " to hold against them.");
        }
        if (seeds.isEmpty() || seeds.size() > MOST_SEEDS || Set.copyOf(seeds).size() < seeds.size()) {
            throw new InputException("the seeds " + seeds + "; allowed: 1 to " + MOST_SEEDS + ", each once.");
        }
        ComparedModel.check(settings, compared);
        if (selection().searched() && budget != null) {
            throw new InputException(
                    "a budget of " + budget + ": a search finds by itself how long each model is trained."
                            + " Leave the budget out, or the search.");
        }
        Preset preset = selection().preset();
        if (preset != null) {
            Presets.check(preset, compared.stream().map(Preset::key).toList());
        }
        for (ModelSpec spec : compared) {
            ComparedModel.of("", spec, settings, seeds.get(0));
        }
        return this;
    }

    SelectionProtocol selection() {
        return selection != null
                ? selection
                : budget != null ? SelectionProtocol.DEFAULTS : SelectionProtocol.byDefault(settings.keySet());
    }

    /** Of each model; not used where a search decides. */
    Budget budget() {
        return budget == null ? DEFAULT_BUDGET : budget;
    }

    /** The models without the references, each once. */
    List<ModelSpec> compared() {
        return (models == null ? all() : models)
                .stream()
                        .distinct()
                        .filter(spec -> !References.are(spec, source))
                        .toList();
    }

    private List<ModelSpec> all() {
        List<ModelSpec> all = new ArrayList<>(ModelSpec.ofLosses(Losses.compared()));
        all.addAll(References.rivals(data, selection().searched(), threads));
        return all;
    }

    /**
     * Trains and measures. A model that cannot be trained becomes an entry that says why.
     *
     * @throws InputException as {@link #check}, or if the data are too few to be divided
     */
    public ComparisonResult run() {
        check();
        return new RunningComparison(this).result();
    }
}
