package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.eval.RankMetric;
import org.mineral.linalg.Workers;
import org.mineral.model.Model;

/** Trains settings of one algorithm on the held-out parts, within the limits of the search, and remembers all of them. */
final class Trials {

    private static final int DEPTH = 20;
    private static final String METRIC = "NDCG@" + DEPTH;

    /** One start of each part in each dimension. */
    private record Start(int part, int dimension) {}

    private final ModelSpec given;
    private final Map<String, String> first;
    private final HeldOut heldOut;
    private final FitContext context;
    private final SearchListener listener;
    private final TrialHistory history;
    private Deadline deadline;
    private final Map<Start, SharedWork> shared = new HashMap<>();
    private final Set<Start> counted = new HashSet<>();
    private final Map<Map<String, String>, TrialResult> done = new LinkedHashMap<>();
    private double spent;
    private double longest;
    private boolean cut;

    /**
     * @param given the algorithm, and settings that stay as they are
     * @param first settings of the first trial, for the data that are trained on
     * @param deadline no trial begins that would pass its part, by the longest one so far; one that turns out to pass the whole, or half of
     *     the time that is left if it is the first, is ended
     */
    Trials(
            ModelSpec given,
            Map<String, String> first,
            HeldOut heldOut,
            CoordinateSearch.Conditions conditions,
            TrialHistory history,
            Deadline deadline) {
        this.given = given;
        this.first = first;
        this.heldOut = heldOut;
        this.context = conditions.context().withCheckpoints(null);
        this.listener = conditions.listener();
        this.history = history;
        this.deadline = deadline;
    }

    String algorithm() {
        return given.algorithm();
    }

    /** Another deadline, from now on. */
    void until(Deadline end) {
        deadline = end;
    }

    /** Gflop of all trials. */
    double spent() {
        return spent;
    }

    /** Whether the deadline left a trial out. */
    boolean cut() {
        return cut;
    }

    int count() {
        return done.size();
    }

    /** The number of epochs in the schedule of a trial. */
    int epochs(SettingChanges changes) {
        return FlopCount.of(spec(changes)).epochs();
    }

    /** All settings of a trial. What was given goes first. */
    ModelSpec spec(SettingChanges changes) {
        return new ModelSpec(given.algorithm(), changes.settings(first)).with(given.settings());
    }

    /**
     * Trains settings on every part, or on as many as the limit allows; at no cost if that was done before.
     *
     * @param best the best so far, which it has to reach; null for the first trial, whose work has no limit
     * @param limit Gflop of all trials together
     * @return null if the limits do not allow even one training
     */
    @Nullable
    TrialResult measure(SettingChanges changes, @Nullable TrialResult best, double limit) {
        Map<String, String> settings = changes.settings(first);
        TrialResult known = done.get(settings);
        if (known != null) {
            return known;
        }
        TrialRecord before = history.find(given, settings);
        TrialResult result;
        if (before != null) {
            result = before.result(changes);
            deadline.clock().add(result.seconds());
            for (int part = 0; part < result.runs().size(); part++) {
                counted.add(new Start(part, FlopCount.of(spec(changes)).dimension()));
            }
        } else if (best != null && spent + cost(changes) > limit) {
            return null;
        } else if (!(best == null ? deadline.allowsAtAll(0) : deadline.allows(longest))) {
            cut = true;
            return null;
        } else {
            try {
                result = train(changes, best, limit);
            } catch (EarlyStopping.TimeUpException e) {
                cut = true;
                return null;
            }
            history.add(TrialRecord.of(given, settings, result));
        }
        spent += result.gigaflops();
        longest = Math.max(longest, result.seconds());
        done.put(settings, result);
        listener.trial(trial(result), Math.min(1, spent / limit));
        return result;
    }

    /** Gflop of the first trial on one part. */
    double cost() {
        return cost(SettingChanges.NONE);
    }

    private double cost(SettingChanges changes) {
        return FlopCount.of(spec(changes)).training(heldOut.first());
    }

