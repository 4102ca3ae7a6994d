package org.mineral.app.table;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.RowSink;
import org.mineral.data.RowSource;

/**
 * The answer to a query as interactions: over files, by DuckDB, or in a database, by the driver that its address
 * ({@code jdbc:...}) asks for.
 */
public final class SqlSource implements RowSource {

    private static final Path NAME = Path.of("--sql");
    private static final int ROWS_AT_A_TIME = 10_000;

    private final String sql;
    private final @Nullable String url;
    private final List<Path> files;

    private SqlSource(String sql, @Nullable String url, List<Path> files) {
        this.sql = sql;
        this.url = url;
        this.files = files;
    }

    /** Over files: those given are the table {@code data}, any other may stand in the query by its name. */
    public static SqlSource ofFiles(String sql, List<Path> files) {
        return new SqlSource(sql, null, files);
    }

    /** In a database. User and password come from its address, or from the environment, where no list of processes shows them. */
    public static SqlSource ofDatabase(String sql, String url) {
        return new SqlSource(sql, url, List.of());
    }

    @Override
    public void read(RowSink rows) {
        try {
            if (url == null) {
                overFiles(rows);
            } else {
                inDatabase(url, rows);
            }
        } catch (SQLException e) {
            String first = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
            throw new InputException(
                    "--sql: " + first + (url == null ? "" : " (" + url.replaceFirst("\\?.*", "") + ")"), e);
        }
    }

    private void overFiles(RowSink rows) throws SQLException {
        try (Duck duck = new Duck()) {
            if (!files.isEmpty()) {
                duck.run("create view data as select * from " + reader(files));
            }
            try (Statement statement = duck.connection().createStatement();
                    ResultSet found = statement.executeQuery(sql)) {
                ResultRows.read(NAME, found, rows);
            }
        }
    }

    /** By the extension of the first: what it holds is for the query to know. Columns of CSV are texts, so that ids stay. */
    private static String reader(List<Path> files) {
        String list = files.stream().map(Duck::quoted).collect(Collectors.joining(", ", "[", "]"));
        String name = files.get(0).toString().toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
        if (name.endsWith(".parquet")) {
            return "read_parquet(" + list + ")";
        }
        return name.matches(".*\\.(json|jsonl|ndjson)")
                ? "read_json(" + list + ", convert_strings_to_integers = false)"
                : "read_csv(" + list + ", all_varchar = true)";
    }

    private void inDatabase(String url, RowSink rows) throws SQLException {
        Properties login = new Properties();
        put(login, "user", System.getenv("MINERAL_DB_USER"));
        put(login, "password", System.getenv("MINERAL_DB_PASSWORD"));
        try (Connection connection = DriverManager.getConnection(url, login)) {
            // Without a transaction, PostgreSQL's driver would fetch everything before the first row.
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_A_TIME);
                try (ResultSet found = statement.executeQuery(sql)) {
                    ResultRows.read(NAME, found, rows);
                }
            }
            connection.rollback();
        }
    }

    private static void put(Properties to, String name, @Nullable String value) {
        if (value != null) {
            to.setProperty(name, value);
        }
    }
}
