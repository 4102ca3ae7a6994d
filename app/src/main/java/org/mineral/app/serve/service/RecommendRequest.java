package org.mineral.app.serve.service;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * What list is wanted.
 *
 * @param n its length
 * @param offset how many of the best are left out before it: page k of n begins at k n
 * @param includeSeen whether items that the person took may come again
 * @param exclude ids that must not be in it
 * @param only if given, ids of which it may be made; null for all
 * @param filters {@code attribute:value|value}; an item must pass every one
 * @param diversity 0 for the best scores, up to 1 for items that differ most from each other
 */
public record RecommendRequest(
        int n,
        int offset,
        boolean includeSeen,
        List<String> exclude,
        @Nullable List<String> only,
        List<String> filters,
        double diversity) {

    public RecommendRequest {
        check("n", n, 1);
        check("offset", offset, 0);
        filters.forEach(Catalogue::colon);
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new InputException("diversity = " + diversity + " is out of range; allowed: 0 to 1.");
        }
    }

    /** The best n, nothing seen. */
    public static RecommendRequest of(int n) {
        return new RecommendRequest(n, 0, false, List.of(), null, List.of(), 0);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new InputException(
                    name + " is " + value + ", which is out of range; allowed: " + least + " or more.");
        }
    }
}
