package org.mineral.recommend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of items for somebody, best first, and how it came about.
 *
 * @param whom the user's id, or null for a history without one
 */
public record RankedItems(@Nullable String whom, List<Entry> items, How how) {

    /**
     * One place of the list.
     *
     * @param title null if none is known
     * @param rank from 1, offset included
     */
    public record Entry(String item, @Nullable String title, int rank, double score) {}

    /**
     * How a list came about.
     *
     * @param person what is known of whom it is for
     * @param retrieval {@code exact}, {@code hnsw}; {@code counts} for popularity
     * @param query that it answers
     * @param candidates items that could have been in the list
     * @param seenLeftOut items left out because the person took them
     * @param whyShort why the list is shorter than wanted; null if it is not
     * @param ignored ids of the query and of the history that the model does not know
     * @param generation see {@link LoadedModel#generation}
     */
    public record How(
            UserProfile person,
            String retrieval,
            Query query,
            int candidates,
            int seenLeftOut,
            @Nullable String whyShort,
            List<String> ignored,
            int generation) {}

    /** Where the list comes from: what was learnt of the user, their history, or popularity where nothing is known of them. */
    public UserProfile.Source source() {
        return how.person().source();
    }

    /** The ids alone. */
    public List<String> ids() {
        return items.stream().map(Entry::item).toList();
    }
}
