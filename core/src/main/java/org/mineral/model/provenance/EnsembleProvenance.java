package org.mineral.model.provenance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models that were joined to one.
 *
 * @param members their number
 * @param seeds of each
 */
public record EnsembleProvenance(int members, List<String> seeds) implements ProvenancePart {

    public EnsembleProvenance {
        seeds = List.copyOf(seeds);
    }

    @Override
    public Map<String, Object> facts() {
        return new FactWriter().put("ensemble", members).put("seeds", seeds).facts();
    }

    static @Nullable EnsembleProvenance read(FactReader facts) {
        Integer members = facts.count("ensemble");
        List<String> seeds = members == null ? null : facts.list("seeds");
        return members == null ? null : new EnsembleProvenance(members, seeds == null ? List.of() : seeds);
    }
}
