package org.mineral.app.table;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in this process, empty at first. It has the readers that are built in and gets no others: neither installing nor
 * loading of extensions is left on, so that nothing is fetched from anywhere. What exceeds its memory goes to the system's
 * directory for temporary files.
 */
public final class Duck implements AutoCloseable {

    private final DuckDBConnection connection;

    public Duck() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("temp_directory", spill());
        // Rows are handed on as they come, so that a result may be larger than memory.
        settings.setProperty("jdbc_stream_results", "true");
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
    }

    private static String spill() {
        return Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("mineral-duckdb-" + ProcessHandle.current().pid())
                .toString();
    }

    DuckDBConnection connection() {
        return connection;
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** What is done with each row of an answer. */
    interface Row {
        void accept(ResultSet row) throws SQLException;
    }

    void query(String sql, Row each) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                each.accept(rows);
            }
        }
    }

    /** As SQL writes a text. */
    static String quoted(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        ((Connection) connection).close();
    }
}
