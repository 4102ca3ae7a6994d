package org.mineral.app;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mineral.config.InputException;
import org.mineral.config.Names;

/**
 * What {@code --model} means for models of factors: settings that stand in for the defaults. There is nothing more to it, so
 * every verb that takes settings takes models.
 */
public enum FactorKind {
    /** Matrix factorisation: embeddings are the parameters. */
    MF(Map.of()),

    /** Embeddings are propagated along the interactions (He et al. 2020, arXiv 2002.02126). */
    LIGHTGCN(Map.of("layers", "2"));

    private final Map<String, String> settings;

    FactorKind(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * @param others names of models that the caller knows besides, for the message
     * @throws InputException for an unknown name
     */
    public static FactorKind of(String name, String... others) {
        return Arrays.stream(values())
                .filter(kind -> Names.kebab(kind).equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> known = new ArrayList<>();
                    Arrays.stream(values()).map(Names::kebab).forEach(known::add);
                    known.addAll(List.of(others));
                    return InputException.unknown("model", name, known);
                });
    }

    /** The user's settings, with this model's in place of defaults. */
    public Map<String, String> settings(Map<String, String> given) {
        return settings(given, List.of());
    }

    /** The same, but nothing for the names in {@code varied}. */
    public Map<String, String> settings(Map<String, String> given, List<String> varied) {
        Map<String, String> all = new LinkedHashMap<>(given);
        settings.forEach((name, value) -> {
            if (!varied.contains(name)) {
                all.putIfAbsent(name, value);
            }
        });
        return all;
    }
}
