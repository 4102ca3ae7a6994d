package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Collects rows and writes them as one Parquet file. */
public final class ParquetTable implements AutoCloseable {

    private static final String NAME = "rows";

    private final DuckDb duck;
    private final DuckDBAppender appender;

    /** @param columns names and types in SQL */
    public ParquetTable(String columns) throws IOException {
        try {
            duck = new DuckDb();
            duck.run("create table " + NAME + " (" + columns + ")");
            appender = duck.connection().createAppender(NAME);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Adds a row: texts, integers, floats, arrays of floats or nulls, in the order of the columns. */
    public void add(@Nullable Object... values) throws IOException {
        try {
            appender.beginRow();
            for (@Nullable Object value : values) {
                if (value instanceof Integer number) {
                    appender.append(number.intValue());
                } else if (value instanceof Float number) {
                    appender.append(number.floatValue());
                } else if (value instanceof float[] array) {
                    appender.append(array);
                } else if (value == null) {
                    appender.appendNull();
                } else {
                    appender.append((String) value);
                }
            }
            appender.endRow();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes all rows in order. */
    public void write(Path file) throws IOException {
        try {
            appender.flush();
            duck.run("copy (select * from " + NAME + " order by rowid) to " + DuckDb.quoted(file)
                    + " (format parquet, compression zstd)");
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (duck) {
            appender.close();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
