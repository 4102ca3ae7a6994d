package org.mineral.tune.auto;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Config;
import org.mineral.config.TuneRange;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.model.provenance.Version;
import org.mineral.tune.preset.Preset;

/** A search that changes one setting, or two that hang together, at a time. {@link Steps} says which, and in which order. */
final class CoordinateSearch {

    /**
     * How much a search may take.
     *
     * @param least Gflop however short the training is
     * @param trainings as many times the work of the training that is chosen
     * @param widest the largest multiple of the rule's dimension
     */
    record Limits(double least, double trainings, int widest) {

        /** Gflop of a search, with the work of the training. */
        double of(double training) {
            return Math.max(least, trainings * training);
        }

        Limits least(double gigaflops) {
            return new Limits(gigaflops, trainings, widest);
        }
    }

    /**
     * How a search runs, and what it judges by.
     *
     * @param judge what is held out; null for the latest where there are times, otherwise any
     */
    record Conditions(
            FitContext context,
            SearchListener listener,
            @Nullable HoldOut judge) {

        static Conditions defaults() {
            return new Conditions(FitContext.defaults(), SearchListener.NONE, null);
        }

        Conditions threads(int threads) {
            return new Conditions(context.withThreads(threads), listener, judge);
        }

        Conditions checkpoints(@Nullable Checkpoints kept) {
            return new Conditions(context.withCheckpoints(kept), listener, judge);
        }

        Conditions listener(SearchListener other) {
            return new Conditions(context, other, judge);
        }

        Conditions judge(@Nullable HoldOut part) {
            return new Conditions(context, listener, part);
        }

        /** What the results of trials depend on. */
        Map<String, String> identity(Dataset data) {
            Map<String, String> identity = new LinkedHashMap<>();
            identity.put("mineral", Version.CURRENT);
            identity.put("validation", judge == null ? "auto" : judge.toString());
            identity.putAll(data.identity());
            identity.put("kernel", context.kernels().name());
            return identity;
        }
    }

    /** Of the limit, what the training of the first settings may take: the others need their room. */
    private static final int TRIALS = 8;

    /** A model without epochs cannot be trained shorter or ended early: as many tell in which direction one of its settings gains. */
    private static final double COMPUTATIONS = 4;

    /** Of the best epoch's value, what an earlier one may lack; the same where trials have fewer dimensions. */
    private static final double NEARLY = 0.005;

    private static final double NARROW = 0.02;

    /** A search of fewer trials than that is none. */
    private static final int FEW = 3;

    /** With fewer interactions held out, nothing is told apart. */
    private static final int LEAST_PAIRS = 200;

    static final String EPOCHS = "epochs";
    static final String RATE = "learning_rate";

    static final String STOP = "stop_after";

    private static final Set<String> OF_TRAINING = Set.of(SettingChanges.TEMPERATURE, RATE, "user_weight");

    private final ModelSpec given;
    private final Preset beginning;
    private final Dataset data;
    private final Set<String> unused;
    private final Limits limits;
    private final Map<String, String> rule;
    private final boolean places;
    private final Fidelity fidelity;
    private final HeldOut heldOut;
    private final Trials trials;
    private final Ascent ascent;

    /**
     * @param given settings that stay as they are
     * @param beginning gives the first settings
     */
    CoordinateSearch(
            ModelSpec given,
            Preset beginning,
            Dataset data,
            Limits limits,
            Conditions conditions,
            TrialHistory history,
            Deadline deadline) {
        this.given = given;
        this.beginning = beginning;
        this.data = data;
        this.unused = given.unusedOn(data);
        this.limits = limits;
        this.rule = beginning.settings(Preset.key(given), data.train());
        this.places = Algorithms.of(given.algorithm()).predictsNext();
        ModelSpec first = spec(SettingChanges.NONE);
        this.fidelity = fidelity(first);
        long seed = HeldOut.seed(first);
        this.heldOut = places
                ? HeldOut.next(data, conditions.judge(), seed)
                : HeldOut.of(data, conditions.judge(), fidelity.share(), fidelity.repeats(), seed);
        Map<String, String> searched = fidelity.share() < 1
                ? beginning.settings(Preset.key(given), heldOut.first().train())
                : new LinkedHashMap<>(rule);
        if (iterative()) {
            searched.put(EPOCHS, String.valueOf(fidelity.epochs()));
        }
        ModelSpec kept = given;
        if (places) {
            // Which epoch is the best is measured.
            searched.put(STOP, "0");
        }
        if (fidelity.dimension() > 0) {
            searched.put(Steps.DIMENSION, String.valueOf(fidelity.dimension()));
            kept = given.without(Steps.DIMENSION);
        }
        this.trials = new Trials(kept, searched, heldOut, conditions, history, deadline);
        this.ascent = new Ascent(
                trials,
                changes -> limit(changes),
                changes -> spec(changes).without(places ? STOP : "").settings());
    }

    private Fidelity fidelity(ModelSpec first) {
        if (!iterative()) {
            return Fidelity.ONCE;
        }
        FlopCount flops = FlopCount.of(first);
        double room = limit(SettingChanges.NONE) / TRIALS;
        return places
                ? Fidelity.ofPlaces(
                        flops.epochs(),
                        flops.dimension(),
                        room,
                        dimension -> FlopCount.of(first.with(Steps.DIMENSION, String.valueOf(dimension)))
                                .training(data))
                : Fidelity.of(
                        training(SettingChanges.NONE),
                        flops.epochs(),
                        data.train().size(),
                        room);
    }

    /** Whether the model is trained in epochs. */
    boolean iterative() {
        return given.configured().has(EPOCHS);
    }

