package org.mineral.app.table;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;
import org.mineral.config.InputException;

/**
 * An embedded, initially empty DuckDB. Installing and loading extensions is disabled, so that only built-in readers are available and nothing
 * is downloaded. It spills to the system's temporary directory.
 */
public final class DuckDb implements AutoCloseable {

    /** The driver's only message for errors while rows are streamed. */
    private static final String UNEXPLAINED = "Invalid result set";

    /** Its coordinates, in the version that Mineral is built with. */
    static final String JAR = "org.duckdb:duckdb_jdbc:2.0.0.1";

    private static final boolean PRESENT = present();

    private final DuckDBConnection connection;

    /** @throws InputException where its jar is missing, which only Parquet files and queries need */
    public DuckDb() throws SQLException {
        if (!PRESENT) {
            throw new InputException(
                    "Parquet files and queries need DuckDB, which is not on the class path. Add the jar " + JAR + " to "
                            + place() + ", or give text.");
        }
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("allow_community_extensions", "false");
        settings.setProperty("temp_directory", spill());
        // Rows are streamed, so that a result may be larger than memory.
        settings.setProperty("jdbc_stream_results", "true");
        connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
        // Times with a zone have the same text on every machine.
        run("set TimeZone = 'UTC'");
    }

    private static boolean present() {
        try {
            Class.forName("org.duckdb.DuckDBDriver");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The directory of the jar that this class is in. */
    private static String place() {
        CodeSource source = DuckDb.class.getProtectionDomain().getCodeSource();
        if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
            return "it";
        }
        return Path.of(URI.create(source.getLocation().toString()))
                .resolveSibling("")
                .toString();
    }

    private static String spill() {
        return Path.of(System.getProperty("java.io.tmpdir"))
                .resolve("mineral-duckdb-" + ProcessHandle.current().pid())
                .toString();
    }

    DuckDBConnection connection() {
        return connection;
    }

    /** Restricts the connection to reading these files; the configuration cannot be changed afterwards. */
    void restrictTo(Collection<Path> readable) throws SQLException {
        String allowed = readable.stream()
                .flatMap(file -> Stream.of(file.toAbsolutePath().toString(), pattern(file)))
                .distinct()
                .map(DuckDb::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
        run("set allowed_paths = " + allowed);
        run("set enable_external_access = false");
        run("set lock_configuration = true");
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A consumer of rows. */
    interface Rows {
        void accept(ResultSet rows) throws SQLException;
    }

    /** Passes on each row. */
    void query(String sql, Rows each) throws SQLException {
        read(sql, rows -> {
            while (rows.next()) {
                each.accept(rows);
            }
        });
    }

    /** Called with all rows, before the first. */
    void read(String sql, Rows all) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            all.accept(rows);
        } catch (SQLException e) {
            throw String.valueOf(e.getMessage()).contains(UNEXPLAINED) ? cause(sql, e) : e;
        }
    }

    /** The real error behind one while rows were streamed: found by running the query again into a table. */
    private SQLException cause(String sql, SQLException unexplained) {
        try {
            run("create temporary table result as " + sql);
            return unexplained;
        } catch (SQLException e) {
            return e;
        }
    }

    /** Names and types of the columns of a table, view or table function, in their order. */
    Map<String, String> columns(String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        query("describe select * from " + table, row -> columns.put(row.getString(1), row.getString(2)));
        return columns;
    }

    /** Quotes a string for SQL. */
    static String quoted(Object text) {
        return "'" + text.toString().replace("'", "''") + "'";
    }

    /** Quotes a name for SQL. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The SQL expression for a Parquet file with any name, without columns from the path. */
    static String parquet(Path file) {
        return "read_parquet(" + quoted(pattern(file)) + ", hive_partitioning = false)";
    }

    /**
     * A pattern that matches only this file, because DuckDB treats paths as patterns; absolute, because it expands a leading {@code ~}.
     */
    static String pattern(Path file) {
        return file.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
    }

    /** The message of an error on one line, without DuckDB's excerpt of the query. */
    static String message(SQLException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst("(?s)\\s*\\R\\s*LINE \\d+:.*", "")
                .replaceAll("\\s*\\R\\s*", " ")
                .strip();
    }

    @Override
    public void close() throws SQLException {
        ((Connection) connection).close();
    }
}
