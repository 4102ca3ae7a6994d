package org.mineral.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mineral.linalg.KernelProvider;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.ProvenancePart;
import org.mineral.model.provenance.SoftwareProvenance;

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

    /** Of a model that this process makes: its software is added to the provenance, unless that names one. */
    public static ModelInfo of(String model, Map<String, String> config, Provenance provenance) {
        return new ModelInfo(model, config, provenance.orElse(SoftwareProvenance.here(KernelProvider.best())));
    }

    /** As above, of a model about which nothing else is known. */
    public static ModelInfo of(String model) {
        return of(model, Map.of(), Provenance.NONE);
    }

    /** A copy whose provenance says what a part does where it says nothing itself. */
    public ModelInfo orElse(ProvenancePart part) {
        return new ModelInfo(model, config, provenance.orElse(part));
    }
}
