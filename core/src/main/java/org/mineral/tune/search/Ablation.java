package org.mineral.tune.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.SharedWork;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.model.Environment;
import org.mineral.model.Version;
import org.mineral.tune.compare.Budget;
import org.mineral.tune.compare.ComparedModel;
import org.mineral.tune.compare.ComparedRun;
import org.mineral.tune.compare.Comparison;
import org.mineral.tune.compare.ComparisonListener;
import org.mineral.tune.compare.DataProtocol;
import org.mineral.tune.compare.DataSource;
import org.mineral.tune.compare.SelectionProtocol;
import org.mineral.tune.compare.TestEvaluator;
import org.mineral.tune.compare.Trial;
import org.mineral.tune.compare.TrialLog;

/**
 * Varies one or two settings of a model over a grid: each cell is trained with the same budget and evaluated on validation data. The test
 * part is used only on request. The spectral start is computed once. Cells run one after another, because a training uses all threads.
 *
 * @param data missing parts are split off, see {@link DataProtocol}
 * @param source the data as a user names them
 * @param y null to vary x only
 * @param settings for all cells
 * @param trials file of finished cells, JSON lines; these are not trained again. Null: none
 * @param test whether each cell is measured on the test part too
 * @param heldOut which of each user's interactions become the validation part if the data have none
 */
public record Ablation(
        Dataset data,
        DataSource source,
        ModelSpec model,
        Axis x,
        @Nullable Axis y,
        Budget budget,
        Map<String, String> settings,
        long seed,
        int threads,
        @Nullable Path trials,
        boolean test,
        HoldOut.Order heldOut,
        ComparisonListener listener) {

    private static final int MOST_CELLS = 2500;

    /** @throws InputException for an unknown name, or a value out of range, in any cell */
    public Ablation {
        Map<String, String> varied = new LinkedHashMap<>();
        for (Axis axis : y == null ? List.of(x) : List.of(x, y)) {
            if (varied.put(axis.name(), axis.values().get(0)) != null || settings.containsKey(axis.name())) {
                throw new InputException(axis.name() + " stands twice; name each setting once.");
            }
        }
        ComparedModel.check(varied, List.of(model));
        ComparedModel.check(settings, List.of(model));
        Algorithms.of(model.algorithm()).unused(model.with(varied).settings()).forEach((name, why) -> {
            throw new InputException("nothing comes of varying " + name + ": " + why);
        });
        if (cells(x, y).size() > MOST_CELLS) {
            throw new InputException("a grid of " + cells(x, y).size() + " cells; allowed: up to " + MOST_CELLS + ".");
        }
        for (Map<String, String> cell : cells(x, y)) {
            compared(model, settings, cell, seed);
        }
    }

    /** @throws InputException if there are too few data to split, or the trials file belongs to something else */
    public AblationResult run() {
        long started = System.nanoTime();
        DataProtocol protocol = DataProtocol.of(data, seed, SelectionProtocol.DEFAULTS.heldOut(heldOut));
        listener.protocol(protocol);
        List<Map<String, String>> grid = cells(x, y);
        Map<Map<String, String>, Trial> known = new LinkedHashMap<>();
        SharedWork work = new SharedWork();
        try (TestEvaluator evaluator =
                        new TestEvaluator(protocol.data(), protocol.data().train(), threads, seed);
                TrialLog<Trial> log =
                        trials == null ? null : TrialLog.open(trials, shared(protocol), Trial.class, listener::note)) {
            if (log != null) {
                log.trials().forEach(trial -> known.put(trial.settings(), trial));
            }
            List<Map<String, String>> missing =
                    grid.stream().filter(cell -> !known.containsKey(cell)).toList();
            for (int k = 0; k < missing.size(); k++) {
                Map<String, String> cell = missing.get(k);
                listener.loss(name(cell), k + 1, missing.size());
                Trial trial = trial(cell, protocol.data(), test ? evaluator : null, work);
                if (log != null) {
                    log.add(trial);
                }
                known.put(cell, trial);
                listener.trial(trial);
            }
            List<Trial> cells = new ArrayList<>();
            grid.forEach(cell -> cells.add(known.get(cell)));
            Trial best = AblationResult.best(cells);
            return new AblationResult(
                    Comparison.facts(protocol.data(), evaluator.users()),
                    protocol.ablation(budget, test),
                    TestEvaluator.METRIC,
                    name(model),
                    model.configured().formula(),
                    budget.toString(),
                    settings,
                    x,
                    y,
                    seed,
                    threads,
                    Environment.here(),
                    cells,
                    best == null ? List.of() : commands(best, protocol),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    private Trial trial(Map<String, String> cell, Dataset divided, @Nullable TestEvaluator evaluator, SharedWork work) {
        ComparedRun comparedRun = new ComparedRun(divided, threads, listener, work, SelectionProtocol.DEFAULTS);
        ComparedModel compared = compared(model, settings, cell, seed);
        try {
            compared = comparedRun.budgeted(compared, budget);
            return comparedRun.trial(compared, cell, evaluator);
        } catch (DivergedException | InputException e) {
            return comparedRun.failure(compared, cell, e);
        }
    }

    private List<String> commands(Trial best, DataProtocol protocol) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(best.settings());
        ComparedModel compared =
                compared(model, settings, best.settings(), seed).epochs(best.epochs());
        return listener.commands(source, protocol, compared, all);
    }

    /** The header that a trials file must match. The grid may grow. */
    private Map<String, String> shared(DataProtocol protocol) {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("mineral", Version.CURRENT);
        shared.put("data_hash", data.hash());
        shared.put("loss", name(model));
        if (ComparedModel.differInLoss(List.of(model)) && !model.algorithm().equals(ModelSpec.DEFAULT)) {
            shared.put("model", model.algorithm());
        }
        shared.put("budget", budget.toString());
        shared.put("seed", String.valueOf(seed));
        shared.put("test", String.valueOf(test));
        new TreeMap<>(settings).forEach((name, value) -> shared.put("set." + name, value));
        shared.putAll(protocol.told());
        return shared;
    }

    private static String name(ModelSpec model) {
        return ComparedModel.named(List.of(model)).keySet().iterator().next();
    }

    private static ComparedModel compared(
            ModelSpec model, Map<String, String> settings, Map<String, String> cell, long seed) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(cell);
        return ComparedModel.of(name(model), model, all, seed);
    }

    private static List<Map<String, String>> cells(Axis x, @Nullable Axis y) {
        List<Map<String, String>> cells = new ArrayList<>();
        for (String row : y == null ? List.of("") : y.values()) {
            for (String value : x.values()) {
                // In a fixed order, unlike Map.of.
                Map<String, String> cell = new LinkedHashMap<>(Map.of(x.name(), value));
                if (y != null) {
                    cell.put(y.name(), row);
                }
                cells.add(cell);
            }
        }
        return cells;
    }

    /** {@code lambda=1.1 temperature=0.15}, in this order for every cell. */
    private String name(Map<String, String> cell) {
        String first = x.name() + "=" + cell.get(x.name());
        return y == null ? first : first + " " + y.name() + "=" + cell.get(y.name());
    }
}
