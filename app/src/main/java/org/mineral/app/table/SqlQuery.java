package org.mineral.app.table;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.mineral.config.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A read-only query, checked by DuckDB's parser before it runs.
 *
 * @param tables names of the tables that it reads, as written, without those that it defines itself
 * @param columns names of the columns in it, in lower case
 */
record SqlQuery(String sql, Set<String> tables, Set<String> columns) {

    /** @throws InputException if it is not one query that only reads */
    static SqlQuery parse(DuckDb duck, String sql) throws SQLException {
        String[] parsed = {""};
        duck.query("select json_serialize_sql(" + DuckDb.quoted(sql) + ")", row -> parsed[0] = row.getString(1));
        JsonNode document = JsonMapper.shared().readTree(parsed[0]);
        if (document.path("error").asBoolean()) {
            String message = document.path("error_message").asString();
            throw message.contains("Only SELECT") ? notOneQuery("a statement that is not a query") : wrong(message);
        }
        int statements = document.path("statements").size();
        if (statements != 1) {
            throw notOneQuery(statements == 0 ? "no query" : statements + " statements");
        }
        Set<String> tables = new LinkedHashSet<>();
        Set<String> columns = new HashSet<>();
        Set<String> defined = new HashSet<>();
        collect(document.path("statements"), tables, columns, defined);
        tables.removeIf(table -> defined.contains(table.toLowerCase(Locale.ROOT)));
        return new SqlQuery(sql, tables, columns);
    }

    private static void collect(JsonNode node, Set<String> tables, Set<String> columns, Set<String> defined) {
        String type = node.path("type").asString("");
        if (type.endsWith("_QUERY_NODE")) {
            throw notOneQuery("a query that changes a table");
        } else if (type.equals("BASE_TABLE")
                && node.path("schema_name").asString("").isEmpty()) {
            tables.add(node.path("table_name").asString());
        } else if (type.equals("COLUMN_REF")) {
            node.path("column_names").forEach(name -> columns.add(lower(name)));
        }
        for (String list : new String[] {"using_columns", "exclude_list"}) {
            node.path(list).forEach(name -> columns.add(lower(name)));
        }
        node.path("cte_map").path("map").forEach(entry -> defined.add(lower(entry.path("key"))));
        node.forEach(child -> collect(child, tables, columns, defined));
    }

    private static String lower(JsonNode text) {
        return text.asString("").toLowerCase(Locale.ROOT);
    }

    static InputException notOneQuery(String found) {
        return new InputException("--sql: found " + found + "; allowed: one query (select, with, from or values), which"
                + " reads and writes nothing; change it.");
    }

    private static InputException wrong(String message) {
        return new InputException("--sql: " + message);
    }
}
