package org.mineral.tune.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.mineral.model.Model;
import org.mineral.model.provenance.Environment;
import org.mineral.model.provenance.SelectionProvenance;
import org.mineral.model.provenance.Version;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.ComparedRun;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.PaperProtocol;
import org.mineral.tune.compare.Retraining;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.compare.TestEvaluator;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.log.TrialLog;

/** One run of a {@link Tuning}, which is not changed meanwhile. */
final class RunningTuning {

    private static final String EPOCHS = "epochs";

    /** What the rungs decide. */
    private static final Set<String> OF_SCHEDULE = Set.of(EPOCHS, "stop_after");

    private static final int RUNGS = 3;

    /** Of models without epochs. */
    private static final List<Integer> ONE_RUNG = List.of(0);

    private static final int FEWEST_EPOCHS = 2;

    private final Tuning tuning;
    private final Map<String, ModelSpec> models;
    private final SelectionProtocol selection;
    private final DataProtocol divided;
    private final DataProtocol protocol;
    private final Map<String, SearchReport> begun = new LinkedHashMap<>();
    private final SharedWork work = new SharedWork();
    private final List<Trial> done = new ArrayList<>();
    private final long started = System.nanoTime();

    /** @throws InputException if there are too few data to split */
    RunningTuning(Tuning tuning) {
        this.tuning = tuning;
        this.models = ComparedModel.named(tuning.models);
        this.selection = tuning.selection();
        this.divided = DataProtocol.of(tuning.data, tuning.seed, selection);
        this.protocol = selection.optimistic() ? divided : divided.judged(models.values());
    }

    /** Epochs of each rung, ascending. */
    static List<Integer> rungs(int epochs) {
        List<Integer> rungs = new ArrayList<>();
        for (int e = epochs; rungs.size() < RUNGS && (rungs.isEmpty() || e >= FEWEST_EPOCHS); e /= Halving.FACTOR) {
            rungs.add(0, e);
        }
        return List.copyOf(rungs);
    }

    /** Of the result: those of models with epochs; a single 0 if there are none. */
    private List<Integer> rungs() {
        return models.keySet().stream().anyMatch(this::iterative) ? rungs(tuning.epochs) : ONE_RUNG;
    }

    private boolean iterative(String name) {
        return ComparedModel.of(name, spec(name), tuning.settings, tuning.seed).iterative();
    }

    /** @throws InputException if the trials file belongs to something else */
    Tuning.Outcome outcome() {
        tuning.listener.protocol(protocol);
        try (TrialLog<Trial> log = tuning.trials == null
                ? null
                : TrialLog.open(tuning.trials, shared(), Trial.class, tuning.listener::note)) {
            for (String name : models.keySet()) {
                search(name, log);
            }
        }
        done.sort(Comparator.comparingDouble(RunningTuning::value).reversed());
        Trial chosen = done.isEmpty() || done.get(0).failed() ? null : done.get(0);
        Dataset data = protocol.data();
        try (TestEvaluator evaluator = new TestEvaluator(data, data.seen(), tuning.threads, tuning.seed)) {
            Fit<? extends Model> last = chosen == null ? null : last(chosen);
            TuningResult result = new TuningResult(
                    DataFacts.of(data, evaluator.users()),
                    protocol.tuning(tuning.budget.toString(), rungs()),
                    TestEvaluator.METRIC,
                    selection.toString(),
                    selection.optimistic(),
                    tuning.budget.toString(),
                    rungs(),
                    tuning.settings,
                    begun,
                    tuning.seed,
                    tuning.threads,
                    Environment.here(),
                    List.copyOf(done),
                    chosen,
                    chosen == null || last == null ? null : measured(chosen, last, evaluator),
                    (System.nanoTime() - started) / 1e9);
            return new Tuning.Outcome(result, last == null ? null : last.model());
        }
    }

    private void search(String name, @Nullable TrialLog<Trial> log) {
        Map<List<Object>, Trial> known = new HashMap<>();
        if (log != null) {
            log.trials().forEach(t -> known.put(List.of(t.settings(), t.epochs()), t));
        }
        ModelSpec spec = spec(name);
        boolean iterative = iterative(name);
        List<Integer> rungs = iterative ? rungs(tuning.epochs) : ONE_RUNG;
        Set<String> fixed = new HashSet<>(tuning.settings.keySet());
        fixed.addAll(spec.with(tuning.settings).unusedOn(tuning.data));
        Space space = Space.of(name, spec, fixed, tuning.seed);
        Halving halving = new Halving(rungs.size(), tuning.budget.limit());
        double spent = selection.searched() ? begin(name, known, log) : 0;
        int count = 0;
        for (Optional<Halving.Job> next = halving.next(); next.isPresent(); next = halving.next()) {
            if (spent >= tuning.budget.seconds(models.size())) {
                return;
            }
            Halving.Job job = next.get();
            int epochs = rungs.get(job.rung());
            count++;
            Map<String, String> chosen = chosen(name, space.point(job.point()));
            if (!known.containsKey(List.of(chosen, epochs))) {
                String what = name + " point " + (job.point() + 1) + (iterative ? ", " + epochs + " epochs" : "");
                tuning.listener.loss(what, count, expected(rungs.size(), count, spent));
            }
            Trial trial = trial(chosen, epochs, known, log);
            spent += trial.seconds();
            halving.done(job, value(trial));
        }
    }

