package org.mineral.app.table;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.mineral.config.InputException;
import org.mineral.data.items.TextTable;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.JsonTexts;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.RepeatedNameException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Loads a file of JSON objects as a table with a column for each name that occurs. Strings stay strings; numbers, lists and objects become
 * numbers, lists and structs. A column with strings and whole numbers has strings.
 */
final class JsonFile {

    private static final String OBJECTS = "json objects";
    private static final String STAGE = DuckDb.name(OBJECTS);

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"");

    /** A whole number with more digits than a double holds. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<![0-9.])[0-9]{16,}+(?![.eE])");

    private final DuckDb duck;
    private final Path file;
    private boolean longNumbers;

    JsonFile(DuckDb duck, Path file) {
        this.duck = duck;
        this.file = file;
    }

    /** Creates and fills the table. */
    void fill(String table) throws SQLException, IOException {
        duck.run("create table " + STAGE + " (line bigint, object json)");
        try (JsonTexts texts = TextTable.json(file);
                DuckDBAppender appender = duck.connection().createAppender(OBJECTS)) {
            for (JsonTexts.Text text = texts.next(); text != null; text = texts.next()) {
                check(text);
                appender.beginRow();
                appender.append(text.line());
                appender.append(text.text());
                appender.endRow();
            }
        }
        String[] structure = {null};
        duck.query(
                "select json_group_structure(object)::varchar from " + STAGE, row -> structure[0] = row.getString(1));
        JsonNode found = structure[0] == null ? null : JsonMapper.shared().readTree(structure[0]);
        if (found == null || found.isEmpty()) {
            throw new InputException(
                    file + ": found no values; allowed: JSON objects with names and values; check the file");
        }
        duck.run("create table " + DuckDb.name(table) + " as select unnest(json_transform(object, "
                + DuckDb.quoted(types(found)) + ")) from " + STAGE);
        duck.run("drop table " + STAGE);
    }

    /** Checks that a text is an object, by the same rules as all other JSON files. */
    private void check(JsonTexts.Text text) {
        try {
            Json.read(text.text(), in -> Json.object(in, name -> Json.skip(in)));
            longNumbers |= LONG_NUMBER
                    .matcher(STRING.matcher(text.text()).replaceAll(""))
                    .find();
        } catch (RepeatedNameException e) {
            throw DataErrors.repeated(file, text.line(), e.name());
        } catch (JsonException e) {
            throw DataErrors.at(file, text.line(), "no JSON object", "one object a row", "correct it");
        }
    }

    /** The types of the columns: the detected ones if they hold every value without loss. */
    private JsonNode types(JsonNode found) throws SQLException {
        ObjectNode types = JsonMapper.shared().createObjectNode();
        Map<String, JsonNode> columns = new LinkedHashMap<>();
        found.propertyStream().forEach(column -> columns.put(column.getKey(), column.getValue()));
        for (Map.Entry<String, JsonNode> column : columns.entrySet()) {
            JsonNode type = column.getValue();
            if (type.isString()) {
                types.put(column.getKey(), type(column.getKey(), type.asString()));
            } else {
                types.set(column.getKey(), nested(type));
            }
        }
        return types;
    }

    private String type(String name, String found) throws SQLException {
        return switch (found) {
            case "NULL" -> "VARCHAR";
            case "UBIGINT" -> is(name, "max(number::hugeint) > " + Long.MAX_VALUE) ? "HUGEINT" : "BIGINT";
            case "DOUBLE" -> {
                if (!is(name, "bool_and(whole)")) {
                    yield "DOUBLE";
                }
                yield is(name, "count(number) = count(try_cast(number as hugeint))") ? "HUGEINT" : "VARCHAR";
            }
            case "JSON" -> {
                if (is(name, "bool_or(type in ('OBJECT', 'ARRAY'))")) {
                    yield "JSON";
                } else if (is(name, "bool_or(type not in ('VARCHAR', 'BOOLEAN', 'NULL') and not whole)")) {
                    throw new InputException(file + ": found strings and numbers with a fraction or an exponent in '"
                            + name + "'; allowed: one of both; write the numbers as strings");
                }
                yield "VARCHAR";
            }
            default -> found;
        };
    }

    /** Whether a condition holds for the values of a name. */
    private boolean is(String name, String condition) throws SQLException {
        String path = DuckDb.quoted("/" + name.replace("~", "~0").replace("/", "~1"));
        boolean[] holds = {false};
        duck.query(
                "select coalesce(" + condition + ", false) from (select number, type,"
                        + " regexp_full_match(number, '-?[0-9]+') as whole from (select object ->> " + path
                        + " as number, json_type(object, " + path + ") as type from " + STAGE + "))",
                row -> holds[0] = row.getBoolean(1));
        return holds[0];
    }

    /**
     * Type for values that are null or empty lists in all objects: any type would do. Numbers that are not all whole, or have more than 64
     * bits, stay JSON if a double would change digits.
     */
    private JsonNode nested(JsonNode type) {
        JsonMapper mapper = JsonMapper.shared();
        if (type.isArray()) {
            return mapper.createArrayNode().add(nested(type.get(0)));
        } else if (type.isObject()) {
            ObjectNode types = mapper.createObjectNode();
            type.propertyStream().forEach(field -> types.set(field.getKey(), nested(field.getValue())));
            return types;
        }
        String leaf = type.asString();
        boolean text = leaf.equals("NULL") || longNumbers && leaf.equals("DOUBLE");
        return mapper.getNodeFactory().stringNode(text ? "JSON" : leaf);
    }
}
