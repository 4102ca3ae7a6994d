package org.mineral.model.provenance;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last update of a model with new interactions.
 *
 * @param from fingerprint of the data before it; empty if that is not known
 * @param data name of the data after it
 * @param interactions number of new ones
 * @param epochs over all interactions
 * @param learningRate of these epochs
 * @param foldSteps steps by which new users and items got their vectors
 */
public record UpdateProvenance(
        String from, String data, int interactions, int epochs, double learningRate, int foldSteps)
        implements ProvenancePart {

    private static final String NAME = "update";

    @Override
    public Map<String, Object> facts() {
        return Map.of(NAME, entries());
    }

    private Map<String, Object> entries() {
        return new FactWriter()
                .put("from", from)
                .put("data", data)
                .put("interactions", interactions)
                .put("epochs", epochs)
                .put("learning_rate", learningRate)
                .put("fold_steps", foldSteps)
                .facts();
    }

    static @Nullable UpdateProvenance read(FactReader facts) {
        return facts.part(NAME, UpdateProvenance::entries);
    }

    private static @Nullable UpdateProvenance entries(FactReader facts) {
        String from = facts.text("from");
        String data = facts.text("data");
        Integer interactions = facts.count("interactions");
        Integer epochs = facts.count("epochs");
        Double learningRate = facts.number("learning_rate");
        Integer foldSteps = facts.count("fold_steps");
        return from == null
                        || data == null
                        || interactions == null
                        || epochs == null
                        || learningRate == null
                        || foldSteps == null
                ? null
                : new UpdateProvenance(from, data, interactions, epochs, learningRate, foldSteps);
    }
}