    /** Finds what {@code train} would choose, which all points begin with, and makes it the first trial. Returns its seconds. */
    private double begin(String name, Map<List<Object>, Trial> known, @Nullable TrialLog<Trial> log) {
        ModelSpec given = ComparedModel.given(spec(name), tuning.settings, tuning.seed);
        tuning.listener.loss(name + " as train begins", 1, 1);
        SearchReport search = divided.search(given, tuning.threads, tuning.trials, tuning.listener.search());
        begun.put(name, search);
        String epochs = search.settings().get(EPOCHS);
        return epochs == null
                ? 0
                : trial(chosen(name, Map.of()), Integer.parseInt(epochs), known, log)
                        .seconds();
    }

    private Map<String, String> chosen(String name, Map<String, String> point) {
        Map<String, String> chosen = new LinkedHashMap<>();
        chosen.put(spec(name).loss().equals(name) ? Trial.LOSS : Trial.MODEL, name);
        chosen.putAll(point);
        return chosen;
    }

    /** Approximate number of trainings for each loss. */
    private int expected(int rungs, int count, double spent) {
        int all = 0;
        for (int r = 0, n = tuning.budget.limit(); r < rungs; r++, n /= Halving.FACTOR) {
            all += Math.max(1, n);
        }
        double limit = tuning.budget.seconds(models.size());
        boolean timed = count > 1 && spent > 0 && Double.isFinite(limit);
        double byTime = timed ? Math.ceil((count - 1) * limit / spent) : all;
        return (int) Math.max(count, Math.min(all, byTime));
    }

    /** Trains a trial, unless it is known. */
    private Trial trial(
            Map<String, String> chosen, int epochs, Map<List<Object>, Trial> known, @Nullable TrialLog<Trial> log) {
        Trial trial = known.get(List.of(chosen, epochs));
        if (trial == null) {
            trial = trained(chosen, epochs);
            if (log != null) {
                log.add(trial);
            }
            known.put(List.of(chosen, epochs), trial);
            tuning.listener.trial(trial);
        }
        if (!done.contains(trial)) {
            done.add(trial);
        }
        return trial;
    }

    private Trial trained(Map<String, String> chosen, int epochs) {
        ComparedRun run = new ComparedRun(protocol.data(), tuning.threads, tuning.listener, work, selection);
        ComparedModel compared = compared(chosen, epochs);
        try {
            return run.trial(compared, chosen, null);
        } catch (DivergedException | InputException e) {
            return run.failure(compared, chosen, e);
        }
    }

    /** The model of a trial, from the settings that it chose. */
    private ComparedModel compared(Map<String, String> chosen, int epochs) {
        Map<String, String> own = new LinkedHashMap<>(tuning.settings);
        own.putAll(chosen);
        String name = own.remove(own.containsKey(Trial.MODEL) ? Trial.MODEL : Trial.LOSS);
        if (name == null) {
            throw new InputException("a trial of no model: " + chosen + ".");
        }
        ModelSpec spec = spec(name);
        Map<String, String> all = new LinkedHashMap<>();
        SearchReport search = begun.get(name);
        if (search != null) {
            all.putAll(search.settings());
            all.keySet().removeAll(OF_SCHEDULE);
        }
        all.putAll(selection.settings(spec, protocol.data(), own));
        return ComparedModel.of(name, spec, all, tuning.seed).epochs(epochs);
    }

    private ModelSpec spec(String name) {
        ModelSpec spec = models.get(name);
        if (spec == null) {
            throw new InputException("a trial of another model: " + name + ".");
        }
        return spec;
    }

    /** Trains on train and validation data for the best number of epochs with the same schedule. */
    private Fit<? extends Model> last(Trial chosen) {
        tuning.listener.loss("final training", 1, 1);
        FitListener to = new FitListener() {
            @Override
            public void plan(Plan plan) {
                tuning.listener.plan(plan);
            }

            @Override
            public void progress(double share) {
                tuning.listener.progress(share);
            }
        };
        FitContext context = FitContext.defaults()
                .withThreads(tuning.threads)
                .withListener(to)
                .withProvenance(tuning.provenance.with(provenance()));
        ComparedModel compared = compared(chosen.settings(), chosen.epochs());
        return Retraining.train(compared.algorithm(), chosen.bestEpoch(), protocol.data(), context);
    }

    /** How the model was chosen, for its provenance. */
    private SelectionProvenance provenance() {
        SelectionProvenance provenance = SelectionProvenance.NONE;
        String heldOut = selection.heldOut() == HoldOut.Order.RANDOM ? null : protocol.heldOut();
        if (heldOut != null) {
            provenance = provenance.withChosenOn(heldOut);
        }
        if (selection.preset() != null) {
            provenance = provenance.withPreset(selection.preset().name());
        }
        return selection.optimistic() ? provenance.withProtocol(PaperProtocol.LABEL) : provenance;
    }

    private TuningResult.Last measured(Trial chosen, Fit<? extends Model> last, TestEvaluator evaluator) {
        Evaluation evaluation = evaluator.evaluate(last.model());
        ComparedModel compared = compared(chosen.settings(), chosen.epochs());
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
    private Map<String, String> shared() {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("mineral", Version.CURRENT);
        shared.putAll(tuning.data.identity());
        shared.put("tune", "epochs " + rungs(tuning.epochs));
        shared.put("seed", String.valueOf(tuning.seed));
        if (ComparedModel.differInLoss(tuning.models)
                && !tuning.models.get(0).algorithm().equals(ModelSpec.DEFAULT)) {
            shared.put(Trial.MODEL, tuning.models.get(0).algorithm());
        }
        new TreeMap<>(tuning.settings).forEach((name, value) -> shared.put("set." + name, value));
        if (selection.preset() != null) {
            shared.put("preset", selection.preset().toString());
        }
        if (selection.optimistic()) {
            shared.put("protocol", selection.toString());
        }
        if (selection.searched()) {
            shared.put("begins", "searched");
        }
        shared.putAll(protocol.told());
        return shared;
    }
}
