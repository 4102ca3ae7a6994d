package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.tune.preset.Preset;

/**
 * A search for settings of the embedding model, one setting, or two that hang together, at a time:
 *
 * <ol>
 *   <li>temperatures below the rule's while they gain, otherwise those above;
 *   <li>two, four, ... times the dimension, each with a lower temperature too; then temperatures again;
 *   <li>no item bias; where held-out items count alike, also candidates weighted by popularity, and temperatures again;
 *   <li>twice the epochs, where the last one was the best; half the learning rate, while it gains; no sharpness; half the history.
 * </ol>
 */
final class CoordinateSearch {

    /**
     * How much a search may take.
     *
     * @param least Gflop however short the training is
     * @param trainings as many times the work of the training that is chosen
     * @param widest the largest multiple of the rule's dimension
     */
    record Limits(double least, double trainings, int widest) {

        Limits least(double gigaflops) {
            return new Limits(gigaflops, trainings, widest);
        }
    }

    /** Of the limit, what the training of the first settings may take: the others need their room. */
    private static final int TRIALS = 8;

    /** With fewer interactions held out, nothing is told apart. */
    private static final int LEAST_PAIRS = 200;

    private static final double COLDER = 0.7;
    private static final int TEMPERATURES = 4;
    private static final int HALVINGS = 3;

    private static final String BIAS = "item_bias";
    private static final String CANDIDATES = "candidate_weight";
    private static final String DIMENSION = "dimension";
    private static final String EPOCHS = "epochs";
    private static final String RATE = "learning_rate";
    private static final String SHARPNESS = "sharpness";
    private static final String STOP = "stop_after";

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
     * @param judge what is held out; null for the latest where there are times, otherwise any
     */
    CoordinateSearch(
            ModelSpec given,
            Preset beginning,
            Dataset data,
            @Nullable HoldOut judge,
            Limits limits,
            FitContext context,
            SearchListener listener,
            TrialHistory history,
            Deadline deadline) {
        this.given = given;
        this.beginning = beginning;
        this.data = data;
        this.limits = limits;
        this.rule = beginning.settings(given.loss(), data.train());
        ModelSpec first = spec(SettingChanges.NONE);
        this.fidelity = Fidelity.of(
                training(SettingChanges.NONE),
                FlopCount.of(first).epochs(),
                data.train().size(),
                limit(SettingChanges.NONE) / TRIALS);
        this.heldOut = HeldOut.of(data, judge, fidelity.share(), fidelity.repeats(), HeldOut.seed(first));
        Map<String, String> searched = fidelity.share() < 1
                ? beginning.settings(given.loss(), heldOut.first().train())
                : new LinkedHashMap<>(rule);
        searched.put(EPOCHS, String.valueOf(fidelity.epochs()));
        this.trials = new Trials(given, searched, heldOut, context, listener, history, deadline);
        this.ascent = new Ascent(
                trials, changes -> limit(changes), changes -> spec(changes).settings());
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
    private ModelSpec spec(SettingChanges point) {
        return new ModelSpec(given.algorithm(), point.settings(rule)).with(given.settings());
    }

    /** The Gflop of that training. */
    private double training(SettingChanges point) {
        return FlopCount.of(spec(point)).training(data);
    }

    private double limit(SettingChanges best) {
        return Math.max(limits.least(), limits.trainings() * training(best));
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
        TrialResult best = temperatures(first);
        TrialResult wide = dimensions(best);
        best = wide == best ? best : temperatures(wide);
        best = ascent.better(best, List.of(best.changes().with(BIAS, false)));
        best = heldOut.evensItems() ? evened(best) : best;
        best = longer(best);
        best = slower(best);
        if (rule.containsKey(SHARPNESS)) {
            best = ascent.better(best, List.of(best.changes().with(SHARPNESS, 0)));
        }
        best = ascent.better(best, List.of(best.changes().with("history", 0.5)));
        return new Outcome(first, best);
    }

    /** The first trial and the best. */
    record Outcome(TrialResult first, TrialResult best) {}

    /** Downwards while it gains, otherwise upwards. */
    private TrialResult temperatures(TrialResult base) {
        if (!rule.containsKey(SettingChanges.TEMPERATURE) || given.settings().containsKey(SettingChanges.TEMPERATURE)) {
            return base;
        }
        return ascent.along(
                base, changes -> changes.warmer(COLDER), changes -> changes.warmer(1 / COLDER), TEMPERATURES);
    }

    private TrialResult dimensions(TrialResult base) {
        TrialResult best = base;
        int first = FlopCount.of(spec(base.changes())).dimension();
        int most = Math.min(data.users().size(), data.items().size()) / 2;
        for (int factor = 2; factor <= limits.widest(); factor *= 2) {
            int dimension = first * factor;
            if (given.settings().containsKey(DIMENSION) || dimension > most) {
                break;
            }
            SettingChanges wide = best.changes().with(DIMENSION, dimension);
            best = ascent.better(best, List.of(wide, wide.warmer(COLDER)));
        }
        return best;
    }

    /**
     * Where held-out items count alike, popularity must not raise a score: candidates that weigh n^b take the part of it that a model without a
     * bias would learn.
     */
    private TrialResult evened(TrialResult base) {
        if (given.settings().containsKey(CANDIDATES)) {
            return base;
        }
        List<SettingChanges> points = new ArrayList<>();
        for (String power : List.of("0.5", "1")) {
            points.add(base.changes().with(BIAS, false).with(CANDIDATES, power));
            points.add(base.changes().with(BIAS, true).with(CANDIDATES, power));
        }
        TrialResult best = ascent.better(base, points);
        return best == base ? base : temperatures(best);
    }

    /** Twice the epochs where the last one was the best. */
    private TrialResult longer(TrialResult base) {
        int epochs = FlopCount.of(spec(base.changes())).epochs();
        return fidelity.whole() && base.bestEpoch() == epochs
                ? ascent.better(base, List.of(base.changes().with(EPOCHS, 2 * epochs)))
                : base;
    }

    /** Half the learning rate, and half of that, while it gains. */
    private TrialResult slower(TrialResult base) {
        TrialResult best = base;
        double rate = Double.parseDouble(rule.get(RATE));
        for (int step = 0; step < HALVINGS; step++) {
            rate /= 2;
            TrialResult next = ascent.better(best, List.of(best.changes().with(RATE, rate)));
            if (next == best) {
                break;
            }
            best = next;
        }
        return best;
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
        if (outcome != null && measuresEpochs(outcome.best)) {
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
