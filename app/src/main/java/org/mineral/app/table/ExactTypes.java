package org.mineral.app.table;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Set;

/**
 * Which types of columns are ids or times without loss, and how a query makes such of the others. Databases differ in what
 * they call a type, so its name is looked at where its number says too little.
 */
final class ExactTypes {

    /** Types without a number of their own whose values have no text of their own either. */
    private static final Set<String> OTHERS = Set.of("json", "jsonb", "map", "union", "variant", "interval", "hstore");

    /** Of a column: as it is, or what a query has to say instead. */
    enum Use {
        AS_IT_IS("%s"),
        /** A number with a fraction is another id than the same number without. */
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

        /** A column of a select list, under its own name. */
        String select(String column) {
            String name = DuckDb.name(column);
            return this == AS_IT_IS ? name : expression.replace("%s", name) + " as " + name;
        }
    }

    private ExactTypes() {}

    /** How ids come out of a column, from 1 on. */
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

    /** How times come out of a column, from 1 on. */
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

    /** Databases differ in which of the two types they call a time with a zone; its name tells. */
    static boolean zoned(ResultSetMetaData types, int column) throws SQLException {
        String name = types.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        return name.contains("tz") || name.contains("with time zone");
    }
}
