package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.model.provenance.Environment;
import org.mineral.model.provenance.Version;
import org.mineral.tune.auto.SearchReport;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.ComparisonResult.Entry;

/** One run of a {@link Comparison}, which is not changed meanwhile. */
final class RunningComparison {

    private final Comparison comparison;
    private final SelectionProtocol selection;
    private final Map<String, ModelSpec> models;

    /** Whether the models are named by their losses. */
    private final boolean byLoss;

    private final DataProtocol protocol;
    private final long started = System.nanoTime();

    /** @throws InputException if the data are too few to be divided */
    RunningComparison(Comparison comparison) {
        this.comparison = comparison;
        this.selection = comparison.selection();
        List<ModelSpec> compared = comparison.compared();
        this.byLoss = ComparedModel.differInLoss(compared);
        this.models = References.withTwins(ComparedModel.named(compared), comparison.data, comparison.settings);
        this.protocol = DataProtocol.of(comparison.data, comparison.seeds.get(0), selection);
    }

    ComparisonResult result() {
        Dataset divided = protocol.data();
        comparison.listener.protocol(protocol);
        boolean retrain = protocol.retrains();
        Interactions trained = retrain ? divided.seen() : divided.train();
        int threads = comparison.threads;
        try (TestEvaluator evaluator = new TestEvaluator(divided, trained, threads, seed());
                ResultCache kept = ResultCache.open(comparison.trainings, this::shared, comparison.listener::note)) {
            List<EntryResult> measured = measured(evaluator, kept);
            EntryResult floor = References.floor(retrain ? divided.withValidInTrain() : divided, evaluator, threads);
            EntryResult ceiling = References.ceiling(comparison.source, divided, evaluator, threads);
            // The lower reference is tested like a model; the upper one is not.
            measured.add(floor);
            PairwiseTests verdicts = PairwiseTests.of(measured);
            int n = measured.size() - 1;
            return new ComparisonResult(
                    DataFacts.of(divided, evaluator.users()),
                    protocol.sentences(comparison.budget(), comparison.seeds.size()),
                    budget(),
                    TestEvaluator.METRIC,
                    selection.toString(),
                    selection.optimistic(),
                    seed(),
                    comparison.seeds,
                    threads,
                    Environment.here(),
                    verdicts.entries().subList(0, n),
                    verdicts.entries().get(n),
                    ceiling == null ? null : ceiling.entry(),
                    verdicts.pairs(),
                    ComparisonResult.same(verdicts.entries().subList(0, n)),
                    References.twins(models),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    private String budget() {
        return selection.searched() ? "a search" : comparison.budget().toString();
    }

    private long seed() {
        return comparison.seeds.get(0);
    }

    /** All models, the best first; failures last, in the order of their runs. */
    private List<EntryResult> measured(TestEvaluator evaluator, ResultCache kept) {
        List<EntryResult> measured = new ArrayList<>();
        int all = models.values().stream()
                .mapToInt(spec -> trainings(spec).size())
                .sum();
        int before = 0;
        for (Map.Entry<String, ModelSpec> model : models.entrySet()) {
            measured.add(measure(model.getKey(), model.getValue(), before, all, evaluator, kept));
            before += trainings(model.getValue()).size();
        }
        measured.sort(Comparator.comparing(EntryResult::entry, RunningComparison::byMetric));
        return measured;
    }

    private static int byMetric(Entry a, Entry b) {
        if (a.failed() || b.failed()) {
            return Boolean.compare(a.failed(), b.failed());
        }
        return Double.compare(b.metric(TestEvaluator.METRIC), a.metric(TestEvaluator.METRIC));
    }

    /** Trains with each seed, with what the search found or for as many epochs as the budget allowed with the first. */
    private EntryResult measure(
            String name, ModelSpec spec, int before, int all, TestEvaluator evaluator, ResultCache kept) {
        List<EntryResult> trainings = new ArrayList<>();
        Begun begun = null;
        for (long seed : trainings(spec)) {
            EntryResult known = kept.of(name, seed);
            if (known == null) {
                String what = comparison.seeds.size() == 1 ? name : name + " " + seed;
                comparison.listener.loss(what, before + trainings.size() + 1, all);
                begun = begun == null ? begun(spec, trainings) : begun;
                known = training(
                        ComparedModel.of(name, spec, begun.settings, seed), begun, evaluator, trainings.isEmpty());
                kept.add(known);
                comparison.listener.done(known.entry());
            }
            trainings.add(known);
            if (known.entry().failed()) {
                break;
            }
        }
        return SeedAggregate.merge(trainings, evaluator);
    }

    /**
     * What all trainings of a model have in common.
     *
     * @param settings given, and found or of the preset
     * @param search that found them; null if none did
     * @param epochs that the budget allowed; 0 if that is not known yet
     */
    private record Begun(
            Map<String, String> settings, @Nullable SearchReport search, int epochs) {}

    /** @param before the trainings of the model that are known already */
    private Begun begun(ModelSpec spec, List<EntryResult> before) {
        Map<String, String> own = selection.settings(spec, protocol.data(), comparison.settings);
        own.putAll(spec.settings());
        if (!selection.searched()) {
            return new Begun(own, null, before.isEmpty() ? 0 : before.get(0).epochs());
        }
        SearchReport known = before.isEmpty() ? null : before.get(0).entry().search();
        SearchReport search = known != null ? known : search(spec);
        Map<String, String> all = new LinkedHashMap<>(search.settings());
        all.putAll(own);
        return new Begun(all, search, 0);
    }

    private SearchReport search(ModelSpec spec) {
        ModelSpec given = ComparedModel.given(spec, comparison.settings, seed());
        return protocol.search(given, comparison.threads, comparison.trainings, comparison.listener.search());
    }

    /** The seeds of a model: only the first if the model does not depend on the seed. */
    private List<Long> trainings(ModelSpec spec) {
        return ComparedModel.of("", spec, comparison.settings, seed()).random() ? comparison.seeds : List.of(seed());
    }

    private EntryResult training(ComparedModel model, Begun begun, TestEvaluator evaluator, boolean first) {
        ComparedRun run = new ComparedRun(protocol.data(), comparison.threads, comparison.listener, null, selection)
                .found(begun.search);
        ComparedModel compared = model;
        try {
            if (begun.search == null) {
                compared =
                        begun.epochs == 0 ? run.budgeted(compared, comparison.budget()) : compared.epochs(begun.epochs);
            }
            List<String> commands = comparison.listener.commands(comparison.source, protocol, compared, begun.settings);
            return run.result(compared, commands, evaluator, comparison.information && first);
        } catch (DivergedException | InputException e) {
            return run.failure(compared, e, List.of());
        }
    }

    /** The header that a file of trainings must match. Losses and further seeds may be added. */
    private Map<String, String> shared() {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("mineral", Version.CURRENT);
        shared.putAll(comparison.data.identity());
        shared.put("source", comparison.source.name());
        shared.put("compare", budget());
        shared.put("seed", String.valueOf(seed()));
        shared.put("information", String.valueOf(comparison.information));
        shared.put("protocol", selection.toString());
        String first = models.values().iterator().next().algorithm();
        if (byLoss && !first.equals(ModelSpec.DEFAULT)) {
            // Its entries are named by their losses.
            shared.put("model", first);
        }
        new TreeMap<>(comparison.settings).forEach((name, value) -> shared.put("set." + name, value));
        if (selection.preset() != null) {
            shared.put("preset", selection.preset().toString());
        }
        shared.putAll(protocol.told());
        return shared;
    }
}
