package org.mineral.tune.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;
import org.mineral.model.Environment;
import org.mineral.model.Model;
import org.mineral.model.PopularityModel;
import org.mineral.model.Version;
import org.mineral.tune.compare.ComparisonResult.DataFacts;
import org.mineral.tune.compare.ComparisonResult.Entry;
import org.mineral.tune.compare.ComparisonResult.Kind;
import org.mineral.tune.preset.Preset;
import org.mineral.tune.preset.Presets;

/**
 * Trains models on the same data, each with the same budget, and evaluates each once on the test part with the weights that were best on the
 * validation part. Immutable: methods with a parameter return changed copies.
 *
 * <pre>{@code
 * ComparisonResult result = Comparison.of(Datasets.read("interactions.csv"))
 *         .losses(List.of("mine+", "softmax", "bpr"))
 *         .budget(Budget.epochs(20))
 *         .run();
 * }</pre>
 *
 * <p>With a budget of epochs, the same data and seed give the same metrics, bit for bit, for any number of threads.
 *
 * @param data missing parts are split off, see {@link DataProtocol}
 * @param source the data as a user names them
 * @param models losses or algorithms with settings of their own. Popularity, the lower reference of every comparison, and the planted truth
 *     of generated data, the upper one, are added by themselves
 * @param settings for all models that have them, by public name
 * @param seeds every model that depends on a seed is trained once with each; the first also divides the data, the same for all
 * @param information whether to measure the information of the scores about the test pairs, in nats
 * @param trainings file of finished trainings, JSON lines. Those in it are not repeated, so that a killed comparison can be resumed, or
 *     extended by more losses. Null: none
 */
