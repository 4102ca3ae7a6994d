package org.mineral.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.read.DataErrors;
import org.mineral.data.read.DelimitedRows;
import org.mineral.data.read.TextFile;

/**
 * What is known of items beside who took them: a delimited file with a header, one row an item. The first column is the item's
 * id; a column {@code title} or {@code name} is its title; all others are attributes, whose cells hold values separated by
 * {@code |}. Immutable.
 */
public final class ItemTable {

    private static final List<String> TITLES = List.of("title", "name");

    private final IdMap ids;
    private final List<String> columns;
    private final int title;
    private final List<String[]> cells;

    private ItemTable(IdMap ids, List<String> columns, int title, List<String[]> cells) {
        this.ids = ids;
        this.columns = columns;
        this.title = title;
        this.cells = cells;
    }

    /** A table that knows no item. */
    public static ItemTable empty() {
        return new ItemTable(IdMap.numbered(0), List.of("item"), -1, List.of());
    }

    /** @throws InputException if the file is no such table; the message names the line */
    public static ItemTable read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file + " is no file; give a table of items with a header such as item,title,genres.");
        }
        FormatDetector sniffed = FormatDetector.sniff(file);
        if (sniffed.separator().isEmpty()) {
            throw DataErrors.of(file, "no separator", "columns between , ; tab or ::", "add a header line item,title");
        }
        try (DelimitedRows rows = new DelimitedRows(file, TextFile.reader(file), sniffed.separator(), 1)) {
            List<String> columns = header(file, rows.next());
            IdMap.Builder ids = IdMap.builder();
            List<String[]> cells = new ArrayList<>();
            for (DelimitedRows.Row row = rows.next(); row != null; row = rows.next()) {
                String[] fields = row.fields().toArray(new String[0]);
                if (fields.length != columns.size()) {
                    throw DataErrors.at(
                            file,
                            row.line(),
                            DataErrors.fields(fields.length),
                            columns.size() + ", as in the header",
                            "complete the line; quote what contains the separator with \"");
                }
                if (ids.add(fields[0]) < cells.size()) {
                    throw DataErrors.at(
                            file,
                            row.line(),
                            "item " + DataErrors.quote(fields[0]) + " again",
                            "each item once",
                            "merge its rows");
                }
                cells.add(fields);
            }
            List<String> lower =
                    columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList();
            int title = TITLES.stream()
                    .mapToInt(lower::indexOf)
                    .filter(k -> k > 0)
                    .findFirst()
                    .orElse(-1);
            return new ItemTable(ids.build(), columns, title, cells);
        }
    }

    private static List<String> header(Path file, DelimitedRows.@Nullable Row first) {
        List<String> columns = (first == null ? List.<String>of() : first.fields())
                .stream().map(String::strip).toList();
        if (columns.size() < 2 || columns.contains("") || new HashSet<>(columns).size() < columns.size()) {
            throw DataErrors.at(
                    file,
                    1,
                    "the header " + DataErrors.quote(String.join(",", columns)),
                    "two or more different names, the item's id first",
                    "add a header line such as item,title,genres");
        }
        return columns;
    }

    public int size() {
        return cells.size();
    }

    /** The id in a row, from 0 on. */
    public String id(int row) {
        return ids.id(row);
    }

    /** How many of these items the table has a row for. */
    public int known(IdMap items) {
        int known = 0;
        for (String id : items.ids()) {
            known += ids.index(id) < 0 ? 0 : 1;
        }
        return known;
    }

    /** Names of the attributes, in the order of the columns: neither the id nor the title. */
    public List<String> attributes() {
        List<String> names = new ArrayList<>();
        for (int k = 1; k < columns.size(); k++) {
            if (k != title) {
                names.add(columns.get(k));
            }
        }
        return names;
    }

    /** An item's title, or null if the table does not know it. */
    public @Nullable String title(String item) {
        int row = ids.index(item);
        return row < 0 || title < 0 || cells.get(row)[title].isBlank() ? null : cells.get(row)[title].strip();
    }

    /** An item's values of an attribute; none if the table does not know the item. */
    public List<String> values(String item, String attribute) {
        int row = ids.index(item);
        int column = columns.indexOf(attribute);
        if (row < 0 || column < 1) {
            return List.of();
        }
        return Arrays.stream(cells.get(row)[column].split("\\|"))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }
}
