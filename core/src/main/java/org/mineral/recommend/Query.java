package org.mineral.recommend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * A request for a list: {@code Query.of(10).exclude(sold).filter("genres:Drama|Crime")}. Immutable: methods with a parameter return changed
 * copies.
 *
 * @param n length of the list
 * @param offset number of best items to skip: page k of n starts at k n
 * @param includeSeen whether the user's known items may be in the list
 * @param exclude ids to leave out
 * @param only ids to choose from; null for all
 * @param filters {@code attribute:value|value}; an item must pass every one
 * @param diversity 0 for the best scores, up to 1 for items that differ most from each other
 */
public record Query(
        int n,
        int offset,
        boolean includeSeen,
        List<String> exclude,
        @Nullable List<String> only,
        List<String> filters,
        double diversity) {

    /** @throws InputException if a number is out of range, or a filter is not of the form {@code attribute:value} */
    public Query {
        check("n", n, 1);
        check("offset", offset, 0);
        filters.forEach(Catalogue::colon);
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new InputException("diversity = " + diversity + " is out of range; allowed: 0 to 1.");
        }
        exclude = List.copyOf(exclude);
        only = only == null ? null : List.copyOf(only);
        filters = List.copyOf(filters);
    }

    /** The best n, without known items. */
    public static Query of(int n) {
        return new Query(n, 0, false, List.of(), null, List.of(), 0);
    }

    /** Skips this many of the best items. */
    public Query offset(int offset) {
        return new Query(n, offset, includeSeen, exclude, only, filters, diversity);
    }

    /** Whether the user's known items may be in the list. */
    public Query includeSeen(boolean includeSeen) {
        return new Query(n, offset, includeSeen, exclude, only, filters, diversity);
    }

    /** Leaves out these items too; unknown ids are ignored and reported. */
    public Query exclude(Collection<String> ids) {
        return new Query(n, offset, includeSeen, and(exclude, ids), only, filters, diversity);
    }

    /** Only these items; unknown ids are ignored and reported. */
    public Query only(Collection<String> ids) {
        return new Query(n, offset, includeSeen, exclude, List.copyOf(ids), filters, diversity);
    }

    /** Only items with this value of an attribute, {@code genres:Drama}, or one of several, {@code genres:Drama|Crime}. */
    public Query filter(String attributeAndValues) {
        return new Query(n, offset, includeSeen, exclude, only, and(filters, List.of(attributeAndValues)), diversity);
    }

    /** From 0, the best scores, to 1, items that differ most from each other. */
    public Query diversity(double diversity) {
        return new Query(n, offset, includeSeen, exclude, only, filters, diversity);
    }

    private static List<String> and(List<String> some, Collection<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new InputException(
                    name + " is " + value + ", which is out of range; allowed: " + least + " or more.");
        }
    }
}
