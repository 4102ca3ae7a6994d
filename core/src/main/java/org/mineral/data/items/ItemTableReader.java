package org.mineral.data.items;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
 * Reads an {@link ItemTable}.
 *
 * <p>The first row of a delimited text is its header if its first field is a name of item ids ({@code item}, {@code movie_id} ...).
 * Otherwise it is not a header if its first field is a known item, a number, or has digits like the fields below it. In all other cases it is
 * one. Without a header the columns are the id, the title, and
 * attributes called {@code column3}, {@code column4} and so on.
 */
final class ItemTableReader {

    private static final Set<String> TITLES =
            Set.of("title", "name", "itemtitle", "itemname", "producttitle", "productname", "movietitle", "booktitle");
    private static final Set<String> IDS = Set.of("id", "item", "asin", "parentasin", "sku", "isbn");

    private final Path file;
    private final IdMap items;
    private final IdMap.Builder ids = IdMap.builder();
    private final List<String> columns = new ArrayList<>();
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final List<@Nullable Object[]> cells = new ArrayList<>();
    private final List<Long> lines = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int id;
    private long again;
    private long unknown;

    ItemTableReader(Path file, IdMap items) {
        this.file = file;
        this.items = items;
    }

    ItemTable read() throws IOException {
        int title = -1;
        switch (TextTable.kind(file)) {
            case BINARY -> binary();
            case JSON -> json();
            case LISTS ->
                throw DataErrors.of(
                        file, "no separator", "columns between , ; tab or ::", "add a header line item,title");
            case DELIMITED -> title = delimited();
        }
        for (int k = 0; k < columns.size() && title < 0; k++) {
            title = k != id && TITLES.contains(ColumnNames.normal(columns.get(k))) ? k : -1;
        }
        if (again > 0) {
            notes.add("rows that occur twice, taken once: " + again);
        }
        if (unknown > 0 && items.size() > 0) {
            notes.add("rows of items that are not in the model: " + unknown);
        }
        return new ItemTable(ids.build(), columns, id, title, cells, notes);
    }

    /** Returns the title column of a table without header; -1 if there is a header. */
    private int delimited() throws IOException {
        try (TextTable table = TextTable.open(file, this::isHeader)) {
            List<String> names = table.columns();
            if (table.header()) {
                header(names);
            } else {
                columns.addAll(names.stream().limit(1).map(name -> "item").toList());
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
                add(row.line(), values);
            }
            return table.header() ? -1 : 1;
        }
    }

    private void json() throws IOException {
        try (JsonTexts texts = TextTable.json(file)) {
            for (JsonTexts.Text text = texts.next(); text != null; text = texts.next()) {
                Map<String, Object> fields = JsonObjects.fields(file, text);
                if (columns.isEmpty()) {
                    fields.keySet().forEach(this::column);
                    id = idColumn();
                }
                @Nullable Object[] values = new @Nullable Object[columns.size() + fields.size()];
                fields.forEach((name, value) -> values[column(name)] = value);
                add(text.line(), Arrays.copyOf(values, columns.size()));
            }
        }
    }

    private int column(String name) {
        return indices.computeIfAbsent(name, n -> {
            columns.add(n);
            return columns.size() - 1;
        });
    }

    private void binary() throws IOException {
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
                ItemTableReader.this.add(row, cells.toArray(new @Nullable Object[0]));
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
                    "the header " + DataErrors.quote(String.join(",", names)),
                    "two or more different names, the item's id first",
                    "add a header line such as item,title,genres");
        }
        columns.addAll(names);
        id = idColumn();
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

    private static boolean isIdName(String name) {
        String normal = ColumnNames.normal(name);
        return IDS.contains(normal) || normal.endsWith("id") && ColumnNames.ITEM.has(name);
    }

    private boolean isHeader(List<String> first, @Nullable List<String> second) {
        String id = first.get(0).strip();
        if (isIdName(id) || ColumnNames.ITEM.has(id)) {
            return true;
        } else if (items.index(first.get(0)) >= 0) {
            return false;
        } else if (first.stream().anyMatch(name -> isIdName(name) || TITLES.contains(ColumnNames.normal(name)))) {
            return true;
        } else if (second == null || Columns.isNumber(id)) {
            return false;
        }
        boolean digits = id.chars().anyMatch(Character::isDigit);
        return !digits || second.get(0).chars().noneMatch(Character::isDigit);
    }

    private void add(long line, @Nullable Object[] values) {
        Object given = values.length > id ? values[id] : null;
        String item = Ids.check(file, line, "item", given instanceof List<?> ? null : (String) given);
        int row = ids.add(item);
        if (row < cells.size()) {
            int width = Math.max(values.length, cells.get(row).length);
            if (!Arrays.equals(Arrays.copyOf(values, width), Arrays.copyOf(cells.get(row), width))) {
                throw DataErrors.at(
                        file,
                        line,
                        "item " + DataErrors.quote(item) + " again, as in row " + lines.get(row) + " with other values",
                        "each item once",
                        "merge its rows");
            }
            again++;
            return;
        }
        unknown += items.index(item) < 0 ? 1 : 0;
        cells.add(values);
        lines.add(line);
    }
}
