package org.mineral.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.mineral.linalg.KernelProvider;

/**
 * A model's kind, settings and provenance, stored in {@code model.json}.
 *
 * @param model the kind of model: {@code mf}, {@code popularity}
 * @param config the loss's name and every setting, as text
 * @param provenance facts about the training: {@code seed}, {@code data_hash}, {@code mineral}, {@code jdk}, {@code
 *     kernel}; values are strings, numbers, booleans, or lists and maps of these
 */
public record ModelInfo(String model, Map<String, String> config, Map<String, Object> provenance) {

    public ModelInfo {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        // Sorted by name, so that the same facts give the same file.
        provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    }

    /** With the given facts, Mineral's version, the JDK and the kernel. */
    public static ModelInfo of(String model, Map<String, String> config, Map<String, Object> facts) {
        Map<String, Object> provenance = new LinkedHashMap<>(facts);
        provenance.putIfAbsent("mineral", Version.CURRENT);
        provenance.putIfAbsent("jdk", Runtime.version().toString());
        provenance.putIfAbsent("kernel", KernelProvider.best().name());
        return new ModelInfo(model, config, provenance);
    }

    /** A copy with one more fact, unless it has a value already. */
    public ModelInfo withFact(String name, Object value) {
        Map<String, Object> facts = new LinkedHashMap<>(provenance);
        facts.putIfAbsent(name, value);
        return new ModelInfo(model, config, facts);
    }
}
