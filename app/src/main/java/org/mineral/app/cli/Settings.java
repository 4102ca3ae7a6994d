package org.mineral.app.cli;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Algorithm;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Config;
import org.mineral.config.InputException;

/** The settings that {@code --set name=value} gives, those of the loss among them. */
public final class Settings {

    private Settings() {}

    /**
     * Checks one setting, of any model.
     *
     * @throws InputException for a name that no algorithm knows, or a value that none of those that know it allows
     */
    static void check(String name, String value) {
        Set<String> allowed = new LinkedHashSet<>();
        InputException refusal = null;
        for (Algorithm<?> algorithm : Algorithms.all()) {
            for (String loss : losses(algorithm)) {
                ModelSpec spec =
                        new ModelSpec(algorithm.name(), loss.isEmpty() ? Map.of() : Map.of(ModelSpec.LOSS, loss));
                List<String> names =
                        spec.parameters().stream().map(Config.Description::name).toList();
                allowed.addAll(names);
                if (names.contains(name)) {
                    refusal = refusal(spec.with(name, value));
                    if (refusal == null) {
                        return;
                    }
                }
            }
        }
        throw refusal == null ? InputException.unknown("setting", name, allowed) : refusal;
    }

    private static @Nullable InputException refusal(ModelSpec spec) {
        try {
            spec.configured();
            return null;
        } catch (InputException e) {
            return e;
        }
    }

    /** The losses that an algorithm has, or one empty name. */
    private static List<String> losses(Algorithm<?> algorithm) {
        return algorithm.parameters(Map.of()).stream()
                .filter(parameter -> parameter.name().equals(ModelSpec.LOSS))
                .map(Config.Description::choices)
                .findFirst()
                .orElse(List.of(""));
    }

    /** Names to values; each name once. */
    public static Map<String, String> split(List<String> pairs) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new InputException("--set " + pair + " is not of the form name=value; try --set epochs=20.");
            }
            String name = pair.substring(0, equals).strip();
            if (settings.put(name, pair.substring(equals + 1).strip()) != null) {
                throw new InputException("--set " + name + " is given twice; give it once.");
            }
        }
        return settings;
    }
}
