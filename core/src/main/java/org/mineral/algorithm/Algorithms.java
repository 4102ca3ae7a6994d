package org.mineral.algorithm;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.mineral.config.InputException;
import org.mineral.model.ModelInfo;

/** All algorithms by name, in alphabetical order: those of Mineral and those of other jars on the class path. */
public final class Algorithms {

    private static final Map<String, Algorithm<?>> ALL = load();

    private Algorithms() {}

    private static Map<String, Algorithm<?>> load() {
        Map<String, Algorithm<?>> all = new TreeMap<>();
        for (Algorithm<?> algorithm : ServiceLoader.load(Algorithm.class, Algorithms.class.getClassLoader())) {
            Algorithm<?> other = all.put(algorithm.name(), algorithm);
            if (other != null) {
                throw new IllegalStateException("two algorithms are called " + algorithm.name() + ": "
                        + other.getClass() + " and " + algorithm.getClass() + "; leave one of their jars out.");
            }
        }
        return all;
    }

    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    public static Collection<Algorithm<?>> all() {
        return List.copyOf(ALL.values());
    }

    /** @throws InputException for an unknown name; the message has the nearest one */
    public static Algorithm<?> of(String name) {
        return find(name).orElseThrow(() -> InputException.unknown("model", name, ALL.keySet()));
    }

    public static Optional<Algorithm<?>> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** The name of the algorithm that made a model. */
    public static String name(ModelInfo info) {
        return Objects.requireNonNullElse(info.provenance().trainer().algorithm(), info.model());
    }
}