    /** Whether enough is held out to tell anything, and trials are short enough for a few of them. */
    boolean enough() {
        return heldOut.first().valid().size() >= LEAST_PAIRS
                && (!places || FEW * trials.cost() <= limit(SettingChanges.NONE));
    }

    HeldOut heldOut() {
        return heldOut;
    }

    Trials trials() {
        return trials;
    }

    /** What all of the data would be trained with. */
    ModelSpec spec(SettingChanges point) {
        Map<String, String> settings = point.settings(rule);
        if (places && point.changes().containsKey(EPOCHS) && !point.changes().containsKey(STOP)) {
            settings.put(STOP, "0");
        }
        return new ModelSpec(given.algorithm(), settings).with(given.settings());
    }

    /** The Gflop of that training. */
    private double training(SettingChanges point) {
        return FlopCount.of(spec(point)).training(data);
    }

    private double limit(SettingChanges best) {
        // What the search finds to be enough dimensions does not shorten the search.
        double training = training(places ? best.without(Steps.DIMENSION) : best);
        double limit = limits.of(training);
        return iterative() ? limit : Math.max(limit, COMPUTATIONS * training);
    }

    /** Searches. */
    SearchReport report() {
        return report(best());
    }

    /** The first settings and the best; null if nothing could be measured. */
    @Nullable
    Outcome best() {
        if (!enough()) {
            return null;
        }
        TrialResult first = trials.measure(SettingChanges.NONE, null, limit(SettingChanges.NONE));
        if (first == null || !first.complete()) {
            return null;
        }
        Steps steps = new Steps(this, ascent);
        return new Outcome(
                first,
                places
                        ? steps.ofPlaces(first)
                        : beginning instanceof OwnDefaults ? steps.fromDefaults(first) : steps.fromRules(first));
    }

    /** The first trial and the best. */
    record Outcome(TrialResult first, TrialResult best) {}

    /** Whether the search may change a setting: the model has a use for it, and it was not given. */
    boolean open(String name) {
        return given.configured().has(name)
                && !given.settings().containsKey(name)
                && !unused.contains(name)
                && !Algorithms.of(given.algorithm())
                        .unused(given.with(name, "").settings())
                        .containsKey(name);
    }

    /** The ranges of the model's own settings, not those of training, that may be changed. */
    List<TuneRange> ownRanges() {
        return TuneRange.of(given.parameters(), name -> open(name) && !OF_TRAINING.contains(name));
    }

    /** Those of attributes, where the data have any. */
    List<TuneRange> attributeRanges() {
        Set<String> names = given.parameters().stream()
                .filter(Config.Description::ofAttributes)
                .map(Config.Description::name)
                .collect(Collectors.toSet());
        return ownRanges().stream()
                .filter(range -> names.contains(range.name()))
                .toList();
    }

    /** Whether trials are trained for as long as the data will be, so that a longer training may be tried. */
    boolean whole() {
        return fidelity.whole();
    }

    /**
     * How many epochs of a model of places are enough: the first that are nearly as good as all. Fewer dimensions take more epochs: there the rule's
     * are enough unless more of them gain much.
     */
    int enough(TrialResult result) {
        if (fidelity.dimension() == 0) {
            return result.shortest(NEARLY);
        }
        int epochs = FlopCount.of(spec(SettingChanges.NONE)).run();
        return Math.max(epochs, result.shortest(NARROW));
    }

    /** Whether the loss is the one that the algorithm has where nothing is said. */
    boolean ofDefaultLoss() {
        return given.loss().equals(ModelSpec.of(given.algorithm()).loss());
    }

    /** A dimension beyond it is of no use. */
    int widest() {
        int first = FlopCount.of(spec(SettingChanges.NONE)).dimension();
        return Math.min(
                first * limits.widest(),
                Math.min(data.users().size(), data.items().size()) / 2);
    }

    /** A setting as the trial has it; NaN if it is no number. */
    double number(SettingChanges point, String name) {
        return RangeSearch.number(spec(point).configured().describe().getOrDefault(name, ""));
    }

    /**
     * Whether the last training ends where this one was best: with a sample of the users, or before a short schedule has come to its best, the
     * rule knows more of that.
     */
    private boolean measuresEpochs(TrialResult best) {
        return fidelity.whole() || fidelity.share() == 1 && best.bestEpoch() < trials.epochs(best.changes());
    }

    /** The settings that all of the data are to be trained with. */
    private Map<String, String> settings(@Nullable Outcome outcome) {
        SettingChanges point = outcome == null ? SettingChanges.NONE : outcome.best.changes();
        Map<String, String> settings = point.settings(rule);
        if (outcome != null && places) {
            if (rule.containsKey(STOP)) {
                settings.put(STOP, String.valueOf(enough(outcome.best)));
            }
        } else if (outcome != null && iterative() && measuresEpochs(outcome.best)) {
            settings.put(EPOCHS, String.valueOf(trials.epochs(point)));
            if (!heldOut.own() && !given.settings().containsKey(STOP)) {
                settings.put(STOP, String.valueOf(outcome.best.bestEpoch()));
            }
        }
        return settings;
    }

    /** @param outcome null where nothing could be measured */
    SearchReport report(@Nullable Outcome outcome) {
        Interactions searched = heldOut.first().train();
        TrialResult best = outcome == null ? null : outcome.best;
        return new SearchReport(
                given.algorithm(),
                heldOut.name(),
                heldOut.parts().size(),
                searched.users() - searched.emptyRows(),
                data.train().users() - data.train().emptyRows(),
                trials.trials(),
                ascent.changes(),
                List.of(),
                settings(outcome),
                outcome == null ? null : outcome.first.value(),
                best == null ? null : best.value(),
                outcome == null ? null : outcome.best.minus(outcome.first).error(),
                trials.spent(),
                limit(best == null ? SettingChanges.NONE : best.changes()),
                trials.cut());
    }
}
