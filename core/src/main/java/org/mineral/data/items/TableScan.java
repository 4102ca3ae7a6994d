package org.mineral.data.items;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Internal;
import org.mineral.data.IdMap;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.rows.Columns;
import org.mineral.data.rows.Ids;
import org.mineral.data.rows.TableFormat;
import org.mineral.data.rows.TableRows;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.DelimitedRows;
import org.mineral.data.text.GzipInput;
import org.mineral.data.text.JsonObjects;
import org.mineral.data.text.JsonTexts;

/**
 * Reads a table of items or users row by row, from delimited text, JSON objects or a {@link TableFormat}. The id is the column with a known
 * name of ids, otherwise the first.
 *
 * <p>The first row of a delimited text is its header if its first field is a name of ids ({@code item}, {@code movie_id} ...).
 * Otherwise it is not a header if its first field is a known id, a number, or has digits like the fields below it. In all other cases it is
 * one. Without a header the columns are the id, the title, and
 * attributes called {@code column3}, {@code column4} and so on.
 */
@Internal
public final class TableScan {

    /** Receives the rows. */
    public interface Rows {

        /**
         * @param line of the row, from 1
         * @param id of its item or user, checked
         * @param cells a text, a list of texts or null for each column; missing cells at the end are left out
         */
        void add(long line, String id, @Nullable Object[] cells);
    }

    /** No file has this many columns by design. */
    private static final int MOST_COLUMNS = 10_000;

    private static final Set<String> TITLES =
            Set.of("title", "name", "itemtitle", "itemname", "producttitle", "productname", "movietitle", "booktitle");
    private static final Set<String> IDS = Set.of("id", "item", "asin", "parentasin", "sku", "isbn", "user", "uid");

    private final Path file;
    private final IdMap known;
    private final ColumnNames role;
    private final List<String> columns = new ArrayList<>();
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int id;
    private int title = -1;

    /**
     * @param known ids: a first row that begins with one of them is not a header
     * @param role of the rows, items or users
     */
    public TableScan(Path file, IdMap known, ColumnNames role) {
        this.file = file;
        this.known = known;
        this.role = role;
    }

    /**
     * Reads all rows; to be called once.
     *
     * @throws org.mineral.config.InputException if the file is not such a table; the message names the line
     */
    public void read(Rows rows) throws IOException {
        switch (TextTable.kindOfSideFile(file, role())) {
            case BINARY -> binary(rows);
            case JSON -> json(rows);
            case LISTS ->
                throw DataErrors.of(
                        file,
                        "no separator",
                        "columns between , ; tab or ::",
                        "add a header line " + role() + ",title");
            case DELIMITED -> title = delimited(rows);
        }
        if (title < 0) {
            title = titled(TITLES::contains);
        }
        if (title < 0) {
            title = titled(name -> name.endsWith("title"));
        }
    }

    /** The first column but that of ids whose plain name is one of these; -1 if there is none. */
    private int titled(Predicate<String> names) {
        return IntStream.range(0, columns.size())
                .filter(k -> k != id && names.test(ColumnNames.normal(columns.get(k))))
                .findFirst()
                .orElse(-1);
    }

    /** Names of the columns; those of JSON objects are complete after the last row. */
    public List<String> columns() {
        return columns;
    }

    /** Index of the column of ids. */
    public int id() {
        return id;
    }

    /** Index of the column of titles, or -1; known after the last row. */
    public int title() {
        return title;
    }

    /** Notes on assumptions made while reading, one line each. */
    public List<String> notes() {
        return notes;
    }

    /** Returns the title column of a table without header; -1 if there is a header. */
    private int delimited(Rows rows) throws IOException {
        try (TextTable table = TextTable.open(file, this::isHeader)) {
            List<String> names = table.columns();
            if (table.header()) {
                header(names);
            } else {
                columns.addAll(names.stream().limit(1).map(name -> role()).toList());
                columns.addAll(
                        names.stream().skip(1).limit(1).map(name -> "title").toList());
                for (int k = 2; k < names.size(); k++) {
                    columns.add("column" + (k + 1));
                }
                notes.add("no header; the columns are taken for " + String.join(", ", columns));
            }
            boolean[] words = new boolean[columns.size()];
            for (int k = 0; k < words.length; k++) {
                words[k] =
                        columns.get(k).endsWith(":token_seq") && !TITLES.contains(ColumnNames.normal(columns.get(k)));
                columns.set(k, columns.get(k).replaceFirst(":(token|float)(_seq)?$", ""));
            }
            for (DelimitedRows.Row row = table.next(); row != null; row = table.next()) {
                @Nullable Object[] values = row.fields().toArray(new Object[0]);
                for (int k = 0; k < words.length; k++) {
                    // RecBole's sequences have spaces between their values.
                    values[k] = words[k] ? List.of(row.fields().get(k).split(" ")) : values[k];
                }
                add(rows, row.line(), values);
            }
            return table.header() ? -1 : 1;
        }
    }

