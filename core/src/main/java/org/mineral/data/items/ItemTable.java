package org.mineral.data.items;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.rows.TableFormat;

/**
 * Titles and attributes of items: one row for each item, from delimited text, JSON objects or a {@link TableFormat} such as Parquet. The id
 * is the column with a known name of item ids, otherwise the first; the title is a column {@code title} or {@code name}; all others are
 * attributes. An attribute has several values if they are separated by {@code |}, or if the file has a list. Immutable.
 */
public final class ItemTable {

    private final IdMap ids;
    private final List<String> columns;
    private final int id;
    private final int title;
    private final List<@Nullable Object[]> cells;
    private final List<String> notes;

    /**
     * @param id index of the column of ids
     * @param title index of the column of titles, or -1
     * @param cells a text, a list of texts or null for each column; missing cells at the end of a row are null
     */
    ItemTable(IdMap ids, List<String> columns, int id, int title, List<@Nullable Object[]> cells, List<String> notes) {
        this.ids = ids;
        this.columns = List.copyOf(columns);
        this.id = id;
        this.title = title;
        this.cells = cells;
        this.notes = List.copyOf(notes);
    }

    /** An empty table. */
    public static ItemTable empty() {
        return new ItemTable(IdMap.numbered(0), List.of("item"), 0, -1, List.of(), List.of());
    }

    /** As {@link #read(Path, IdMap)}, without known items. */
    public static ItemTable read(Path file) throws IOException {
        return read(file, IdMap.numbered(0));
    }

    /**
     * Reads a table.
     *
     * @param items known items: a first row that begins with one of them is not a header
     * @throws InputException if the file is not such a table; the message names the line
     */
    public static ItemTable read(Path file, IdMap items) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file + " is no file; give a table of items with a header such as item,title,genres.");
        }
        return new ItemTableReader(file, items).read();
    }

    public int size() {
        return cells.size();
    }

    /** The id in a row, from 0 on. */
    public String id(int row) {
        return ids.id(row);
    }

    /** Notes on rows that were left out and on assumptions made while reading, one line each. */
    public List<String> notes() {
        return notes;
    }

    /** Number of these items that have a row. */
    public int known(IdMap items) {
        int known = 0;
        for (String item : items.ids()) {
            known += ids.index(item) < 0 ? 0 : 1;
        }
        return known;
    }

    /** Names of the attribute columns, in their order, without id and title. */
    public List<String> attributes() {
        List<String> names = new ArrayList<>();
        for (int k = 0; k < columns.size(); k++) {
            if (k != id && k != title && !columns.get(k).isEmpty()) {
                names.add(columns.get(k));
            }
        }
        return names;
    }

    /** An item's title, or null if the table has none. */
    public @Nullable String title(String item) {
        Object cell = title < 0 ? null : cell(item, title);
        String text = cell instanceof List<?> list
                ? String.join(", ", list.stream().map(Object::toString).toList())
                : Objects.toString(cell, "");
        return text.isBlank() ? null : text.strip();
    }

    /** An item's values of an attribute; empty if the table does not have the item. */
    public List<String> values(String item, String attribute) {
        int column = columns.indexOf(attribute);
        Object cell = column < 0 || column == id ? null : cell(item, column);
        Stream<String> values = cell instanceof List<?> list
                ? list.stream().map(Object::toString)
                : Arrays.stream(Objects.toString(cell, "").split("\\|"));
        return values.map(String::strip)
                .filter(value -> !value.isEmpty())
                .distinct()
                .toList();
    }

    private @Nullable Object cell(String item, int column) {
        int row = ids.index(item);
        return row < 0 || column >= cells.get(row).length ? null : cells.get(row)[column];
    }
}