public record Comparison(
        Dataset data,
        DataSource source,
        List<ModelSpec> models,
        Budget budget,
        Map<String, String> settings,
        List<Long> seeds,
        int threads,
        boolean information,
        SelectionProtocol terms,
        @Nullable Path trainings,
        ComparisonListener listener) {

    public static final Budget DEFAULT_BUDGET = Budget.epochs(10);
    public static final long DEFAULT_SEED = 42;
    private static final int MOST_SEEDS = 100;

    private static final ModelSpec FLOOR = ModelSpec.of(PopularityModel.NAME);
    private static final ModelSpec CEILING = ModelSpec.of("planted");

    /** @throws InputException for an unknown loss or setting, or a value out of range */
    public Comparison {
        if (models.isEmpty()) {
            throw new InputException("no loss to compare. Allowed: " + String.join(", ", Losses.names()) + ".");
        }
        models = models.stream()
                .distinct()
                .filter(spec -> !spec.equals(FLOOR) && !(spec.equals(CEILING) && source.generated()))
                .toList();
        if (models.isEmpty()) {
            throw new InputException(
                    "popularity and the planted truth are floor and ceiling of every comparison; name a model"
                            + " to hold against them.");
        }
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || seeds.size() > MOST_SEEDS || Set.copyOf(seeds).size() < seeds.size()) {
            throw new InputException("the seeds " + seeds + "; allowed: 1 to " + MOST_SEEDS + ", each once.");
        }
        ComparedModel.check(settings, models);
        if (terms.preset() != null) {
            Presets.check(terms.preset(), models.stream().map(Preset::key).toList());
        }
        for (ModelSpec spec : models) {
            ComparedModel.of("", spec, settings, seeds.get(0));
        }
    }

    /** Every loss, 10 epochs each, all processors. */
    public static Comparison of(Dataset data) {
        return new Comparison(
                data,
                DataSource.of(data.name()),
                ModelSpec.ofLosses(Losses.names()),
                DEFAULT_BUDGET,
                Map.of(),
                List.of(DEFAULT_SEED),
                Runtime.getRuntime().availableProcessors(),
                false,
                SelectionProtocol.DEFAULTS,
                null,
                ComparisonListener.NONE);
    }

    public Comparison source(String source) {
        return source(DataSource.of(source));
    }

    public Comparison source(DataSource source) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    /** Matrix factorisation with each of these losses. */
    public Comparison losses(List<String> losses) {
        return models(ModelSpec.ofLosses(losses));
    }

    public Comparison models(List<ModelSpec> models) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison budget(Budget budget) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison settings(Map<String, String> settings) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    /** One training a model. */
    public Comparison seed(long seed) {
        return seeds(List.of(seed));
    }

    /** One training a model and seed. */
    public Comparison seeds(List<Long> seeds) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison threads(int threads) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison information(boolean information) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison terms(SelectionProtocol terms) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison trainings(@Nullable Path trainings) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    public Comparison listener(ComparisonListener listener) {
        return new Comparison(
                data, source, models, budget, settings, seeds, threads, information, terms, trainings, listener);
    }

    /**
     * Trains and measures. A model that cannot be trained becomes an entry that says why.
     *
     * @throws InputException if the data are too few to be divided
     */
    public ComparisonResult run() {
        long started = System.nanoTime();
        DataProtocol protocol = DataProtocol.of(data, seeds.get(0), terms);
        Dataset divided = protocol.data();
        listener.protocol(protocol);
        Interactions trained = terms.retrain() ? divided.seen() : divided.train();
        try (TestEvaluator evaluator = new TestEvaluator(divided, trained, threads, seeds.get(0));
                ResultCache kept = ResultCache.open(trainings, () -> shared(protocol), listener::note)) {
            List<EntryResult> measured = new ArrayList<>();
            int before = 0;
            int all = ComparedModel.named(models).values().stream()
                    .mapToInt(spec -> trainings(spec).size())
                    .sum();
            for (Map.Entry<String, ModelSpec> model :
                    ComparedModel.named(models).entrySet()) {
                measured.add(measure(model.getKey(), model.getValue(), before, all, protocol, evaluator, kept));
                before += trainings(model.getValue()).size();
            }
            measured.sort(Comparator.comparing(m -> m.entry(), Comparison::byMetric));
            Dataset counted = terms.retrain() ? divided.withValidInTrain() : divided;
            EntryResult floor = reference(FLOOR, FLOOR.toString(), Kind.POPULARITY, counted, evaluator);
            EntryResult ceiling = ceiling(divided, evaluator);
            // The lower reference is tested like a model; the upper one is not.
            measured.add(floor);
            PairwiseTests verdicts = PairwiseTests.of(measured);
            int n = measured.size() - 1;
            return new ComparisonResult(
                    facts(divided, evaluator.users()),
                    protocol.sentences(budget, seeds.size()),
                    budget.toString(),
                    TestEvaluator.METRIC,
                    terms.toString(),
                    terms.optimistic(),
                    seeds.get(0),
                    seeds,
                    threads,
                    Environment.here(),
                    verdicts.entries().subList(0, n),
                    verdicts.entries().get(n),
                    ceiling == null ? null : ceiling.entry(),
                    verdicts.pairs(),
                    (System.nanoTime() - started) / 1e9);
        }
    }

    /** Trains with each seed, for as many epochs as the budget allowed with the first. */
    private EntryResult measure(
            String name,
            ModelSpec spec,
            int before,
            int all,
            DataProtocol protocol,
            TestEvaluator evaluator,
            ResultCache kept) {
        List<EntryResult> trainings = new ArrayList<>();
        Map<String, String> own = terms.settings(spec, protocol.data(), settings);
        int epochs = 0;
        for (long seed : trainings(spec)) {
            EntryResult known = kept.of(name, seed);
            if (known == null) {
                String what = seeds.size() == 1 ? name : name + " " + seed;
                listener.loss(what, before + trainings.size() + 1, all);
                ComparedModel compared = ComparedModel.of(name, spec, own, seed);
                Map<String, String> given = new LinkedHashMap<>(own);
                given.putAll(spec.settings());
                known = training(compared, epochs, given, protocol, evaluator, trainings.isEmpty());
                kept.add(known);
                listener.done(known.entry());
            }
            trainings.add(known);
            if (known.entry().failed()) {
                break;
            }
            epochs = known.epochs();
        }
        return SeedAggregate.merge(trainings, evaluator);
    }

    /** The seeds of a model: only the first if the model does not depend on the seed. */
    private List<Long> trainings(ModelSpec spec) {
        return ComparedModel.of("", spec, settings, seeds.get(0)).random() ? seeds : List.of(seeds.get(0));
    }

    /** @param epochs number of epochs; 0 for as many as the budget allows */
    private EntryResult training(
            ComparedModel begun,
            int epochs,
            Map<String, String> own,
            DataProtocol protocol,
            TestEvaluator evaluator,
            boolean first) {
        ComparedRun comparedRun = new ComparedRun(protocol.data(), threads, listener, null, terms);
        ComparedModel compared = begun;
        try {
            compared = epochs == 0 ? comparedRun.budgeted(compared, budget) : compared.epochs(epochs);
            return comparedRun.result(
                    compared, listener.commands(source, protocol, compared, own), evaluator, information && first);
        } catch (DivergedException | InputException e) {
            return comparedRun.failure(compared, e, List.of());
        }
    }

    /** The header that a file of trainings must match. Losses and further seeds may be added. */
    private Map<String, String> shared(DataProtocol protocol) {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put("mineral", Version.CURRENT);
        shared.put("data_hash", data.hash());
        shared.put("source", source.name());
        shared.put("compare", budget.toString());
        shared.put("seed", String.valueOf(seeds.get(0)));
        shared.put("information", String.valueOf(information));
        shared.put("protocol", terms.toString());
        if (ComparedModel.differInLoss(models) && !models.get(0).algorithm().equals(ModelSpec.DEFAULT)) {
            // Its entries are named by their losses.
            shared.put("model", models.get(0).algorithm());
        }
        new TreeMap<>(settings).forEach((name, value) -> shared.put("set." + name, value));
        if (terms.preset() != null) {
            shared.put("preset", terms.preset().toString());
        }
        shared.putAll(protocol.told());
        return shared;
    }

    /** Sorts entries: best first; failures last, in the order of their runs. */
    private static int byMetric(Entry a, Entry b) {
        if (a.failed() || b.failed()) {
            return Boolean.compare(a.failed(), b.failed());
        }
        return Double.compare(b.metric(TestEvaluator.METRIC), a.metric(TestEvaluator.METRIC));
    }

    /** The planted truth, if the data are generated from their name. */
    private @Nullable EntryResult ceiling(Dataset divided, TestEvaluator evaluator) {
        if (!source.generated()) {
            return null;
        }
        try {
            return reference(CEILING.with("source", source.name()), "planted truth", Kind.PLANTED, divided, evaluator);
        } catch (InputException e) {
            return null;
        }
    }

    private EntryResult reference(ModelSpec spec, String name, Kind kind, Dataset data, TestEvaluator evaluator) {
        ConfiguredAlgorithm<?> algorithm = spec.configured();
        Model model =
                algorithm.fit(data, FitContext.defaults().withThreads(threads)).model();
        return EntryResult.reference(model, name, kind, algorithm.source(), evaluator);
    }

    public static DataFacts facts(Dataset data, int testUsers) {
        return new DataFacts(
                data.name(),
                data.hash(),
                data.users().size(),
                data.items().size(),
                data.train().size(),
                data.valid().size(),
                data.test().size(),
                testUsers,
                (double) data.train().size()
                        / ((double) data.users().size() * data.items().size()));
    }
}