    private void json(Rows rows) throws IOException {
        try (JsonTexts texts = TextTable.json(file)) {
            for (JsonTexts.Text text = texts.next(); text != null; text = texts.next()) {
                Map<String, Object> fields = JsonObjects.fields(file, text);
                if (columns.isEmpty()) {
                    fields.keySet().forEach(this::column);
                    id = idColumn();
                }
                @Nullable Object[] values = new @Nullable Object[columns.size() + fields.size()];
                fields.forEach((name, value) -> values[column(name)] = value);
                checkWidth(text.line(), columns.size());
                add(rows, text.line(), Arrays.copyOf(values, columns.size()));
            }
        }
    }

    private int column(String name) {
        return indices.computeIfAbsent(name, n -> {
            columns.add(n);
            return columns.size() - 1;
        });
    }

    private void binary(Rows rows) throws IOException {
        TableFormat format;
        try (InputStream in = GzipInput.open(file)) {
            format = TableFormat.of(in.readNBytes(16)).orElseThrow();
        }
        format.read(file, new TableRows() {
            @Override
            public void columns(List<String> names) {
                header(names);
            }

            @Override
            public void add(long row, List<@Nullable Object> cells) {
                TableScan.this.add(rows, row, cells.toArray(new @Nullable Object[0]));
            }
        });
    }

    private void header(List<String> names) {
        Set<String> named = new HashSet<>(names);
        named.remove("");
        if (names.size() < 2 || named.size() < names.size() - (names.contains("") ? 1 : 0)) {
            throw DataErrors.at(
                    file,
                    1,
                    "the header " + DataErrors.quoted(names),
                    "two or more different names, the " + role() + "'s id first",
                    "add a header line such as " + role() + ",title,genres");
        }
        checkWidth(1, names.size());
        columns.addAll(names);
        id = idColumn();
    }

    private void checkWidth(long line, int width) {
        if (width > MOST_COLUMNS) {
            throw DataErrors.at(
                    file,
                    line,
                    String.format(Locale.ROOT, "%,d columns", width),
                    String.format(Locale.ROOT, "at most %,d", MOST_COLUMNS),
                    "write values as a list in one column");
        }
    }

    private String role() {
        return role == ColumnNames.USER ? "user" : "item";
    }

    /** The first column, unless exactly one other column has a name of item ids. */
    private int idColumn() {
        for (int k = 0; k < columns.size(); k++) {
            if (isIdName(columns.get(k))) {
                return k;
            }
        }
        return 0;
    }

    private boolean isIdName(String name) {
        String normal = ColumnNames.normal(name);
        boolean other = role == ColumnNames.USER ? ColumnNames.ITEM.has(name) : ColumnNames.USER.has(name);
        return IDS.contains(normal) && !other || normal.endsWith("id") && role.has(name);
    }

    private boolean isHeader(List<String> first, @Nullable List<String> second) {
        String id = first.get(0).strip();
        if (isIdName(id) || role.has(id)) {
            return true;
        } else if (known.index(first.get(0)) >= 0) {
            return false;
        } else if (first.stream().anyMatch(name -> isIdName(name) || TITLES.contains(ColumnNames.normal(name)))) {
            return true;
        } else if (second == null || Columns.isNumber(id)) {
            return false;
        }
        boolean digits = id.chars().anyMatch(Character::isDigit);
        return !digits || second.get(0).chars().noneMatch(Character::isDigit);
    }

    private void add(Rows rows, long line, @Nullable Object[] values) {
        Object given = values.length > id ? values[id] : null;
        String checked = Ids.check(file, line, role(), given instanceof List<?> ? null : (String) given);
        rows.add(line, checked, values);
    }
}
