package org.mineral.tune.auto;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.TuneRange;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
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
            identity.put("data_hash", data.hash());
            identity.put("kernel", context.kernels().name());
            Events events = data.events();
            if (events != null && events.timestamps() != null) {
                // The hash of the data says nothing of times.
                identity.put("timestamps", String.valueOf(Arrays.hashCode(events.timestamps())));
            }
            return identity;
        }
    }

    /** Of the limit, what the training of the first settings may take: the others need their room. */
    private static final int TRIALS = 8;

    /** A model without epochs cannot be trained shorter or ended early: as many tell in which direction one of its settings gains. */
    private static final double COMPUTATIONS = 4;

    /** With fewer interactions held out, nothing is told apart. */
    private static final int LEAST_PAIRS = 200;

    static final String EPOCHS = "epochs";
    static final String RATE = "learning_rate";

    private static final String STOP = "stop_after";
    private static final Set<String> OF_TRAINING = Set.of(SettingChanges.TEMPERATURE, RATE, "user_weight");

    private final ModelSpec given;
    private final Preset beginning;
    private final Dataset data;
    private final Limits limits;
    private final Map<String, String> rule;
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
        this.limits = limits;
        this.rule = beginning.settings(Preset.key(given), data.train());
        ModelSpec first = spec(SettingChanges.NONE);
        this.fidelity = iterative()
                ? Fidelity.of(
                        training(SettingChanges.NONE),
                        FlopCount.of(first).epochs(),
                        data.train().size(),
                        limit(SettingChanges.NONE) / TRIALS)
                : Fidelity.ONCE;
        this.heldOut = HeldOut.of(data, conditions.judge(), fidelity.share(), fidelity.repeats(), HeldOut.seed(first));
        Map<String, String> searched = fidelity.share() < 1
                ? beginning.settings(Preset.key(given), heldOut.first().train())
                : new LinkedHashMap<>(rule);
        if (iterative()) {
            searched.put(EPOCHS, String.valueOf(fidelity.epochs()));
        }
        this.trials = new Trials(given, searched, heldOut, conditions, history, deadline);
        this.ascent = new Ascent(
                trials, changes -> limit(changes), changes -> spec(changes).settings());
    }

    /** Whether the model is trained in epochs. */
    boolean iterative() {
        return given.configured().has(EPOCHS);
    }

    /** Whether enough is held out to tell anything. */
    boolean enough() {
        return heldOut.first().valid().size() >= LEAST_PAIRS;
    }

    HeldOut heldOut() {
        return heldOut;
    }

    Trials trials() {
        return trials;
    }

    /** What all of the data would be trained with. */
    ModelSpec spec(SettingChanges point) {
        return new ModelSpec(given.algorithm(), point.settings(rule)).with(given.settings());
    }

    /** The Gflop of that training. */
    private double training(SettingChanges point) {
        return FlopCount.of(spec(point)).training(data);
    }

    private double limit(SettingChanges best) {
        double training = training(best);
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
        TrialResult best = beginning instanceof OwnDefaults ? steps.fromDefaults(first) : steps.fromRules(first);
        return new Outcome(first, best);
    }

    /** The first trial and the best. */
    record Outcome(TrialResult first, TrialResult best) {}

    /** Whether the search may change a setting: the model has a use for it, and it was not given. */
    boolean open(String name) {
        return given.configured().has(name)
                && !given.settings().containsKey(name)
                && !Algorithms.of(given.algorithm())
                        .unused(given.with(name, "").settings())
                        .containsKey(name);
    }

    /** The ranges of the model's own settings, not those of training, that may be changed. */
    List<TuneRange> ownRanges() {
        return TuneRange.of(given.parameters(), name -> open(name) && !OF_TRAINING.contains(name));
    }

    /** Whether trials are trained for as long as the data will be, so that a longer training may be tried. */
    boolean whole() {
        return fidelity.whole();
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
        if (outcome != null && iterative() && measuresEpochs(outcome.best)) {
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
