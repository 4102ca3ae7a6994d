package org.mineral.tune.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.eval.Evaluation;
import org.mineral.model.Environment;
import org.mineral.model.Model;
import org.mineral.model.Provenance;
import org.mineral.model.Version;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.ComparedRun;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.PaperProtocol;
import org.mineral.tune.compare.Retraining;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.compare.TestEvaluator;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.compare.TrialLog;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;

/**
 * Searches the settings of models on validation data: points of a {@link Space}, successive {@link Halving}, equal budgets for each model.
 * The best is trained again on train and validation data and evaluated once on the test part. Trials run one after another,
 * because a training uses all threads. Each rung trains from the start over its whole schedule; the spectral start is
 * computed once.
 *
 * @param data missing parts are split off, see {@link DataProtocol}
 * @param models losses, or algorithms with fixed settings, which are not tuned
 * @param budget of all models together
 * @param epochs of the highest rung; the rungs below have a third each
 * @param settings for all trials, not tuned
 * @param facts for the provenance of the resulting model
 * @param terms the selection protocol; its preset is the first point of the losses it covers. Retraining is part of tuning
 * @param trials file of finished trials, JSON lines; these are not run again. Null: none
 */
public record Tuning(
        Dataset data,
        List<ModelSpec> models,
        Search budget,
        int epochs,
        Map<String, String> settings,
        long seed,
        int threads,
        @Nullable Path trials,
        SelectionProtocol terms,
        Map<String, Object> facts,
        ComparisonListener listener) {

    private static final int RUNGS = 3;
    private static final int FEWEST_EPOCHS = 2;

    /**
     * When the search ends.
     *
     * @param points number of points for each loss; 0 for as many as fit into the time
     * @param minutes training time of all trials together, an equal share for each loss; 0 for no limit
     */
    public record Search(int points, double minutes) {

        private static final int MOST = 100_000;

        public Search {
            if (points < 0 || points > MOST || !(minutes >= 0 && minutes <= MOST) || points == 0 && minutes == 0) {
                throw new InputException("a search of " + points + " trials and " + minutes + " minutes; allowed: 1 to "
                        + MOST + " of either.");
            }
        }

        int limit() {
            return points == 0 ? MOST : points;
        }

        double seconds(int losses) {
            return minutes == 0 ? Double.POSITIVE_INFINITY : 60 * minutes / losses;
        }

        @Override
        public String toString() {
            String some = points == 0 ? "" : points + " points a loss";
            String time = minutes == 0 ? "" : minutes + " minutes";
            return some.isEmpty() || time.isEmpty() ? some + time : some + ", " + time + " at most";
        }
    }

    /**
     * The outcome of a search.
     *
     * @param model null if every trial failed
     */
    public record Outcome(TuningResult result, @Nullable Model model) {}

    /** @throws InputException for an unknown name, or a value out of range */
    public Tuning {
        models = models.stream().distinct().toList();
        if (models.isEmpty() || epochs < 1 || epochs > 100_000) {
            throw new InputException(
                    models.size() + " models, " + epochs + " epochs; allowed: a model or more, 1 to 100000 epochs.");
        }
        check(models, settings, seed);
        if (terms.preset() != null) {
            Presets.check(terms.preset(), models.stream().map(Preset::key).toList());
        }
    }

    /** Without facts. */
    public Tuning(
            Dataset data,
            List<ModelSpec> models,
            Search budget,
            int epochs,
            Map<String, String> settings,
            long seed,
            int threads,
            @Nullable Path trials,
            SelectionProtocol terms,
            ComparisonListener listener) {
        this(data, models, budget, epochs, settings, seed, threads, trials, terms, Map.of(), listener);
    }

    /**
     * Checks the arguments as {@link #Tuning} does, before any data are read.
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

    /** Epochs of each rung, ascending. */
    static List<Integer> rungs(int epochs) {
        List<Integer> rungs = new ArrayList<>();
        for (int e = epochs; rungs.size() < RUNGS && (rungs.isEmpty() || e >= FEWEST_EPOCHS); e /= Halving.FACTOR) {
            rungs.add(0, e);
        }
        return List.copyOf(rungs);
    }

    /** @throws InputException if there are too few data to split, or the trials file belongs to something else */
    public Outcome run() {
        long started = System.nanoTime();
        DataProtocol protocol = DataProtocol.of(data, seed, terms);
        listener.protocol(protocol);
        List<Trial> done = new ArrayList<>();
        try (TrialLog<Trial> log =
                trials == null ? null : TrialLog.open(trials, shared(protocol), Trial.class, listener::note)) {
            SharedWork work = new SharedWork();
            for (String name : ComparedModel.named(models).keySet()) {
                search(name, protocol.data(), log, work, done);
            }
        }
        done.sort(Comparator.comparingDouble(Tuning::value).reversed());
        Trial chosen = done.isEmpty() || done.get(0).failed() ? null : done.get(0);
        try (TestEvaluator evaluator =
                new TestEvaluator(protocol.data(), protocol.data().seen(), threads, seed)) {
            Fit<? extends Model> last = chosen == null ? null : last(chosen, protocol);
            TuningResult result = new TuningResult(
                    Comparison.facts(protocol.data(), evaluator.users()),
                    protocol.tuning(budget.toString(), rungs(epochs)),
                    TestEvaluator.METRIC,
                    terms.toString(),
                    terms.optimistic(),
                    budget.toString(),
                    rungs(epochs),
                    settings,
                    seed,
                    threads,
                    Environment.here(),
                    List.copyOf(done),
                    chosen,
                    chosen == null || last == null ? null : measured(chosen, last, protocol.data(), evaluator),
                    (System.nanoTime() - started) / 1e9);
            return new Outcome(result, last == null ? null : last.model());
        }
    }

    private void search(
            String name, Dataset divided, @Nullable TrialLog<Trial> log, SharedWork work, List<Trial> done) {
        Map<List<Object>, Trial> known = new HashMap<>();
        if (log != null) {
            log.trials().forEach(t -> known.put(List.of(t.settings(), t.epochs()), t));
        }
        ModelSpec spec = spec(name);
        boolean iterative = ComparedModel.of(name, spec, settings, seed).iterative();
        // Without epochs there is one rung.
        List<Integer> rungs = iterative ? rungs(epochs) : List.of(0);
        Space space = Space.of(name, spec, settings.keySet(), seed);
        Halving halving = new Halving(rungs.size(), budget.limit());
        double spent = 0;
        int count = 0;
        for (Optional<Halving.Job> next = halving.next(); next.isPresent(); next = halving.next()) {
            if (spent >= budget.seconds(models.size())) {
                return;
            }
            Halving.Job job = next.get();
            int epochs = rungs.get(job.rung());
            Map<String, String> chosen = new LinkedHashMap<>();
            chosen.put(spec.loss().equals(name) ? Trial.LOSS : Trial.MODEL, name);
            chosen.putAll(space.point(job.point()));
            count++;
            Trial trial = known.get(List.of(chosen, epochs));
            if (trial == null) {
                String what = name + " point " + (job.point() + 1) + (iterative ? ", " + epochs + " epochs" : "");
                listener.loss(what, count, expected(rungs.size(), count, spent));
                trial = trial(chosen, epochs, divided, work);
                if (log != null) {
                    log.add(trial);
                }
                known.put(List.of(chosen, epochs), trial);
                listener.trial(trial);
            }
            spent += trial.seconds();
            done.add(trial);
            halving.done(job, value(trial));
        }
    }

    /** Approximate number of trainings for each loss. */
    private int expected(int rungs, int count, double spent) {
        int all = 0;
        for (int r = 0, n = budget.limit(); r < rungs; r++, n /= Halving.FACTOR) {
            all += Math.max(1, n);
        }
        double byTime = spent == 0 ? all : (count - 1) * budget.seconds(models.size()) / spent;
        return (int) Math.max(count, Math.min(all, Math.ceil(byTime)));
    }

    private Trial trial(Map<String, String> chosen, int epochs, Dataset divided, SharedWork work) {
        ComparedRun comparedRun = new ComparedRun(divided, threads, listener, work, terms);
        ComparedModel compared = compared(chosen, divided).epochs(epochs);
        try {
            return comparedRun.trial(compared, chosen, null);
        } catch (DivergedException | InputException e) {
            return comparedRun.failure(compared, chosen, e);
        }
    }

    private ComparedModel compared(Map<String, String> chosen, Dataset divided) {
        Map<String, String> own = new LinkedHashMap<>(settings);
        own.putAll(chosen);
        String name = own.remove(byName(own));
        if (name == null) {
            throw new InputException("a trial of no model: " + chosen + ".");
        }
        ModelSpec spec = spec(name);
        return ComparedModel.of(name, spec, terms.settings(spec, divided, own), seed);
    }

    private static String byName(Map<String, String> chosen) {
        return chosen.containsKey(Trial.MODEL) ? Trial.MODEL : Trial.LOSS;
    }

    /** The model of a trial, from its name. */
    static ModelSpec spec(Trial trial) {
        return ModelSpec.parse(trial.model());
    }

    private boolean byLoss() {
        return ComparedModel.differInLoss(models);
    }

    private ModelSpec spec(String name) {
        ModelSpec spec = ComparedModel.named(models).get(name);
        if (spec == null) {
            throw new InputException("a trial of another model: " + name + ".");
        }
        return spec;
    }

    /** Trains on train and validation data for the best number of epochs with the same schedule. */
    private Fit<? extends Model> last(Trial chosen, DataProtocol protocol) {
        ComparedModel compared = compared(chosen.settings(), protocol.data()).epochs(chosen.epochs());
        listener.loss("final training", 1, 1);
        FitListener to = new FitListener() {
            @Override
            public void plan(Plan plan) {
                listener.plan(plan);
            }

            @Override
            public void progress(double share) {
                listener.progress(share);
            }
        };
        FitContext context = FitContext.defaults()
                .withThreads(threads)
                .withListener(to)
                .withFacts(facts)
                .withFacts(labels(protocol));
        return Retraining.train(compared.algorithm(), chosen.bestEpoch(), protocol.data(), context);
    }

    /** Facts about the search for the model's provenance. */
    private Map<String, Object> labels(DataProtocol protocol) {
        Map<String, Object> labels = new LinkedHashMap<>();
        String heldOut = terms.heldOut() == HoldOut.Order.LAST ? protocol.heldOut() : null;
        if (heldOut != null) {
            labels.put(Provenance.CHOSEN_ON, heldOut);
        }
        if (terms.preset() != null) {
            labels.put(Provenance.PRESET, terms.preset().name());
        }
        if (terms.optimistic()) {
            labels.put(Provenance.PROTOCOL, PaperProtocol.LABEL);
        }
        return labels;
    }

    private TuningResult.Last measured(
            Trial chosen, Fit<? extends Model> last, Dataset divided, TestEvaluator evaluator) {
        Evaluation evaluation = evaluator.evaluate(last.model());
        ComparedModel compared = compared(chosen.settings(), divided).epochs(chosen.epochs());
        return new TuningResult.Last(
                compared.name(),
                compared.settings(),
                chosen.bestEpoch(),
                chosen.epochs(),
                last.seconds(),
                evaluation.metrics(),
                evaluator.intervals(TestEvaluator.values(evaluation)));
    }

    private static double value(Trial trial) {
        Double validation = trial.validation();
        return validation == null ? Double.NEGATIVE_INFINITY : validation;
    }

    /** The header that a trials file must match. Losses and budget may grow. */
    private Map<String, String> shared(DataProtocol protocol) {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("mineral", Version.CURRENT);
        shared.put("data_hash", data.hash());
        shared.put("tune", "epochs " + rungs(epochs));
        shared.put("seed", String.valueOf(seed));
        if (byLoss() && !models.get(0).algorithm().equals(ModelSpec.DEFAULT)) {
            shared.put(Trial.MODEL, models.get(0).algorithm());
        }
        new TreeMap<>(settings).forEach((name, value) -> shared.put("set." + name, value));
        if (terms.preset() != null) {
            shared.put("preset", terms.preset().toString());
        }
        if (terms.optimistic()) {
            shared.put("protocol", terms.toString());
        }
        shared.putAll(protocol.told());
        return shared;
    }
}
