package org.mineral.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * Which field of a delimited row plays which role.
 *
 * <p>The first row is a header if it names a user column or an item column; it must then name both, once each. Names are
 * compared without case, underscores, hyphens, spaces and RecBole's {@code :type}. Columns of other names are ignored.
 * Without a header the order is user, item, rating, timestamp; a third column of three is a timestamp instead if its
 * first value is at least 10^8, which no rating is and every second since 1973 is.
 *
 * @param rating index of the field, or -1
 * @param timestamp index of the field, or -1
 * @param width number of fields of every row
 */
record Columns(boolean header, int user, int item, int rating, int timestamp, int width) {

    private static final Set<String> USER =
            Set.of("user", "userid", "uid", "users", "customer", "customerid", "reviewerid", "visitorid", "member");
    private static final Set<String> ITEM = Set.of(
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
            "parentasin",
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
            "game",
            "gameid");
    private static final Set<String> RATING = Set.of("rating", "ratings", "score", "stars", "value", "overall");
    private static final Set<String> TIMESTAMP = Set.of("timestamp", "time", "ts", "date", "datetime", "unixtime");
    private static final double LEAST_TIMESTAMP = 1e8;

    static Columns of(Path file, long line, List<String> first, @Nullable List<String> second) {
        List<String> names = first.stream().map(Columns::normal).toList();
        int user = find(file, line, names, USER, "user");
        int item = find(file, line, names, ITEM, "item");
        if (user >= 0 && item >= 0) {
            int rating = find(file, line, names, RATING, "rating");
            int timestamp = find(file, line, names, TIMESTAMP, "timestamp");
            return new Columns(true, user, item, rating, timestamp, first.size());
        }
        if (user >= 0 || item >= 0 || second != null && looksLikeHeader(first, second)) {
            throw Refusal.at(
                    file,
                    line,
                    "the header " + Refusal.quote(String.join(",", first)),
                    "a header that names a column 'user' and a column 'item' (and 'rating', 'timestamp'), or none",
                    "rename its columns");
        }
        return positional(file, line, first);
    }

    private static Columns positional(Path file, long line, List<String> row) {
        if (row.size() < 2 || row.size() > 4) {
            throw Refusal.at(
                    file,
                    line,
                    row.size() + " fields and no header",
                    "2 to 4 fields 'user,item[,rating][,timestamp]', or a header that names them",
                    "add a header line such as user,item,rating,timestamp");
        }
        boolean timed = row.size() == 3 && number(row.get(2)) >= LEAST_TIMESTAMP;
        return new Columns(
                false, 0, 1, row.size() >= 3 && !timed ? 2 : -1, row.size() == 4 ? 3 : timed ? 2 : -1, row.size());
    }

    /** A first row without a digit over a second row with numbers for ids: unknown names, not an interaction. */
    private static boolean looksLikeHeader(List<String> first, List<String> second) {
        return first.size() >= 2
                && second.size() == first.size()
                && first.stream().noneMatch(f -> f.chars().anyMatch(Character::isDigit))
                && second.stream().limit(2).allMatch(f -> !Double.isNaN(number(f)));
    }

    private static int find(Path file, long line, List<String> names, Set<String> wanted, String role) {
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            if (wanted.contains(names.get(k))) {
                found.add(k);
            }
        }
        if (found.size() > 1) {
            throw ambiguous(file, line, names, found, role);
        }
        return found.isEmpty() ? -1 : found.get(0);
    }

    private static InputException ambiguous(
            Path file, long line, List<String> names, List<Integer> found, String role) {
        return Refusal.at(
                file,
                line,
                "several columns for the " + role + ": " + Refusal.quote(names.get(found.get(0))) + " and "
                        + Refusal.quote(names.get(found.get(1))),
                "one " + role + " column",
                "rename those that do not count");
    }

    private static String normal(String name) {
        return name.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll(":(token|float)(_seq)?$", "")
                .replaceAll("[ _-]", "");
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
