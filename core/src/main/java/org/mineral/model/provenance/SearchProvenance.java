package org.mineral.model.provenance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search before the training found.
 *
 * @param heldOut what judged the settings
 * @param repeats number of times that it was drawn
 * @param users who judged
 * @param tried number of settings
 * @param rule NDCG@20 of the settings that the search began with; null if nothing could be measured
 * @param chosen the same of the settings chosen
 * @param algorithms that were compared; empty if it was one
 */
public record SearchProvenance(
        String heldOut,
        int repeats,
        int users,
        int tried,
        @Nullable Double rule,
        @Nullable Double chosen,
        List<String> algorithms) {

    public SearchProvenance {
        algorithms = List.copyOf(algorithms);
    }

    Map<String, Object> facts() {
        return new FactWriter()
                .put("held_out", heldOut)
                .put("repeats", repeats)
                .put("users", users)
                .put("tried", tried)
                .put("rule", rule)
                .put("chosen", chosen)
                .put("algorithms", algorithms.isEmpty() ? null : algorithms)
                .facts();
    }

    static @Nullable SearchProvenance read(FactReader facts) {
        String heldOut = facts.text("held_out");
        Integer repeats = facts.count("repeats");
        Integer users = facts.count("users");
        Integer tried = facts.count("tried");
        Double rule = facts.number("rule");
        Double chosen = facts.number("chosen");
        List<String> algorithms = facts.list("algorithms");
        return heldOut == null || repeats == null || users == null || tried == null
                ? null
                : new SearchProvenance(
                        heldOut, repeats, users, tried, rule, chosen, algorithms == null ? List.of() : algorithms);
    }
}
