package org.mineral.data.attributes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.items.TableScan;
import org.mineral.data.items.TextTable;
import org.mineral.data.rows.ColumnNames;
import org.mineral.data.rows.Ids;
import org.mineral.data.text.GzipInput;
import org.mineral.data.text.TextFile;

/**
 * The attributes in a side file: a table with a column of ids, in any format of an {@link org.mineral.data.items.ItemTable}, lists
 * {@code id word:count word:count}, or vectors in {@code NAME.npy} with their ids, one on each line, in {@code NAME.tsv}. Or in rows that are in no
 * file. They are read twice: once to guess what each column is, and once to take its values.
 *
 * @param ids of its rows
 * @param attributes of these rows
 * @param columns as they were understood, without that of the ids
 * @param notes on assumptions made while reading, one line each
 */
public record FileAttributes(IdMap ids, Attributes attributes, List<AttributeColumn> columns, List<String> notes) {

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /** Possessive, so that no line takes long. */
    private static final Pattern WORDS =
            Pattern.compile("[^\\s:,;|\"{]++(?: ++[^\\s:,;|\"{]++:[0-9]++(?:\\.[0-9]++)?)++");

    /** Bytes that hold a first line, or enough of one to refuse it. */
    private static final int HEAD = 1 << 16;

    /** Passes on all rows, and returns the names of the columns with that of the ids. */
    interface Source {
        Head read(TableScan.Rows rows) throws IOException;
    }

    /** @param role of all columns but that of the ids; null where it depends on their fields */
    record Head(
            List<String> columns,
            int id,
            List<String> notes,
            @Nullable AttributeRole role) {}

    /**
     * Reads the attributes of items.
     *
     * @param items known items: a first row that begins with one of them is not a header
     * @throws InputException if the file is no such table, has an id twice, or a value that is not what its column has; the message names the line
     */
    public static FileAttributes ofItems(Path file, IdMap items, AttributeOptions options) throws IOException {
        return read(source(file, items, ColumnNames.ITEM), RowPlaces.of(file), options);
    }

    /** As {@link #ofItems}, of users. */
    public static FileAttributes ofUsers(Path file, IdMap users, AttributeOptions options) throws IOException {
        return read(source(file, users, ColumnNames.USER), RowPlaces.of(file), options);
    }

    /**
     * A row that is in no file.
     *
     * @param id not blank
     * @param cells of all columns: a text, a list of texts, an array of floats for a vector, or null
     */
    public record TableRow(String id, @Nullable Object[] cells) {}

    /**
     * Understands rows from elsewhere as those of a side file are.
     *
     * @param table what holds them, for messages
     * @param columns names of all columns, without that of the ids
     * @param rows in an order that decides that of the attributes; gone through twice
     * @throws InputException if an id is there twice, or a value is not what its column has; the message names the id
     */
    public static FileAttributes ofTable(
            String table, List<String> columns, Iterable<TableRow> rows, AttributeOptions options) {
        List<String> all = new ArrayList<>(List.of(""));
        all.addAll(columns);
        Source source = to -> {
            long line = 0;
            for (TableRow row : rows) {
                @Nullable Object[] cells = new @Nullable Object[row.cells.length + 1];
                System.arraycopy(row.cells, 0, cells, 1, row.cells.length);
                to.add(++line, row.id, cells);
            }
            return new Head(all, 0, List.of(), null);
        };
        try {
            return read(source, RowPlaces.of(table), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Source source(Path file, IdMap known, ColumnNames role) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + " is no file; give a table of "
                    + (role == ColumnNames.USER ? "users" : "items") + " with a header such as "
                    + (role == ColumnNames.USER ? "user,country,age" : "item,genres,year") + ".");
        }
        if (NpyVectors.is(file)) {
            return new NpyVectors(file);
        }
        return wordLists(file)
                        || TextTable.kindOfSideFile(file, role == ColumnNames.USER ? "user" : "item")
                                == TextTable.Kind.LISTS
                ? rows -> lists(file, rows)
                : rows -> {
                    TableScan scan = new TableScan(file, known, role);
                    scan.read(rows);
                    return new Head(scan.columns(), scan.id(), scan.notes(), null);
                };
    }

