package org.mineral.app.table;

import java.nio.file.Path;
import java.sql.SQLException;
import org.mineral.config.InputException;

/** Measures how fast DuckDB reads a file of {@code user,item} lines, as a reference. */
public final class DuckScan {

    private static final String VALUES = "count(*), sum(strlen(\"user\")), sum(strlen(item))";
    private static final String IDS = "count(*), count(distinct \"user\"), count(distinct item)";

    private final String from;
    private final int threads;

    /** @param file has a header */
    public DuckScan(Path file, int threads) {
        // As texts: detecting types and parsing numbers would only slow it down.
        this.from = " from read_csv(" + DuckDb.quoted(DuckDb.pattern(file)) + ", header = true, all_varchar = true)";
        this.threads = threads;
    }

    /** Seconds for reading every value once: number of lines, and the lengths of all ids. */
    public double values() {
        return seconds(VALUES);
    }

    /** Seconds for counting distinct users and items too, which a reader that indexes ids has to do. */
    public double ids() {
        return seconds(IDS);
    }

    private double seconds(String what) {
        try (DuckDb duck = new DuckDb()) {
            duck.run("set threads = " + threads);
            long start = System.nanoTime();
            duck.query("select " + what + from, row -> {
                if (row.getLong(1) == 0) {
                    throw new SQLException("no lines found");
                }
            });
            return (System.nanoTime() - start) / 1e9;
        } catch (SQLException e) {
            throw new InputException("DuckDB cannot read the benchmark's file: " + e.getMessage(), e);
        }
    }
}
