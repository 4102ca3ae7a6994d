package org.mineral.tune.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.model.provenance.Environment;
import org.mineral.model.provenance.Version;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.ComparedRun;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.compare.TestEvaluator;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.log.TrialLog;

/** One run of an {@link Ablation}, which is not changed meanwhile. */
final class RunningAblation {

    private static final String EPOCHS = "epochs";

    private final Ablation ablation;
    private final DataProtocol protocol;
    private final Map<String, String> begun = new LinkedHashMap<>();
    private final Budget budget;
    private final SharedWork work = new SharedWork();
    private final long started = System.nanoTime();

    /** @throws InputException if there are too few data to split */
    RunningAblation(Ablation ablation) {
        this.ablation = ablation;
        DataProtocol divided = DataProtocol.of(ablation.data, ablation.seed, ablation.selection());
        this.protocol = divided.judged(List.of(ablation.model));
        if (ablation.selection().searched()) {
            begun.putAll(searched(divided).settings());
        }
        String epochs = begun.remove(EPOCHS);
        begun.remove("stop_after");
        begun.keySet().removeAll(ablation.settings.keySet());
        begun.keySet().removeAll(ablation.cells().get(0).keySet());
        this.budget = ablation.budget(epochs == null ? null : Integer.valueOf(epochs));
    }

    /** What {@code train} would choose. */
    private SearchReport searched(DataProtocol divided) {
        ablation.listener.loss("as train begins", 1, 1);
        ModelSpec given = ComparedModel.given(ablation.model, ablation.settings, ablation.seed);
        return divided.search(given, ablation.threads, ablation.trials, ablation.listener.search());
    }

    /** All settings that the cells share. */
    private Map<String, String> settings() {
        Map<String, String> all = new LinkedHashMap<>(begun);
        all.putAll(ablation.settings);
        return all;
    }

    /** @throws InputException if the trials file belongs to something else */
    AblationResult result() {
        ablation.listener.protocol(protocol);
        try (TestEvaluator evaluator =
                new TestEvaluator(protocol.data(), protocol.data().train(), ablation.threads, ablation.seed)) {
            List<Trial> cells = trained(evaluator);
            Trial best = AblationResult.best(cells);
            return new AblationResult(
                    DataFacts.of(protocol.data(), evaluator.users()),
                    protocol.ablation(budget, ablation.model.configured().has(EPOCHS), ablation.test),
                    TestEvaluator.METRIC,
                    ablation.name(),
                    ablation.model.configured().formula(),
                    budget.toString(),
                    settings(),
                    ablation.x,
                    ablation.y,
                    ablation.seed,
                    ablation.threads,
                    Environment.here(),
                    cells,
                    best == null ? List.of() : commands(best),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    /** All cells, by y, then by x: those of the file, and those that are missing there. */
    private List<Trial> trained(TestEvaluator evaluator) {
        Map<Map<String, String>, Trial> known = new LinkedHashMap<>();
        try (TrialLog<Trial> log = ablation.trials == null
                ? null
                : TrialLog.open(ablation.trials, shared(), Trial.class, ablation.listener::note)) {
            if (log != null) {
                log.trials().forEach(trial -> known.put(trial.settings(), trial));
            }
            List<Map<String, String>> missing = ablation.cells().stream()
                    .filter(cell -> !known.containsKey(cell))
                    .toList();
            for (int k = 0; k < missing.size(); k++) {
                Map<String, String> cell = missing.get(k);
                ablation.listener.loss(name(cell), k + 1, missing.size());
                Trial trial = trial(cell, ablation.test ? evaluator : null);
                if (log != null) {
                    log.add(trial);
                }
                known.put(cell, trial);
                ablation.listener.trial(trial);
            }
        }
        List<Trial> cells = new ArrayList<>();
        ablation.cells().forEach(cell -> cells.add(known.get(cell)));
        return cells;
    }

    private Trial trial(Map<String, String> cell, @Nullable TestEvaluator evaluator) {
        ComparedRun run =
                new ComparedRun(protocol.data(), ablation.threads, ablation.listener, work, SelectionProtocol.DEFAULTS);
        ComparedModel compared = ablation.compared(cell, begun);
        try {
            compared = run.budgeted(compared, budget);
            return run.trial(compared, cell, evaluator);
        } catch (DivergedException | InputException e) {
            return run.failure(compared, cell, e);
        }
    }

    private List<String> commands(Trial best) {
        Map<String, String> all = settings();
        all.putAll(best.settings());
        ComparedModel compared = ablation.compared(best.settings(), begun).epochs(best.epochs());
        return ablation.listener.commands(ablation.source, protocol, compared, all);
    }

    /** The header that a trials file must match. The grid may grow. */
    private Map<String, String> shared() {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("mineral", Version.CURRENT);
        shared.putAll(ablation.data.identity());
        shared.put("loss", ablation.name());
        if (ComparedModel.differInLoss(List.of(ablation.model))
                && !ablation.model.algorithm().equals(ModelSpec.DEFAULT)) {
            shared.put("model", ablation.model.algorithm());
        }
        shared.put("budget", budget.toString());
        shared.put("seed", String.valueOf(ablation.seed));
        shared.put("test", String.valueOf(ablation.test));
        new TreeMap<>(ablation.settings).forEach((name, value) -> shared.put("set." + name, value));
        if (ablation.selection().searched()) {
            shared.put("begins", new TreeMap<>(begun).toString());
        }
        shared.putAll(protocol.told());
        return shared;
    }

    /** {@code lambda=1.1 temperature=0.15}, in this order for every cell. */
    private String name(Map<String, String> cell) {
        String first = ablation.x.name() + "=" + cell.get(ablation.x.name());
        Axis y = ablation.y;
        return y == null ? first : first + " " + y.name() + "=" + cell.get(y.name());
    }
}
