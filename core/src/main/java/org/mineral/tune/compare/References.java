package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Config;
import org.mineral.config.HeapException;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.PopularityModel;
import org.mineral.tune.compare.ComparisonResult.Kind;

/**
 * What comparisons measure beside their models: popularity, and the planted truth of generated data. Beside all losses also models without a loss that are hard to
 * beat on many data: nearest items, by attributes too where items have some, and EASE where it fits. Where the data have attributes, also models
 * without them.
 */
final class References {

    private static final ModelSpec FLOOR = ModelSpec.of(PopularityModel.NAME);
    private static final ModelSpec CEILING = ModelSpec.of("planted");
    private static final ModelSpec NEIGHBOURS = ModelSpec.of("item-knn");
    private static final ModelSpec BY_ATTRIBUTES = ModelSpec.of("hybrid-knn");
    private static final ModelSpec EASE = ModelSpec.of("ease");

    /** Of attributes, beside what else a model learns from; 0 for none. */
    private static final String WEIGHT = "attribute_weight";

    /** EASE is computed at most so many times for a search, and once without. */
    private static final int TRIALS = 17;

    /** Floating-point operations of all inversions, minutes on a few processors; one takes the number of items to the third power. */
    private static final double MOST_OPERATIONS = 2e13;

    private References() {}

    /** Whether a model is one of them. */
    static boolean are(ModelSpec spec, DataSource source) {
        return spec.equals(FLOOR) || spec.equals(CEILING) && source.generated();
    }

    /** Popularity, counted on {@code data.train()}. */
    static EntryResult floor(Dataset data, TestEvaluator evaluator, int threads) {
        return measured(FLOOR, FLOOR.toString(), Kind.POPULARITY, data, evaluator, threads);
    }

    /** The planted truth; null if the data are not generated, or not from their name. */
    static @Nullable EntryResult ceiling(DataSource source, Dataset data, TestEvaluator evaluator, int threads) {
        if (!source.generated()) {
            return null;
        }
        try {
            ModelSpec spec = CEILING.with("source", source.name());
            return measured(spec, "planted truth", Kind.PLANTED, data, evaluator, threads);
        } catch (InputException e) {
            return null;
        }
    }

    /**
     * The models beside all losses.
     *
     * @param searched whether each model has a search for its settings
     */
    static List<ModelSpec> rivals(Dataset data, boolean searched, int threads) {
        List<ModelSpec> rivals = new ArrayList<>(List.of(NEIGHBOURS));
        if (!data.itemAttributes().isEmpty()) {
            rivals.add(BY_ATTRIBUTES);
        }
        double operations = Math.pow(data.items().size(), 3) * (searched ? TRIALS : 1);
        if (operations <= MOST_OPERATIONS && fits(data, threads)) {
            rivals.add(EASE);
        }
        return rivals;
    }

    private static boolean fits(Dataset data, int threads) {
        try {
            EASE.configured().plan(data, FitContext.defaults().withThreads(threads));
            return true;
        } catch (HeapException e) {
            return false;
        }
    }

    private static EntryResult measured(
            ModelSpec spec, String name, Kind kind, Dataset data, TestEvaluator evaluator, int threads) {
        ConfiguredAlgorithm<?> algorithm = spec.configured();
        Model model =
                algorithm.fit(data, FitContext.defaults().withThreads(threads)).model();
        return EntryResult.reference(model, name, kind, algorithm.source(), evaluator);
    }

    /**
     * The models and, where the data have attributes, one of each algorithm that learns from them again without, right after itself, so that it is
     * seen whether they help. Of several losses it is the algorithm's own, or else the first.
     *
     * @param models by name
     * @param settings for all models
     */
    static Map<String, ModelSpec> withTwins(Map<String, ModelSpec> models, Dataset data, Map<String, String> settings) {
        Map<String, List<Map.Entry<String, ModelSpec>>> byAlgorithm = models.entrySet().stream()
                .filter(model -> data.hasAttributes() && canDoWithout(model.getValue(), settings))
                .collect(Collectors.groupingBy(model -> model.getValue().algorithm()));
        List<String> chosen =
                byAlgorithm.values().stream().map(References::chosen).toList();
        Map<String, ModelSpec> all = new LinkedHashMap<>();
        models.forEach((name, spec) -> {
            all.put(name, spec);
            if (chosen.contains(name)) {
                all.put(nameOf(name), spec.with(WEIGHT, "0"));
            }
        });
        return all;
    }

    private static String nameOf(String name) {
        return name + " without attributes";
    }

    /** By name, the models without attributes that {@link #withTwins} added, and which each is without. */
    static Map<String, String> twins(Map<String, ModelSpec> models) {
        Map<String, String> names = new LinkedHashMap<>();
        models.keySet().stream()
                .filter(name -> models.containsKey(nameOf(name)))
                .forEach(name -> names.put(nameOf(name), name));
        return names;
    }

    /** With a weight of attributes that nobody has set. */
    private static boolean canDoWithout(ModelSpec spec, Map<String, String> settings) {
        return Algorithms.of(spec.algorithm()).readsAttributes()
                && !settings.containsKey(WEIGHT)
                && !spec.settings().containsKey(WEIGHT)
                && spec.parameters().stream().map(Config.Description::name).anyMatch(WEIGHT::equals);
    }

    private static String chosen(List<Map.Entry<String, ModelSpec>> models) {
        Map.Entry<String, ModelSpec> first = models.get(0);
        String own = ModelSpec.of(first.getValue().algorithm()).loss();
        return models.stream()
                .filter(model -> model.getValue().loss().equals(own))
                .findFirst()
                .orElse(first)
                .getKey();
    }
}
