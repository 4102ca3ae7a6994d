package org.mineral.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mineral.linalg.KernelProvider;

/**
 * A model's kind, settings and provenance, stored in {@code model.json}.
 *
 * @param model the kind of model: {@code mf}, {@code popularity}
 * @param config the loss's name and every setting, as text
 * @param provenance where it comes from
 */
public record ModelInfo(String model, Map<String, String> config, Provenance provenance) {

    public ModelInfo {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /** With the given facts, and Mineral's version, the JDK and the kernel added to them. */
    public static ModelInfo of(String model, Map<String, String> config, Map<String, ?> facts) {
        Map<String, Object> here = Map.of(
                Provenance.MINERAL, Version.CURRENT,
                Provenance.JDK, Runtime.version().toString(),
                Provenance.KERNEL, KernelProvider.best().name());
        return new ModelInfo(model, config, Provenance.NONE.with(facts).orElse(here));
    }

    /** A copy with one more fact, unless it is known already. */
    public ModelInfo withFact(String name, Object value) {
        return new ModelInfo(model, config, provenance.orElse(Map.of(name, value)));
    }
}
