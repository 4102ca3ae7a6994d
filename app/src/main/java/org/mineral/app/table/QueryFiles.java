package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.items.TextTable;
import org.mineral.data.read.DataFiles;
import org.mineral.data.rows.Columns;
import org.mineral.data.text.DelimitedRows;

/**
 * Makes files available as tables of a query. DuckDB reads Parquet itself; text files are read by Mineral's readers and passed on row by row,
 * so that compression, quotes and ids are treated the same in queries. Columns of delimited text are texts; those of JSON have the types of
 * their values.
 *
 * <p>The first row of delimited text is its header if it names a user or an item column, if the query mentions one of its
 * columns, or if numbers follow words. Otherwise the columns are called {@code column0}, {@code column1} and so on.
 */
final class QueryFiles {

    private static final String DATA = "data";
    private static final Pattern NUMBERED = Pattern.compile("column\\d+");

    private final DuckDb duck;
    private final SqlQuery query;
    private final Set<String> mentioned = new HashSet<>();
    private final List<Path> readable = new ArrayList<>();
    private int tables;

    /** @param named columns that exist in addition to those in the query */
    QueryFiles(DuckDb duck, SqlQuery query, Set<String> named) {
        this.duck = duck;
        this.query = query;
        mentioned.addAll(query.columns());
        mentioned.addAll(named);
    }

    /** Creates tables for all files that the query reads: the given files as table {@code data}, the others by their names. */
    void add(List<Path> data) throws SQLException, IOException {
        readable.addAll(data);
        for (String table : query.tables()) {
            if (table.equalsIgnoreCase(DATA) && !data.isEmpty()) {
                add(table, data);
            } else {
                List<Path> files = named(table);
                if (!files.isEmpty()) {
                    add(table, files);
                }
            }
        }
    }

    /** Files that DuckDB reads itself. */
    List<Path> readable() {
        return readable;
    }

    /** The files that a table name denotes; empty if it is not a file name. */
    private static List<Path> named(String table) {
        Path path;
        try {
            path = Path.of(table);
        } catch (InvalidPathException e) {
            return List.of();
        }
        boolean looksLikeFile = table.contains("/") || table.contains(".");
        if (Files.isRegularFile(path) || looksLikeFile) {
            if (table.matches("[a-z0-9]+://.*")) {
                throw new InputException("--sql: found '" + table
                        + "'; allowed: local files, because nothing is fetched over the network; download it first.");
            }
            return DataFiles.of(path).values().stream().flatMap(List::stream).toList();
        }
        return List.of();
    }

    private void add(String table, List<Path> files) throws SQLException, IOException {
        List<String> parts = new ArrayList<>();
        Map<String, String> columns = new LinkedHashMap<>();
        for (Path file : files) {
            String part = "file " + tables++;
            fill(part, file);
            Map<String, String> found = duck.columns(DuckDb.name(part));
            if (!parts.isEmpty() && !found.keySet().equals(columns.keySet())) {
                throw new InputException(file + ": found the columns " + String.join(", ", found.keySet())
                        + "; allowed: those of the files before it, " + String.join(", ", columns.keySet())
                        + "; read it alone");
            }
            columns.putAll(found);
            parts.add("select * from " + DuckDb.name(part));
        }
        duck.run("create view " + DuckDb.name(table) + " as " + String.join(" union all by name ", parts));
    }

    private void fill(String table, Path file) throws SQLException, IOException {
        switch (TextTable.kind(file)) {
            case BINARY -> {
                ParquetFormat.check(duck, file);
                readable.add(file);
                duck.run("create view " + DuckDb.name(table) + " as select * from " + DuckDb.parquet(file));
            }
            case JSON -> new JsonFile(duck, file).fill(table);
            default -> {
                try (TextTable rows = TextTable.open(file, this::isHeader)) {
                    fill(table, rows);
                }
            }
        }
    }

    private boolean isHeader(List<String> first, @Nullable List<String> second) {
        if (mentioned.stream().anyMatch(name -> NUMBERED.matcher(name).matches())) {
            return false;
        }
        return first.stream().anyMatch(name -> mentioned.contains(name(name).toLowerCase(Locale.ROOT)))
                || Columns.isHeader(first, second);
    }

    private void fill(String table, TextTable rows) throws SQLException, IOException {
        duck.run("create table " + DuckDb.name(table) + " ("
                + names(rows.columns()).stream()
                        .map(name -> DuckDb.name(name) + " varchar")
                        .collect(Collectors.joining(", "))
                + ")");
        try (DuckDBAppender appender = duck.connection().createAppender(table)) {
            for (DelimitedRows.Row row = rows.next(); row != null; row = rows.next()) {
                appender.beginRow();
                for (String field : row.fields()) {
                    if (field.isEmpty()) {
                        appender.appendNull();
                    } else {
                        appender.append(field);
                    }
                }
                appender.endRow();
            }
        }
    }

    /** Unique column names for SQL: without RecBole's types; repeated names get a number. */
    private static List<String> names(List<String> columns) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> taken = new HashSet<>();
        for (int k = 0; k < columns.size(); k++) {
            String name = name(columns.get(k));
            String base = name.isEmpty() ? "column" + k : name;
            String free = base;
            for (int n = 1; !taken.add(free.toLowerCase(Locale.ROOT)); n++) {
                free = base + "_" + n;
            }
            names.add(free);
        }
        return List.copyOf(names);
    }

    private static String name(String column) {
        return column.strip().replaceFirst(":(token|float)(_seq)?$", "");
    }
}
