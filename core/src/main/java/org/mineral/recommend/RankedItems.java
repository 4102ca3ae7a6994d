package org.mineral.recommend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of items, best first, with information about how it was computed.
 *
 * @param whom the user's id, or null for a history without one
 */
public record RankedItems(@Nullable String whom, List<Entry> items, How how) {

    /**
     * An entry of the list.
     *
     * @param title null if unknown
     * @param rank from 1, offset included
     */
    public record Entry(String item, @Nullable String title, int rank, double score) {}

    /**
     * Information about a list.
     *
     * @param profile the profile that it was computed for
     * @param retrieval {@code exact}, {@code hnsw}; {@code counts} for popularity
     * @param query the request
     * @param candidates items that could have been in the list
     * @param seenLeftOut number of known items of the user that were left out
     * @param whyShort why the list is shorter than requested; null if it is not
     * @param ignored ids of the query and of the history that the model does not know
     * @param generation see {@link LoadedModel#generation}
     */
    public record How(
            UserProfile profile,
            String retrieval,
            Query query,
            int candidates,
            int seenLeftOut,
            @Nullable String whyShort,
            List<String> ignored,
            int generation) {}

    /** The origin of the list: the user's trained parameters, the history, or popularity if nothing is known about the user. */
    public UserProfile.Source source() {
        return how.profile().source();
    }

    /** The ids. */
    public List<String> ids() {
        return items.stream().map(Entry::item).toList();
    }
}
