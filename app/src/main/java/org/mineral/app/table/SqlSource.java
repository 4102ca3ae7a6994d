package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.rows.RowSink;
import org.mineral.data.rows.RowSource;

/**
 * Reads interactions from a query: on files by DuckDB, or in a database by the JDBC driver of its address ({@code jdbc:...}). Only queries
 * that read are allowed.
 */
public final class SqlSource implements RowSource {

    private static final String OPTION = "--sql";
    private static final int ROWS_AT_A_TIME = 10_000;

    /** Allowed first words of a query in a database, which has its own parser. */
    private static final Pattern QUERY = Pattern.compile("(?is)\\s*(select|with|values|table|from)\\b.*|\\s*\\(.*");

    private final String sql;
    private final @Nullable String url;
    private final List<Path> files;
    private final Set<String> named;

    private SqlSource(String sql, @Nullable String url, List<Path> files, Set<String> named) {
        this.sql = sql;
        this.url = url;
        this.files = files;
        this.named = named;
    }

    /**
     * On files: the given files are the table {@code data}; the query may name others as tables.
     *
     * @param named known column names, by which a header is recognised
     */
    public static SqlSource ofFiles(String sql, List<Path> files, Set<String> named) {
        return new SqlSource(sql, null, files, named);
    }

    /** In a database. User and password come from its address, or from the environment, where process lists do not show them. */
    public static SqlSource ofDatabase(String sql, String url) {
        return new SqlSource(sql, url, List.of(), Set.of());
    }

    @Override
    public void read(RowSink rows) throws IOException {
        try {
            if (url == null) {
                overFiles(rows);
            } else {
                inDatabase(url, rows);
            }
        } catch (SQLException e) {
            String message = OPTION + ": " + DuckDb.message(e);
            if (url != null) {
                message += " (" + shown(url) + ")";
            } else if (message.contains("Permission Error")) {
                message += "; allowed: the files given as DATA, and files named in the query as tables"
                        + " (from 'events.parquet'), to be read; name the file so";
            }
            throw new InputException(message, e);
        }
    }

    private void overFiles(RowSink rows) throws SQLException, IOException {
        try (DuckDb duck = new DuckDb()) {
            SqlQuery query = SqlQuery.parse(duck, sql);
            QueryFiles tables = new QueryFiles(duck, query, named);
            tables.add(files);
            duck.restrictTo(tables.readable());
            duck.read(query.sql(), found -> read(found, rows));
        }
    }

    private static void read(ResultSet found, RowSink rows) throws SQLException {
        ResultRows.read(OPTION, select -> "in the query: select " + select, found, rows);
    }

    private void inDatabase(String url, RowSink rows) throws SQLException {
        String query = sql.strip().replaceFirst("(\\s*;)+$", "");
        if (query.contains(";")) {
            // Databases differ in quoting, and drivers in how they run several
            // statements.
            throw SqlQuery.notOneQuery("a semicolon within the query (in a text, write chr(59))");
        } else if (!QUERY.matcher(query).matches()) {
            throw SqlQuery.notOneQuery("a statement that does not begin like a query");
        }
        checkDriver(url);
        Properties login = new Properties();
        put(login, "user", System.getenv("MINERAL_DB_USER"));
        put(login, "password", System.getenv("MINERAL_DB_PASSWORD"));
        try (Connection connection = DriverManager.getConnection(url, login)) {
            // Without a transaction, PostgreSQL's driver would fetch all rows first.
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(ROWS_AT_A_TIME);
                try (ResultSet found = statement.executeQuery(query)) {
                    read(found, rows);
                }
            }
            connection.rollback();
        }
    }

    /** Refuses DuckDB's files: it would create missing ones, and let a query read any file. */
    private static void checkDriver(String url) {
        String allowed = "; allowed: jdbc:postgresql://HOST/DATABASE; ";
        if (url.startsWith("jdbc:duckdb:")) {
            throw new InputException("found a database of DuckDB, " + shown(url) + allowed
                    + "write its table to a file and import that: duckdb FILE -c \"copy TABLE to 'rows.parquet'\"");
        }
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new InputException(
                    "found no driver for " + shown(url) + allowed
                            + "write the rows to a file, such as CSV, and import that",
                    e);
        }
    }

    /** An address without credentials. */
    private static String shown(String url) {
        return url.replaceFirst("(?s)[?;].*", "").replaceFirst("//[^/]*@", "//");
    }

    private static void put(Properties to, String name, @Nullable String value) {
        if (value != null) {
            to.setProperty(name, value);
        }
    }
}
