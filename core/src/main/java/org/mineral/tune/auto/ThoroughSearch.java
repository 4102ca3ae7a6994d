package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;

/**
 * Searches all algorithms of {@link Algorithms} that learn, and takes one ({@link Verdict}).
 *
 * <ol>
 *   <li>All are judged by the same held-out parts, as of {@link DefaultSearch}, on all users.
 *   <li>The default algorithm first, with the {@link CoordinateSearch}, up to eight times the dimension and as many times the work of its
 *       training; then algorithms without epochs, each with a {@link RangeSearch} from its defaults; then others with epochs, each with a
 *       range search from its defaults or from the settings that were best for the default algorithm, as far as it has them.
 * </ol>
 *
 * <p>Each algorithm may take eight times the work of its training, or 12,000 Gflop if that is less. Without a limit in minutes the list of trials
 * depends on data, settings and seed alone. With one, the default algorithm has half of the time, and what then remains is shared equally among
 * the algorithms that are left; no trial but the first begins that would pass the end of its part, and one that turns out to pass the end of all, or half of the time that is left if it is
 * the first of its algorithm, is ended and left out.
 *
 * <p>Immutable; the methods give changed copies.
 */
public final class ThoroughSearch {

    private static final String EPOCHS = "epochs";
    private static final String SEED = "seed";
    private static final String STOP = "stop_after";

    private static final CoordinateSearch.Limits LIMITS = new CoordinateSearch.Limits(12_000, 8, 8);

    private final ModelSpec given;
    private final CoordinateSearch.Conditions conditions;
    private final double minutes;

    private ThoroughSearch(ModelSpec given, CoordinateSearch.Conditions conditions, double minutes) {
        this.given = given;
        this.conditions = conditions;
        this.minutes = minutes;
    }

    /**
     * A search on all processors, without a limit in minutes.
     *
     * @param given the default algorithm with settings that stay as they are; algorithms that lack one of them, the seed apart, are left out
     * @throws InputException for another algorithm
     */
    public static ThoroughSearch of(ModelSpec given) {
        if (!given.algorithm().equals(ModelSpec.DEFAULT)) {
            throw new InputException("a search of all algorithms begins with " + ModelSpec.DEFAULT + ", not with "
                    + given.algorithm() + ". Name no algorithm, or search this one alone.");
        }
        return new ThoroughSearch(given, CoordinateSearch.Conditions.defaults(), Double.POSITIVE_INFINITY);
    }

    /** Results do not depend on it, unless there is a limit in minutes. */
    public ThoroughSearch threads(int threads) {
        return with(conditions.threads(threads));
    }

    /** As {@link DefaultSearch#checkpoints}. */
    public ThoroughSearch checkpoints(@Nullable Checkpoints kept) {
        return with(conditions.checkpoints(kept));
    }

    public ThoroughSearch listener(SearchListener listener) {
        return with(conditions.listener(listener));
    }

    /** As {@link DefaultSearch#validation}. */
    public ThoroughSearch validation(@Nullable HoldOut part) {
        return with(conditions.judge(part));
    }

    /** @param minutes of all trials together; above 0 */
    public ThoroughSearch minutes(double minutes) {
        if (!(minutes > 0)) {
            throw new InputException("a search of " + minutes + " minutes; allowed: more than 0.");
        }
        return new ThoroughSearch(given, conditions, minutes);
    }

    private ThoroughSearch with(CoordinateSearch.Conditions changed) {
        return new ThoroughSearch(given, changed, minutes);
    }

    /** As {@link DefaultSearch#search}. */
    public SearchReport search(Dataset data) {
        FitContext.refuseNothingToLearn(data);
        Map<String, String> identity = conditions.identity(data);
        identity.put("work", LIMITS + ", all algorithms");
        try (TrialHistory history =
                TrialHistory.open(conditions.context().checkpoints(), given, identity, conditions.listener())) {
            return new Search(data, history).report();
        }
    }

    /** One search. */
    private final class Search {

        private final Dataset data;
        private final TrialHistory history;
        private final Deadline deadline = Deadline.inMinutes(minutes);
        private final List<ModelSpec> others;
        private final List<Verdict.Entry> entries = new ArrayList<>();
        private final List<SearchReport.Trial> tried = new ArrayList<>();
        private double gigaflops;
        private double limit;
        private boolean cut;
        private int finished;

        Search(Dataset data, TrialHistory history) {
            this.data = data;
            this.history = history;
            this.others = others();
        }

