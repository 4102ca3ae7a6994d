package org.mineral.app.table;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Set;

/**
 * The column types that convert to ids or times without loss, and SQL conversions for the others. Databases differ in their types, so the
 * name is used where the JDBC number is ambiguous.
 */
final class ExactTypes {

    /** Types without a specific JDBC number whose values have no unique text. */
    private static final Set<String> OTHERS = Set.of("json", "jsonb", "map", "union", "variant", "interval", "hstore");

    /** A column: the expression itself, or the conversion that a query needs. */
    enum Use {
        AS_IT_IS("%s"),
        /** 12.0 and 12 are different ids. */
        WHOLE("cast(%s as bigint)"),
        TEXT("cast(%s as varchar)"),
        BYTES("decode(%s)"),
        BYTES_OF_POSTGRESQL("convert_from(%s, 'UTF8')"),
        ELEMENTS("unnest(%s)"),
        KEYS("unnest(map_keys(%s))"),
        FIELD("struct_extract_at(%s, 1)"),
        JSON_TEXT("%s ->> '$'"),
        JSON_TEXT_OF_POSTGRESQL("%s #>> '{}'"),
        LEFT_OUT("");

        private final String expression;

        Use(String expression) {
            this.expression = expression;
        }

        /** A column of a select list, under its original name. */
        String select(String column) {
            String name = DuckDb.name(column);
            return this == AS_IT_IS ? name : expression.replace("%s", name) + " as " + name;
        }
    }

    private ExactTypes() {}

    /** How to read ids from a column (from 1). */
    static Use ofId(ResultSetMetaData types, int column) throws SQLException {
        String name = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        boolean duck = types.getClass().getName().startsWith("org.duckdb");
        return switch (types.getColumnType(column)) {
            case Types.DOUBLE, Types.FLOAT, Types.REAL -> Use.WHOLE;
            case Types.DECIMAL, Types.NUMERIC -> types.getScale(column) > 0 ? Use.WHOLE : Use.AS_IT_IS;
            case Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
                duck ? Use.BYTES : Use.BYTES_OF_POSTGRESQL;
            case Types.ARRAY -> Use.ELEMENTS;
            case Types.STRUCT -> duck ? Use.FIELD : Use.TEXT;
            case Types.DATE,
                    Types.TIME,
                    Types.TIME_WITH_TIMEZONE,
                    Types.TIMESTAMP,
                    Types.TIMESTAMP_WITH_TIMEZONE,
                    Types.SQLXML -> Use.TEXT;
            default -> {
                String kind = name.replaceFirst("\\W.*", "");
                if (!OTHERS.contains(kind)) {
                    yield Use.AS_IT_IS;
                } else if (kind.startsWith("json")) {
                    yield duck ? Use.JSON_TEXT : Use.JSON_TEXT_OF_POSTGRESQL;
                }
                yield kind.equals("map") ? Use.KEYS : Use.TEXT;
            }
        };
    }

    /** How to read times from a column (from 1). */
    static Use ofTime(ResultSetMetaData types, int column) throws SQLException {
        return switch (types.getColumnType(column)) {
            case Types.DOUBLE,
                    Types.FLOAT,
                    Types.REAL,
                    Types.DECIMAL,
                    Types.NUMERIC,
                    Types.DATE,
                    Types.TIMESTAMP,
                    Types.TIMESTAMP_WITH_TIMEZONE -> Use.AS_IT_IS;
            case Types.TIME, Types.TIME_WITH_TIMEZONE, Types.BOOLEAN, Types.SQLXML -> Use.LEFT_OUT;
            default -> {
                Use use = ofId(types, column);
                String name = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
                yield name.startsWith("interval") || name.equals("uuid") ? Use.LEFT_OUT : use;
            }
        };
    }

    /** Whether a type has a time zone, by its name, because databases use the JDBC types differently. */
    static boolean zoned(ResultSetMetaData types, int column) throws SQLException {
        String name = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        return name.contains("tz") || name.contains("with time zone");
    }
}