    private TrialResult train(SettingChanges changes, @Nullable TrialResult best, double limit) {
        long started = System.nanoTime();
        List<TrialResult.Run> runs = new ArrayList<>();
        double work = 0;
        String failure = null;
        try {
            ModelSpec spec = spec(changes);
            FlopCount flops = FlopCount.of(spec);
            double cost = best == null ? 0 : flops.training(heldOut.first());
            Deadline end = best == null ? deadline.half() : deadline;
            int parts = best == null ? heldOut.parts().size() : best.runs().size();
            for (int part = 0; part < parts && failure == null; part++) {
                boolean affordable = best == null || spent + work + cost <= limit;
                if (part > 0 && (!affordable || runs.get(part - 1).stopped())) {
                    break;
                }
                double toBeat =
                        best == null ? Double.NaN : best.runs().get(part).best();
                EarlyStopping curve = new EarlyStopping(toBeat, end);
                Start start = new Start(part, flops.dimension());
                try {
                    runs.add(run(spec, part, curve, start));
                } finally {
                    Dataset data = heldOut.parts().get(part);
                    work += flops.epochs() == 0
                            ? flops.training(data)
                            : curve.curve().size() * flops.epoch(data);
                    work += counted.add(start) && flops.epochs() > 0 ? flops.start(data) : 0;
                }
            }
        } catch (DivergedException | InputException e) {
            failure = String.valueOf(e.getMessage());
        }
        return new TrialResult(changes, runs, work, (System.nanoTime() - started) / 1e9, failure);
    }

    private TrialResult.Run run(ModelSpec spec, int part, EarlyStopping curve, Start start) {
        Dataset data = heldOut.parts().get(part);
        FitContext run = context.withListener(curve).withShared(shared.computeIfAbsent(start, s -> new SharedWork()));
        // The part that judges must not be known to the model: a sequence model would take its items for a user's last
        // ones.
        Dataset known = data.judgedBy(
                Interactions.empty(data.train().users(), data.train().items()));
        Fit<? extends Model> fit = spec.configured().fit(known, run.withJudgedBy(data.valid()));
        if (curve.stopped()) {
            return new TrialResult.Run(curve.curve(), curve.best(), curve.bestEpoch(), new double[0], true, 0);
        }
        double[] byUser = byUser(fit.model(), data);
        double best = Double.isFinite(curve.best())
                ? curve.best()
                : Arrays.stream(byUser).filter(v -> !Double.isNaN(v)).average().orElse(0);
        return new TrialResult.Run(
                curve.curve(),
                best,
                curve.bestEpoch(),
                byUser,
                false,
                fit.model().servingCost());
    }

    /** NDCG@20 of the users of whom something was learnt; NaN of the others. */
    private double[] byUser(Model model, Dataset data) {
        Interactions train = data.train();
        double[] values = new double[train.users()];
        Arrays.fill(values, Double.NaN);
        try (Workers workers = new Workers(context.threads())) {
            Evaluation evaluation = Evaluator.at(DEPTH)
                    .withMetrics(List.of(RankMetric.NDCG))
                    .evaluate(model, data.valid(), train, null, workers);
            int[] users = evaluation.perUser().userIndices();
            double[] found =
                    Objects.requireNonNull(evaluation.perUser().values().get(METRIC));
            for (int k = 0; k < users.length; k++) {
                values[users[k]] = train.count(users[k]) > 0 ? found[k] : Double.NaN;
            }
        }
        return values;
    }

    List<SearchReport.Trial> trials() {
        return done.values().stream().map(this::trial).toList();
    }

    private SearchReport.Trial trial(TrialResult result) {
        List<TrialResult.Run> runs = result.runs();
        TrialResult base = done.values().iterator().next();
        PairedDifference gain = result != base && result.complete() && base.complete() ? result.minus(base) : null;
        return new SearchReport.Trial(
                given.algorithm(),
                differences(result.changes()),
                result.complete() ? result.value() : null,
                gain == null ? null : gain.mean() / base.value(),
                gain == null ? null : gain.error() / base.value(),
                result.bestEpoch(),
                runs.isEmpty() ? List.of() : runs.get(0).curve(),
                runs.stream().anyMatch(TrialResult.Run::stopped),
                result.gigaflops(),
                result.failure());
    }

    private Map<String, String> differences(SettingChanges changes) {
        Map<String, String> settings = new LinkedHashMap<>(changes.settings(first));
        settings.entrySet().removeIf(s -> s.getValue().equals(first.get(s.getKey())));
        return settings;
    }
}