        SearchReport report() {
            CoordinateSearch main = new CoordinateSearch(
                    given,
                    DefaultSearch.beginningOf(given),
                    data,
                    LIMITS,
                    conditions.listener(progress()),
                    history,
                    deadline);
            if (!main.enough()) {
                return main.report(null);
            }
            main.trials().until(deadline.first(2));
            CoordinateSearch.Outcome outcome = main.best();
            SearchReport own = main.report(outcome);
            Map<String, String> best = Map.of();
            if (outcome != null) {
                best = main.trials().spec(outcome.best().changes()).settings();
            }
            add(main.trials(), own.settings(), outcome == null ? nothing() : outcome.best());
            others.stream().filter(spec -> !iterative(spec)).forEach(spec -> ranges(spec, Map.of(), main.heldOut()));
            for (ModelSpec spec : others) {
                if (iterative(spec)) {
                    ranges(spec, best, main.heldOut());
                }
            }
            return verdict(own, outcome);
        }

        /** The learning algorithms beside the given one that have all of the given settings. */
        private List<ModelSpec> others() {
            List<ModelSpec> all = new ArrayList<>();
            for (Algorithm<?> algorithm : Algorithms.all()) {
                Map<String, String> settings = new LinkedHashMap<>(given.settings());
                ConfiguredAlgorithm<?> plain = ModelSpec.of(algorithm.name()).configured();
                if (!plain.has(SEED)) {
                    settings.remove(SEED);
                }
                boolean able = settings.keySet().stream().allMatch(plain::has);
                able &= !algorithm.needsAttributes() || !data.itemAttributes().isEmpty();
                if (able && algorithm.learns() && !algorithm.name().equals(given.algorithm())) {
                    all.add(new ModelSpec(algorithm.name(), settings));
                }
            }
            return all;
        }

        private boolean iterative(ModelSpec spec) {
            return spec.configured().has(EPOCHS);
        }

        /** An equal part of the time that is left. */
        private Deadline share() {
            return deadline.first(1 + others.size() - finished);
        }

        /** @param best settings of another algorithm, which are tried as far as this one has them */
        private void ranges(ModelSpec spec, Map<String, String> best, HeldOut heldOut) {
            ConfiguredAlgorithm<?> algorithm = spec.configured();
            Map<String, String> known = new LinkedHashMap<>(best);
            known.keySet()
                    .removeIf(name -> !algorithm.has(name) || spec.settings().containsKey(name));
            Trials trials = new Trials(spec, Map.of(), heldOut, conditions.listener(progress()), history, share());
            double work = LIMITS.of(FlopCount.of(spec).training(heldOut.first()));
            limit += work;
            TrialResult result = new RangeSearch(trials, spec, spec.unusedOn(data), work).best(known);
            Map<String, String> settings = new LinkedHashMap<>();
            if (result != null && result.complete()) {
                settings.putAll(result.changes().changes());
                if (iterative(spec) && !heldOut.own()) {
                    settings.put(STOP, String.valueOf(result.bestEpoch()));
                }
            }
            add(trials, settings, result == null ? nothing() : result);
        }

        /** Of an algorithm that has not even a first result. */
        private TrialResult nothing() {
            return new TrialResult(SettingChanges.NONE, List.of(), 0, 0, "nothing could be measured, or not in time");
        }

        private void add(Trials trials, Map<String, String> settings, TrialResult result) {
            entries.add(new Verdict.Entry(trials.algorithm(), settings, result, trials.count()));
            tried.addAll(trials.trials());
            gigaflops += trials.spent();
            cut |= trials.cut();
            finished++;
        }

        private SearchReport verdict(SearchReport own, CoordinateSearch.@Nullable Outcome outcome) {
            Verdict verdict = Verdict.of(entries);
            Verdict.Entry chosen = entries.stream()
                    .filter(entry -> entry.algorithm().equals(verdict.chosen()))
                    .findFirst()
                    .orElse(null);
            if (chosen == null) {
                return own;
            }
            PairedDifference gain = outcome == null ? null : chosen.result().minus(outcome.first());
            return new SearchReport(
                    chosen.algorithm(),
                    own.heldOut(),
                    own.repeats(),
                    own.users(),
                    own.ofUsers(),
                    tried,
                    own.changes(),
                    verdict.contenders(),
                    chosen.settings(),
                    own.rule(),
                    chosen.result().value(),
                    gain == null ? null : gain.error(),
                    gigaflops,
                    limit + own.limit(),
                    cut);
        }

        /** The share is that of all algorithms. */
        private SearchListener progress() {
            SearchListener listener = conditions.listener();
            return new SearchListener() {
                @Override
                public void trial(SearchReport.Trial trial, double share) {
                    listener.trial(trial, (finished + share) / (1 + others.size()));
                }

                @Override
                public void note(String message) {
                    listener.note(message);
                }
            };
        }
    }
}
