package org.mineral.tune.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Config;
import org.mineral.config.Hint;
import org.mineral.config.InputException;

/**
 * A model of a comparison or a search: an algorithm with the settings it is trained with.
 *
 * @param name distinguishes it from the others
 * @param seed of the training; ignored by algorithms without random numbers
 */
public record ComparedModel(String name, ConfiguredAlgorithm<?> algorithm, long seed) {

    private static final String EPOCHS = "epochs";
    private static final String SEED = "seed";

    /** Matrix factorisation with a loss. */
    public static ComparedModel of(String loss, Map<String, String> settings, long seed) {
        return of(loss, ModelSpec.ofLoss(loss), settings, seed);
    }

    /**
     * @param spec its settings override others
     * @param settings settings for all models; those that this model does not have are ignored
     */
    public static ComparedModel of(String name, ModelSpec spec, Map<String, String> settings, long seed) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(SEED, String.valueOf(seed));
        all.keySet().retainAll(parameters(spec));
        all.putAll(spec.settings());
        return new ComparedModel(name, new ModelSpec(spec.algorithm(), all).configured(), seed);
    }

    /** A specification with those of the settings for all models that it has, and the seed. Its own settings override others. */
    public static ModelSpec given(ModelSpec spec, Map<String, String> settings, long seed) {
        return of("", spec, settings, seed).algorithm().spec();
    }

    private static List<String> parameters(ModelSpec spec) {
        return spec.parameters().stream().map(Config.Description::name).toList();
    }

    /**
     * Distinct names of models: the loss if the models differ only in it, otherwise {@link ModelSpec#toString}.
     *
     * @return name to model, in order, each once
     */
    public static Map<String, ModelSpec> named(List<ModelSpec> models) {
        Map<String, ModelSpec> named = new LinkedHashMap<>();
        boolean losses = differInLoss(models);
        models.forEach(spec -> named.put(losses ? spec.loss() : spec.toString(), spec));
        return named;
    }

    /** Whether all models have the same algorithm and differ only in the loss. */
    public static boolean differInLoss(List<ModelSpec> models) {
        return models.stream().map(ModelSpec::algorithm).distinct().count() == 1
                && models.stream().allMatch(spec -> spec.settings().keySet().equals(Set.of(ModelSpec.LOSS)));
    }

    /** A copy that trains for this many epochs, with the whole schedule; returns itself if it has no epochs. */
    public ComparedModel epochs(int epochs) {
        return iterative()
                ? new ComparedModel(
                        name,
                        algorithm.withKnown(Map.of(
                                EPOCHS, String.valueOf(epochs), "patience", String.valueOf(Math.max(1, epochs)))),
                        seed)
                : this;
    }

    /** Whether it is trained in epochs. */
    public boolean iterative() {
        return algorithm.has(EPOCHS);
    }

    /** Whether the model depends on the seed. */
    boolean random() {
        return algorithm.has(SEED);
    }

    /** Number of epochs; 0 if it has none. */
    public int epochs() {
        return Integer.parseInt(algorithm.describe().getOrDefault(EPOCHS, "0"));
    }

    /** All effective settings, with {@code auto} resolved; without the loss if it is the name. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(algorithm.describe());
        settings.remove(ModelSpec.LOSS, name);
        return settings;
    }

    /** Refuses settings that the comparison itself controls, and names that no model has. */
    public static void check(Map<String, String> settings, List<ModelSpec> models) {
        Hint budget = Hint.of("what decides it, the same for all models", Hint.Action.BUDGET);
        Map<String, Hint> elsewhere = Map.of(
                EPOCHS,
                budget,
                SEED,
                Hint.of("what decides it", Hint.Action.SEED),
                "stop_after",
                budget,
                "patience",
                budget);
        Set<String> known = new LinkedHashSet<>();
        models.forEach(spec -> known.addAll(parameters(spec)));
        List<String> names = new ArrayList<>(settings.keySet());
        models.forEach(spec -> names.addAll(spec.settings().keySet()));
        for (String name : names) {
            if (elsewhere.containsKey(name)) {
                throw new InputException("'" + name + "' is not set for a comparison;", elsewhere.get(name));
            }
            if (!known.contains(name)) {
                known.removeAll(elsewhere.keySet());
                throw InputException.unknown("setting", name, known);
            }
        }
    }
}
