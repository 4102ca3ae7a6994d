package org.mineral.app.table;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mineral.config.InputException;

/** What a Parquet file says of itself. */
final class ParquetFile {

    private ParquetFile() {}

    /** Names and types of its columns, in their order. */
    static Map<String, String> columns(Duck duck, Path file) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        duck.query(
                "describe select * from read_parquet(" + Duck.quoted(file) + ")",
                row -> columns.put(row.getString(1), row.getString(2)));
        return columns;
    }

    static InputException damaged(Path file, SQLException e) {
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new InputException(
                file + ": found no readable Parquet (" + first + "); allowed: complete Parquet files; write it again",
                e);
    }
}
