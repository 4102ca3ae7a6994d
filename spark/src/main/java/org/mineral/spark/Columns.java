package org.mineral.spark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Checks of a frame's columns, before any job. */
final class Columns {

    private static final Set<DataType> IDS = Set.of(
            DataTypes.StringType, DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);

    private Columns() {}

    static boolean has(StructType schema, String name) {
        return Arrays.asList(schema.fieldNames()).contains(name);
    }

    /** @throws IllegalArgumentException if there is no such column, or of another type */
    static DataType id(StructType schema, String param, String name) {
        DataType type = exists(schema, param, name);
        if (!IDS.contains(type)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s = %s is of type %s; ids are string, long, int, short or byte. Cast the column.",
                    param,
                    name,
                    type.simpleString()));
        }
        return type;
    }

    /** @throws IllegalArgumentException if there is no such column, or it holds no numbers */
    static void number(StructType schema, String param, String name) {
        DataType type = exists(schema, param, name);
        if (!(type instanceof NumericType)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s = %s is of type %s; it must hold numbers.", param, name, type.simpleString()));
        }
    }

    private static DataType exists(StructType schema, String param, String name) {
        if (!has(schema, name)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s = %s does not exist. Available: %s",
                    param,
                    name,
                    String.join(", ", schema.fieldNames())));
        }
        return schema.apply(name).dataType();
    }
}
