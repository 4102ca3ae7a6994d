package org.mineral.data.rows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.text.DataErrors;

/**
 * The roles of the fields of a delimited row.
 *
 * <p>The first row is a header if it names a user column or an item column; then it must name each exactly once. Names are
 * compared without case, underscores, hyphens, spaces and RecBole's {@code :type}. Columns of other names are ignored.
 * Without a header the order is user, item, rating, timestamp; the last of three columns is a timestamp if its first value is at least 10^8,
 * which is too large for a rating and true of all times in seconds since 1973.
 *
 * <p>{@link ReadOptions} may assign roles by column name or number (from 1). Then the first row is a header if a column is found by its name,
 * if it has known names, or if a field that is not a number has a number below it; the other roles are found as before.
 *
 * @param rating index of the field, or -1
 * @param timestamp index of the field, or -1
 * @param event index of the field, or -1; used only if events have weights
 * @param width number of fields of every row
 */
public record Columns(boolean header, int user, int item, int rating, int timestamp, int event, int width) {

    private static final double LEAST_TIMESTAMP = 1e8;

    public static Columns of(
            Path file, long line, List<String> first, @Nullable List<String> second, ReadOptions options) {
        if (!options.user().equals(ReadOptions.AUTO) || !options.item().equals(ReadOptions.AUTO)) {
            boolean header = named(first, options)
                    || first.stream().anyMatch(n -> ColumnNames.USER.has(n) || ColumnNames.ITEM.has(n))
                    || second != null && overNumbers(first, second);
            return header ? named(file, line, first, options) : numbered(file, line, first, options);
        }
        int user = find(file, line, first, ColumnNames.USER);
        int item = find(file, line, first, ColumnNames.ITEM);
        if (user >= 0 && item >= 0) {
            return named(file, line, first, options);
        }
        if (user >= 0 || item >= 0 || second != null && looksLikeHeader(first, second)) {
            throw DataErrors.at(
                    file,
                    line,
                    "the header " + DataErrors.quoted(first),
                    "a header that names a column 'user' and a column 'item' (and 'rating', 'timestamp'), or none",
                    Hint.columns("rename its columns, or say which they are", "NAME", "NAME"));
        }
        Columns columns = positional(file, line, first);
        return new Columns(
                false,
                0,
                1,
                role(file, line, first, options.rating(), columns.rating(), "rating"),
                role(file, line, first, options.time(), columns.timestamp(), "time"),
                event(file, line, first, options),
                first.size());
    }

    /** Whether the first of two rows looks like a header: it names a user or an item, or has words over numbers. */
    public static boolean isHeader(List<String> first, @Nullable List<String> second) {
        return first.stream().anyMatch(name -> ColumnNames.USER.has(name) || ColumnNames.ITEM.has(name))
                || second != null && overNumbers(first, second);
    }

    public static boolean isNumber(String text) {
        return !Double.isNaN(number(text));
    }

    /** Roles by the names in a header only, for tables with typed columns. */
    static Columns named(Path file, long line, List<String> header, ReadOptions options) {
        int user = named(file, line, header, options.user(), ColumnNames.USER);
        int item = named(file, line, header, options.item(), ColumnNames.ITEM);
        if (user < 0 || item < 0) {
            throw DataErrors.at(
                    file,
                    line,
                    "no " + (user < 0 ? "user" : "item") + " among the columns " + DataErrors.quoted(header),
                    "a column 'user' and a column 'item'",
                    Hint.columns("say which they are", "NAME", "NAME"));
        }
        return new Columns(
                true,
                user,
                item,
                named(file, line, header, options.rating(), ColumnNames.RATING),
                named(file, line, header, options.time(), ColumnNames.TIMESTAMP),
                event(file, line, header, options),
                header.size());
    }

    /** {@code user = customer_id, item = sku}: names if there is a header, otherwise numbers from 1. */
    public String describe(List<String> first) {
        StringBuilder text = new StringBuilder();
        int[] roles = {user, item, rating, timestamp, event};
        String[] names = {"user", "item", "rating", "time", "event"};
        for (int k = 0; k < roles.length; k++) {
            if (roles[k] >= 0) {
                String column = header ? first.get(roles[k]).strip() : "column " + (roles[k] + 1);
                text.append(k == 0 ? "" : ", ").append(names[k]).append(" = ").append(DataErrors.quote(column));
            }
        }
        return text.toString();
    }

    /** Whether the row contains the name of a requested column. */
    private static boolean named(List<String> row, ReadOptions options) {
        return row.stream().anyMatch(name -> {
            String text = name.strip();
            return text.equals(options.user()) || text.equals(options.item());
        });
    }

