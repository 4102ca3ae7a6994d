package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.data.RowSink;
import org.mineral.data.TableFormat;

/** Reads interactions from Parquet files, wherever data are read. */
public final class ParquetFormat implements TableFormat {

    /** More rows than this for a byte of the file are none that somebody collected. */
    private static final long MOST_ROWS_PER_BYTE = 10;

    private static final long ALWAYS = 1_000_000;

    @Override
    public boolean recognises(byte[] head) {
        return head.length >= 4 && head[0] == 'P' && head[1] == 'A' && head[2] == 'R' && head[3] == '1';
    }

    @Override
    public void read(Path file, RowSink rows) throws IOException {
        try (Duck duck = new Duck()) {
            String quoted = Duck.quoted(file);
            duck.query(
                    "select sum(num_rows)::bigint, " + file.toFile().length() + "::bigint from parquet_file_metadata("
                            + quoted + ")",
                    row -> checkRows(file, row));
            try (Statement statement = duck.connection().createStatement();
                    ResultSet found = statement.executeQuery("select * from read_parquet(" + quoted + ")")) {
                ResultRows.read(file, found, rows);
            }
        } catch (SQLException e) {
            throw ParquetFile.damaged(file, e);
        }
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