    /** Whether the first line is {@code id word:count word:count}, of any words. */
    private static boolean wordLists(Path file) throws IOException {
        try (InputStream in = GzipInput.open(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.lines()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .filter(line -> WORDS.matcher(line.strip()).matches())
                    .isPresent();
        }
    }

    private static FileAttributes read(Source source, RowPlaces places, AttributeOptions options) throws IOException {
        List<ColumnProfile> profiles = new ArrayList<>();
        Head head = source.read((line, id, cells) -> {
            for (int c = 0; c < cells.length; c++) {
                if (c == profiles.size()) {
                    profiles.add(new ColumnProfile());
                }
                profiles.get(c).add(cells[c]);
            }
        });
        List<AttributeRole> roles = roles(places, head, profiles, options);
        AttributeBuilder builder = new AttributeBuilder(places, head.columns(), roles, options);
        source.read(builder::add);
        FileAttributes read = builder.build(head.notes());
        List<AttributeColumn> shown = new ArrayList<>(read.columns());
        shown.remove(head.id());
        return new FileAttributes(read.ids(), read.attributes(), List.copyOf(shown), read.notes());
    }

    private static List<AttributeRole> roles(
            RowPlaces places, Head head, List<ColumnProfile> profiles, AttributeOptions options) {
        Map<String, AttributeRole> given = options.roles();
        List<AttributeRole> roles = new ArrayList<>();
        for (int c = 0; c < head.columns().size(); c++) {
            String name = head.columns().get(c);
            AttributeRole guessed = head.role() != null
                    ? head.role()
                    : c < profiles.size() ? profiles.get(c).guess() : AttributeRole.NONE;
            AttributeRole role =
                    c == head.id() || name.isEmpty() ? AttributeRole.NONE : given.getOrDefault(name, guessed);
            if (guessed == AttributeRole.VECTOR
                    && head.role() == guessed
                    && role != guessed
                    && role != AttributeRole.NONE) {
                throw new InputException(places.name() + " holds vectors, and the role of " + name + " is "
                        + role.label() + "; allowed: vector, or none.");
            }
            roles.add(role);
        }
        return roles;
    }

    /** Rows {@code id word:count word:count}; a word without a count has 1. */
    private static Head lists(Path file, TableScan.Rows rows) throws IOException {
        try (BufferedReader in = new BufferedReader(TextFile.reader(file))) {
            long line = 0;
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                if (!text.isBlank()) {
                    String[] parts = BLANKS.split(text.strip());
                    List<String> words = Arrays.asList(parts).subList(1, parts.length);
                    String id = Ids.check(file, line, "id", parts[0]);
                    rows.add(line, id, new @Nullable Object[] {id, String.join(" ", words)});
                }
            }
        }
        return new Head(List.of("id", "words"), 0, List.of(), AttributeRole.BAG);
    }

    /**
     * Checks that each column that has a role in the options is in one of the files.
     *
     * @throws InputException if one is in none
     */
    public static void checkColumns(AttributeOptions options, List<FileAttributes> files) {
        List<String> columns = files.stream()
                .flatMap(file -> file.columns.stream().map(AttributeColumn::name))
                .toList();
        for (String name : options.roles().keySet()) {
            if (!columns.contains(name)) {
                throw InputException.unknown("column", name, columns);
            }
        }
    }

    /** The attributes of these ids; ids without a row have none. */
    public Attributes of(IdMap others) {
        return attributes.of(ids, others);
    }

    /** What was found, one line for each column. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(notes);
        for (AttributeColumn column : columns) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %s (%s), %,d attributes of %,d of %,d rows%s",
                    column.name(),
                    column.role().meaning(),
                    column.role().label(),
                    column.attributes(),
                    column.rows(),
                    ids.size(),
                    column.rare() == 0
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    ", %,d rare values %s",
                                    column.rare(),
                                    column.role().words() ? "left out" : "pooled")));
        }
        return lines;
    }
}
