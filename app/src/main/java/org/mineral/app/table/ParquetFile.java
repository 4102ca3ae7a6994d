package org.mineral.app.table;

import java.nio.file.Path;
import java.sql.SQLException;
import org.mineral.config.InputException;

/** The metadata of a Parquet file. */
final class ParquetFile {

    private ParquetFile() {}

    static InputException damaged(Path file, SQLException e) {
        return new InputException(
                file + ": this is not readable Parquet (" + DuckDb.message(e)
                        + "); allowed: complete Parquet files; write it again",
                e);
    }
}
