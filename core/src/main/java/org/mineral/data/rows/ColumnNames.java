package org.mineral.data.rows;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names by which a column is known to play a role, in the files that people have. Names of the first set are looked for before
 * those of the second: a {@code parent_asin} is what Amazon's ratings are about where an {@code asin} stands beside it, and a
 * {@code weight} is a rating only where nothing is called one.
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

    /** As options and messages call it. */
    String role() {
        return role;
    }

    /** Sets of normal names; those of the first that has any in a header count. */
    List<Set<String>> byPreference() {
        return byPreference;
    }

    public boolean has(String name) {
        return byPreference.stream().anyMatch(names -> names.contains(normal(name)));
    }

    /** Without case, underscores, hyphens, spaces and RecBole's {@code :type}. */
    public static String normal(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll(":(token|float)(_seq)?$", "")
                .replaceAll("[ _-]", "");
    }
}
