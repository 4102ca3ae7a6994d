package org.mineral.data.rows;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Known column names of each role. Names of the first set have priority over the second: Amazon's {@code parent_asin} is the item even if
 * there is an {@code asin}, and {@code weight} is the rating only if no column is called rating.
 */
public enum ColumnNames {
    USER(
            "user",
            Set.of("user", "userid", "uid", "users", "customer", "customerid", "reviewerid", "visitorid", "member"),
            Set.of()),
    ITEM(
            "item",
            Set.of("parentasin"),
            Set.of(
                    "item",
                    "itemid",
                    "iid",
                    "items",
                    "movie",
                    "movieid",
                    "product",
                    "productid",
                    "article",
                    "articleid",
                    "book",
                    "bookid",
                    "isbn",
                    "asin",
                    "sku",
                    "song",
                    "songid",
                    "track",
                    "trackid",
                    "artist",
                    "artistid",
                    "business",
                    "businessid",
                    "venue",
                    "venueid",
                    "poi",
                    "content",
                    "contentid",
                    "game",
                    "gameid"),
            Set.of("anime", "animeid", "recipe", "recipeid", "stockcode", "beerid", "newsid", "videoid", "courseid")),
    RATING(
            "rating",
            Set.of("rating", "ratings", "score", "stars", "value", "overall"),
            Set.of("bookrating", "reviewoverall", "weight", "plays", "playcount")),
    TIMESTAMP("time", Set.of("timestamp", "time", "ts", "date", "datetime", "unixtime"), Set.of("unixreviewtime")),
    EVENT(
            "event",
            Set.of(
                    "event",
                    "eventtype",
                    "action",
                    "actiontype",
                    "behavior",
                    "behaviortype",
                    "behaviour",
                    "interaction"));

    private final String role;
    private final List<Set<String>> byPreference;

    @SafeVarargs
    ColumnNames(String role, Set<String>... byPreference) {
        this.role = role;
        this.byPreference = List.of(byPreference);
    }

    /** The name of the role in options and messages. */
    String role() {
        return role;
    }

    /** Sets of normalised names; the first set with a match in the header is used. */
    List<Set<String>> byPreference() {
        return byPreference;
    }

    public boolean has(String name) {
        return byPreference.stream().anyMatch(names -> names.contains(normal(name)));
    }

    /** Normalises a name: removes case, underscores, hyphens, spaces and RecBole's {@code :type}. */
    public static String normal(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll(":(token|float)(_seq)?$", "")
                .replaceAll("[ _-]", "");
    }
}
