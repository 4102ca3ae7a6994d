package org.mineral.model.provenance;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What trained a model, beside the settings in its {@code config}.
 *
 * @param algorithm its name, where that is not the kind of model
 * @param seed of the run
 * @param teacher the settings of the model that it also learnt from
 */
public record TrainerProvenance(
        @Nullable String algorithm,
        @Nullable Long seed,
        @Nullable Map<String, String> teacher) implements ProvenancePart {

    /** Says nothing. */
    public static final TrainerProvenance NONE = new TrainerProvenance(null, null, null);

    public TrainerProvenance {
        teacher = teacher == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(teacher));
    }

    public TrainerProvenance withAlgorithm(String algorithm) {
        return new TrainerProvenance(algorithm, seed, teacher);
    }

    public TrainerProvenance withSeed(long seed) {
        return new TrainerProvenance(algorithm, seed, teacher);
    }

    public TrainerProvenance withTeacher(Map<String, String> settings) {
        return new TrainerProvenance(algorithm, seed, settings);
    }

    @Override
    public Map<String, Object> facts() {
        return new FactWriter()
                .put("algorithm", algorithm)
                .put("seed", seed)
                .put("teacher", teacher)
                .facts();
    }

    static TrainerProvenance read(FactReader facts) {
        return new TrainerProvenance(facts.text("algorithm"), facts.whole("seed"), facts.texts("teacher"));
    }
}