    private static int named(Path file, long line, List<String> header, String wanted, ColumnNames known) {
        return wanted.equals(ReadOptions.AUTO)
                ? find(file, line, header, known)
                : role(file, line, header, wanted, -1, known.role());
    }

    private static int event(Path file, long line, List<String> header, ReadOptions options) {
        return options.weights().equals(ReadOptions.AUTO)
                ? -1
                : named(file, line, header, options.event(), ColumnNames.EVENT);
    }

    private static Columns numbered(Path file, long line, List<String> row, ReadOptions options) {
        String user = options.user().equals(ReadOptions.AUTO) ? "1" : options.user();
        String item = options.item().equals(ReadOptions.AUTO) ? "2" : options.item();
        return new Columns(
                false,
                role(file, line, row, user, -1, "user"),
                role(file, line, row, item, -1, "item"),
                role(file, line, row, options.rating(), -1, "rating"),
                role(file, line, row, options.time(), -1, "time"),
                event(file, line, row, options),
                row.size());
    }

    /** The column that the options name, by name or number; otherwise {@code fallback}. */
    private static int role(Path file, long line, List<String> header, String wanted, int fallback, String role) {
        if (wanted.equals(ReadOptions.AUTO)) {
            return fallback;
        }
        if (wanted.equals(ReadOptions.NONE) && !role.equals("user") && !role.equals("item")) {
            return -1;
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < header.size(); k++) {
                String name = header.get(k);
                if (pass == 0
                        ? name.strip().equals(wanted)
                        : ColumnNames.normal(name).equals(ColumnNames.normal(wanted))) {
                    return k;
                }
            }
        }
        if (wanted.matches("\\d{1,6}") && Integer.parseInt(wanted) >= 1 && Integer.parseInt(wanted) <= header.size()) {
            return Integer.parseInt(wanted) - 1;
        }
        throw DataErrors.at(
                file,
                line,
                "no column " + DataErrors.quote(wanted) + " for the " + role + " among " + DataErrors.quoted(header),
                "one of their names, or a number from 1 to " + header.size(),
                "correct the name of the " + role + " column");
    }

    private static Columns positional(Path file, long line, List<String> row) {
        if (row.size() < 2 || row.size() > 4) {
            throw DataErrors.at(
                    file,
                    line,
                    DataErrors.fields(row.size()) + " and no header",
                    "2 to 4 fields 'user,item[,rating][,timestamp]', or a header that names them",
                    Hint.columns(
                            "add a header line such as user,item,rating,timestamp, or say which columns count, by number",
                            1,
                            2));
        }
        boolean timed = row.size() == 3 && number(row.get(2)) >= LEAST_TIMESTAMP;
        return new Columns(
                false, 0, 1, row.size() >= 3 && !timed ? 2 : -1, row.size() == 4 ? 3 : timed ? 2 : -1, -1, row.size());
    }

    /** A first row without digits above a second row with numeric ids: a header with unknown names. */
    private static boolean looksLikeHeader(List<String> first, List<String> second) {
        return first.size() >= 2
                && second.size() == first.size()
                && first.stream().noneMatch(f -> f.chars().anyMatch(Character::isDigit))
                && second.stream().limit(2).allMatch(f -> !Double.isNaN(number(f)));
    }

    /** A number below a field that is not one: the first row is a header. */
    private static boolean overNumbers(List<String> first, List<String> second) {
        boolean over = false;
        for (int k = 0; k < Math.min(first.size(), second.size()); k++) {
            over |= !first.get(k).isBlank() && !isNumber(first.get(k)) && isNumber(second.get(k));
        }
        return over && first.size() == second.size();
    }

    private static int find(Path file, long line, List<String> header, ColumnNames known) {
        for (Set<String> names : known.byPreference()) {
            List<Integer> found = new ArrayList<>();
            for (int k = 0; k < header.size(); k++) {
                if (names.contains(ColumnNames.normal(header.get(k)))) {
                    found.add(k);
                }
            }
            if (found.size() > 1) {
                throw ambiguous(file, line, header, found, known.role());
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return -1;
    }

    private static InputException ambiguous(
            Path file, long line, List<String> header, List<Integer> found, String role) {
        String one = header.get(found.get(0)).strip();
        String other = header.get(found.get(1)).strip();
        return DataErrors.at(
                file,
                line,
                "several columns for the " + role + ": " + DataErrors.quote(one) + " and " + DataErrors.quote(other),
                "one " + role + " column",
                Hint.read("say which one counts", role, "NAME"));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
