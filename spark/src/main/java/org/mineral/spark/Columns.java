package org.mineral.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.raise_error;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Columns of frames: checks before any job, and those of results. */
final class Columns {

    private static final Set<DataType> IDS = Set.of(
            DataTypes.StringType, DataTypes.LongType, DataTypes.IntegerType, DataTypes.ShortType, DataTypes.ByteType);

    private static final DataType DOUBLES = DataTypes.createArrayType(DataTypes.DoubleType, false);

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

    /**
     * A column of ids in the type that a model has them in. An id that this type cannot hold as it is written (300 as a byte, 007 as an int) is null: no
     * id of the model equals it.
     */
    static Column ids(StructType schema, String name, DataType type) {
        Column ids = col(name);
        if (schema.apply(name).dataType().equals(type)) {
            return ids;
        }
        Column cast = ids.try_cast(type);
        return when(cast.cast(DataTypes.StringType).equalTo(ids.cast(DataTypes.StringType)), cast);
    }

    /** As {@link #ids}, of users who are given vectors: what the type cannot hold fails the job, because their ids would be lost. */
    static Column newUsers(StructType schema, String name, DataType type) {
        DataType found = schema.apply(name).dataType();
        Column ids = ids(schema, name, type);
        if (found.equals(type)) {
            return ids;
        }
        Column refusal = raise_error(concat(
                lit("userCol = " + name + " has the id "),
                col(name).cast(DataTypes.StringType),
                lit("; users of this model have ids of type " + type.simpleString()
                        + ", and fold-in can add no others. Leave out these rows, or train with ids of type "
                        + found.simpleString() + ".")));
        return when(col(name).isNotNull().and(ids.isNull()), refusal).otherwise(ids);
    }

    /** @throws IllegalArgumentException if there is no such column, or it holds no numbers */
    static void number(StructType schema, String param, String name) {
        DataType type = exists(schema, param, name);
        if (!(type instanceof NumericType)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s = %s is of type %s; it must hold numbers.", param, name, type.simpleString()));
        }
    }

    /** @throws IllegalArgumentException if there is no such column, or it holds no times */
    static void time(StructType schema, String name) {
        DataType type = exists(schema, "timestampCol", name);
        boolean known = type instanceof NumericType
                || type.equals(DataTypes.TimestampType)
                || type.equals(DataTypes.TimestampNTZType)
                || type.equals(DataTypes.DateType);
        if (!known) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "timestampCol = %s is of type %s; times are numbers, timestamps or dates. Cast the column.",
                    name,
                    type.simpleString()));
        }
    }

    /** @throws IllegalArgumentException if there is no such column, or it does not hold arrays of ids of this type */
    static void history(StructType schema, String name, DataType item) {
        DataType type = exists(schema, "historyCol", name);
        if (!(type instanceof ArrayType array && array.elementType().equals(item))) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "historyCol = %s is of type %s; a history is an array of item ids as in training: array<%s>. Cast the column.",
                    name,
                    type.simpleString(),
                    item.simpleString()));
        }
    }

    /**
     * The columns of {@code transform} for users with items: a score beside each, or in rank mode two arrays for each user.
     *
     * @param user type of the model's users
     */
    static StructType transformed(StructType schema, DataType user, ServingParams<?> p) {
        return p.getRankMode() ? ranked(user, p) : schema.add(p.getPredictionCol(), DataTypes.FloatType);
    }

    /** The columns of {@code transform} in rank mode. */
    static StructType ranked(DataType user, ServingParams<?> p) {
        return new StructType()
                .add(p.getUserCol(), user)
                .add(p.getPredictionCol(), DOUBLES)
                .add("label", DOUBLES);
    }

    /** Lists of (name, rating), best first, under the names of ALS. */
    static DataType lists(String name, DataType id) {
        return DataTypes.createArrayType(new StructType().add(name, id).add("rating", DataTypes.FloatType));
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
