package org.mineral.app.serve.service;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.Json;

/**
 * A list of items, and how it came about.
 *
 * @param whom the user's id, or null for a history without one
 */
public record RecommendResponse(@Nullable String whom, List<Entry> items, How how) {

    /** @param title null if none is known */
    public record Entry(String item, @Nullable String title, int rank, double score) {

        /** @param what the entry's id is an id of: {@code item}, {@code user} */
        public Map<String, Object> json(String what) {
            Map<String, Object> json = Json.object(what, item, "rank", rank, "score", score);
            if (title != null) {
                json.put("title", title);
            }
            return json;
        }
    }

    /**
     * @param retrieval {@code exact}, {@code hnsw}; {@code counts} for popularity
     * @param candidates items that could have been in the list
     * @param seenLeftOut items left out because the person took them
     * @param whyShort why the list is shorter than wanted; null if it is not
     * @param ignored ids of the request that the model does not know
     */
    public record How(
            UserProfile source,
            String retrieval,
            RecommendRequest wish,
            int candidates,
            int seenLeftOut,
            @Nullable String whyShort,
            List<String> ignored,
            int generation) {

        Map<String, Object> json() {
            Map<String, Object> json = Json.object(
                    "source",
                    source.source().name().toLowerCase(Locale.ROOT),
                    "note",
                    source.note(),
                    "retrieval",
                    retrieval,
                    "offset",
                    wish.offset(),
                    "includeSeen",
                    wish.includeSeen(),
                    "seenLeftOut",
                    seenLeftOut,
                    "filters",
                    wish.filters(),
                    "diversity",
                    wish.diversity(),
                    "candidates",
                    candidates,
                    "exhausted",
                    whyShort != null,
                    "ignored",
                    ignored,
                    "generation",
                    generation);
            if (whyShort != null) {
                json.put("whyShort", whyShort);
            }
            return json;
        }
    }

    public Map<String, Object> json() {
        Map<String, Object> json = Json.object();
        if (whom != null) {
            json.put("user", whom);
        }
        json.put("items", items.stream().map(entry -> entry.json("item")).toList());
        json.put("how", how.json());
        return json;
    }
}
