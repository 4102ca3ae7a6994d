package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.app.console.Shell;
import org.mineral.config.InputException;
import org.mineral.data.rows.RowSink;
import org.mineral.data.rows.TableFormat;
import org.mineral.data.rows.TableRows;

/** Reads interactions and item tables from Parquet files. */
public final class ParquetFormat implements TableFormat {

    /** Largest plausible number of rows for each byte of the file. */
    private static final long MOST_ROWS_PER_BYTE = 10;

    private static final long ALWAYS = 1_000_000;

    @Override
    public boolean recognises(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'A' && head[2] == 'R' && head[3] == '1';
    }

    @Override
    public void read(Path file, RowSink rows) throws IOException {
        try (DuckDb duck = new DuckDb()) {
            check(duck, file);
            duck.read(
                    "select * from " + DuckDb.parquet(file),
                    found -> ResultRows.read(
                            file.toString(),
                            select -> "mineral data import " + Shell.quoted(file) + " -o DIR --sql "
                                    + Shell.quoted("select " + select + " from data"),
                            found,
                            rows));
        } catch (SQLException e) {
            throw ParquetFile.damaged(file, e);
        }
    }

    @Override
    public void read(Path file, TableRows rows) throws IOException {
        try (DuckDb duck = new DuckDb()) {
            check(duck, file);
            Map<String, String> cells = new LinkedHashMap<>();
            duck.columns(DuckDb.parquet(file)).forEach((name, type) -> {
                String cell = cell(DuckDb.name(name), type);
                if (!cell.isEmpty()) {
                    cells.put(name, cell);
                }
            });
            if (cells.isEmpty()) {
                throw new InputException(file + ": found no column of texts, numbers or lists of them; allowed: one or"
                        + " more; write the ids as texts");
            }
            rows.columns(List.copyOf(cells.keySet()));
            long[] row = {0};
            duck.query("select " + String.join(", ", cells.values()) + " from " + DuckDb.parquet(file), found -> {
                List<@Nullable Object> values = new ArrayList<>();
                for (int k = 1; k <= cells.size(); k++) {
                    values.add(found.getObject(k) instanceof Array list ? texts(list) : found.getString(k));
                }
                rows.add(++row[0], values);
            });
        } catch (SQLException e) {
            throw ParquetFile.damaged(file, e);
        }
    }

    /** SQL for a column as text or list of texts, whole numbers without a fraction; empty for other types. */
    private static String cell(String column, String type) {
        if (type.endsWith("]")) {
            boolean nested =
                    type.indexOf('[') != type.lastIndexOf('[') || type.contains("(") && !type.contains("DECIMAL");
            return nested || type.startsWith("BLOB") ? "" : "cast(" + column + " as varchar[])";
        }
        return switch (type.replaceFirst("\\W.*", "")) {
            case "STRUCT", "MAP", "UNION", "VARIANT", "GEOMETRY" -> "";
            case "BLOB" -> "try(decode(" + column + "))";
            case "FLOAT", "DOUBLE" ->
                "case when " + column + " = trunc(" + column + ") and abs(" + column
                        + ") < 9007199254740992 then cast(cast(" + column + " as bigint) as varchar) else cast("
                        + column
                        + " as varchar) end";
            default -> "cast(" + column + " as varchar)";
        };
    }

    private static List<String> texts(Array list) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (Object element : (Object[]) list.getArray()) {
            if (element != null) {
                texts.add(element.toString());
            }
        }
        return texts;
    }

    /** Protects against files of a few kilobytes that claim to hold any number of rows. */
    static void check(DuckDb duck, Path file) throws SQLException {
        duck.query(
                "select sum(num_rows)::bigint, " + file.toFile().length() + "::bigint from parquet_file_metadata("
                        + DuckDb.quoted(DuckDb.pattern(file)) + ")",
                row -> checkRows(file, row));
    }

    private static void checkRows(Path file, ResultSet row) throws SQLException {
        long limit = Math.max(ALWAYS, MOST_ROWS_PER_BYTE * row.getLong(2));
        if (row.getLong(1) > limit) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s: found %,d rows in %,d bytes; allowed: %d rows a byte, and %,d in any case",
                    file,
                    row.getLong(1),
                    row.getLong(2),
                    MOST_ROWS_PER_BYTE,
                    ALWAYS));
        }
    }
}
