package org.mineral.algorithm;

import java.util.Map;
import java.util.TreeMap;
import org.mineral.config.Config;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/**
 * An algorithm with settings.
 *
 * @param spec the given specification
 * @param settings what it stands for
 */
public record ConfiguredAlgorithm<S>(Algorithm<S> algorithm, ModelSpec spec, S settings) {

    static ConfiguredAlgorithm<?> of(ModelSpec spec) {
        return of(Algorithms.of(spec.algorithm()), spec);
    }

    private static <S> ConfiguredAlgorithm<S> of(Algorithm<S> algorithm, ModelSpec spec) {
        return new ConfiguredAlgorithm<>(algorithm, spec, algorithm.settings(spec.settings()));
    }

    /** A copy with further settings; those given here replace others of the same name. */
    public ConfiguredAlgorithm<S> with(Map<String, String> more) {
        return of(algorithm, spec.with(more));
    }

    /** Whether there is a setting of this name. */
    public boolean has(String name) {
        return spec.parameters().stream().anyMatch(p -> p.name().equals(name));
    }

    /** A copy with those of the given settings that the algorithm has. */
    public ConfiguredAlgorithm<S> withKnown(Map<String, String> more) {
        Map<String, String> known = new TreeMap<>(more);
        known.keySet()
                .retainAll(
                        spec.parameters().stream().map(Config.Description::name).toList());
        return with(known);
    }

    /** All effective settings. */
    public Map<String, String> describe() {
        return algorithm.describe(settings);
    }

    /** Whether it needs the order in which each user's items were taken. */
    public boolean readsOrder() {
        return algorithm.readsOrder(settings);
    }

    public String formula() {
        return algorithm.formula(settings);
    }

    public String source() {
        return algorithm.source(settings);
    }

    public Plan plan(Dataset data, FitContext context) {
        return algorithm.plan(data, settings, context);
    }

    public Fit<? extends Model> fit(Dataset data, FitContext context) {
        return algorithm.fit(data, settings, context);
    }
}
