package org.mineral.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.attributes.AttributeOptions;
import org.mineral.data.attributes.FileAttributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table that {@link TrainingParams#itemFeatures} names: a column of items' ids, and columns that become attributes as those of core's side files do.
 * The driver reads it, for it holds the items anyway.
 */
final class ItemFeatures {

    private static final Logger LOG = LoggerFactory.getLogger(MineralRecommender.class);

    private static final String ID = "id";

    /** No table. */
    private static final ItemFeatures NONE = new ItemFeatures("", null, new StructType());

    private final String name;

    /** The column {@code id}, in the type of the interactions' items, then the others by their number. */
    private final @Nullable Dataset<Row> rows;

    /** Of the other columns. */
    private final StructType columns;

    private ItemFeatures(String name, @Nullable Dataset<Row> rows, StructType columns) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Finds the table and checks its columns; no job starts.
     *
     * @param dataset the interactions, whose session knows the table
     * @throws IllegalArgumentException if there is no such table, it has no column of items, none beside it or one twice, or a column of another type
     */
    static ItemFeatures of(Dataset<?> dataset, MineralRecommender p) {
        String name = p.getItemFeatures();
        if (name.isEmpty()) {
            return NONE;
        }
        Dataset<Row> table = table(dataset.sparkSession(), name);
        StructType schema = table.schema();
        String item = p.getItemCol();
        if (!Columns.has(schema, item)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "itemFeatures = %s has no column of items: itemCol = %s does not exist. Available: %s",
                    name,
                    item,
                    String.join(", ", schema.fieldNames())));
        }
        Columns.id(schema, "itemFeatures = " + name + ": itemCol", item);
        Set<String> names = new HashSet<>();
        StructType columns = new StructType();
        for (StructField field : schema.fields()) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException(
                        "itemFeatures = " + name + " has the column " + field.name() + " twice. Rename one of them.");
            }
            if (!field.name().equals(item)) {
                check(name, field);
                columns = columns.add(field);
            }
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("itemFeatures = " + name + " has no column beside " + item
                    + "; the others become attributes. Name another table.");
        }
        return new ItemFeatures(
                name, numbered(table, item, dataset.schema().apply(item).dataType()), columns);
    }

    private static Dataset<Row> table(SparkSession spark, String name) {
        Exception why = null;
        try {
            if (spark.catalog().tableExists(name)) {
                return spark.table(name);
            }
        } catch (Exception e) {
            // Spark's own is checked, and not declared: the name is none, or the table cannot be read.
            why = e;
        }
        throw new IllegalArgumentException(
                "itemFeatures = " + name
                        + " is no table or temporary view of this session. Make one: frame.createOrReplaceTempView(\"items\")",
                why);
    }

    /** Columns by their number, so that no name is ambiguous. */
    private static Dataset<Row> numbered(Dataset<Row> table, String item, DataType type) {
        String[] names = table.columns();
        int id = List.of(names).indexOf(item);
        String[] numbers =
                IntStream.range(0, names.length).mapToObj(k -> "c" + k).toArray(String[]::new);
        Dataset<Row> plain = table.toDF(numbers);
        List<Column> all = new ArrayList<>();
        all.add(Columns.ids(plain.schema(), numbers[id], type).alias(ID));
        for (int k = 0; k < names.length; k++) {
            if (k != id) {
                all.add(col(numbers[k]));
            }
        }
        return plain.select(all.toArray(Column[]::new));
    }

    private static void check(String table, StructField field) {
        DataType type = field.dataType() instanceof ArrayType array ? array.elementType() : field.dataType();
        boolean known = type instanceof StringType
                || type instanceof NumericType
                || type instanceof BooleanType && type == field.dataType();
        if (!known) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "itemFeatures = %s has the column %s of type %s; attributes are made of strings, numbers, booleans, and arrays of strings"
                            + " or numbers. Cast it, or leave it out: in a view, for example.",
                    table,
                    field.name(),
                    field.dataType().simpleString()));
        }
    }

    /**
     * What the table says.
     *
     * @param name of the table
     * @param ids of its rows, ascending
     * @param found their attributes; null without a table
     */
    record Read(String name, Object[] ids, @Nullable FileAttributes found) {

        static final Read NONE = new Read("", new Object[0], null);

        /** Items that have a row with attributes. */
        List<Object> described() {
            List<Object> described = new ArrayList<>();
            for (int k = 0; k < ids.length; k++) {
                if (found != null && found.attributes().has(k)) {
                    described.add(ids[k]);
                }
            }
            return described;
        }

        /**
         * The attributes of the items of a training.
         *
         * @throws IllegalArgumentException if the table knows none that anybody took: it is of other data, or has ids that are written otherwise
         */
        Attributes of(Layout layout) {
            Set<Object> taken = new HashSet<>(Arrays.asList(layout.items).subList(0, layout.taken));
            if (ids.length > 0 && Arrays.stream(ids).noneMatch(taken::contains)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "itemFeatures = %s has none of the %,d items of the interactions: its first is '%s', theirs is '%s'. Correct its ids, or name"
                                + " another table.",
                        name,
                        taken.size(),
                        ids[0],
                        layout.items[0]));
            }
            return of(layout.items);
        }

        /** The attributes of these items, some of them without. */
        Attributes of(Object[] items) {
            if (found == null) {
                return Attributes.none(items.length);
            }
            IdMap.Builder all = IdMap.builder();
            for (Object item : items) {
                all.add(String.valueOf(item));
            }
            return found.of(all.build());
        }
    }

    /**
     * Collects the table. Its order does not depend on how it is partitioned.
     *
     * @param weight of attributes; with 0 nothing is read
     * @throws IllegalArgumentException if the table has no rows, an id is null or there twice, a number is not finite, or the driver cannot hold it
     */
    Read read(JavaSparkContext sc, double weight) {
        Dataset<Row> table = rows;
        if (table == null || weight == 0) {
            return Read.NONE;
        }
        Row counted = table.agg(
                        count(lit(1)),
                        coalesce(sum(when(col(ID).isNull(), 1).otherwise(0)), lit(0L)),
                        coalesce(sum(characters(table)), lit(0L)))
                .first();
        long size = counted.getLong(0);
        if (size == 0) {
            throw new IllegalArgumentException("itemFeatures = " + name + " has no rows.");
        }
        if (counted.getLong(1) > 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "itemFeatures = %s: of %,d rows, %,d have an item that is null or no %s, as items are in the interactions. Leave them out.",
                    name,
                    size,
                    counted.getLong(1),
                    table.schema().apply(ID).dataType().simpleString()));
        }
        Memory.checkFeatures(sc, name, size, columns.length(), counted.getLong(2));
        List<Row> collected = table.orderBy(ID).collectAsList();
        FileAttributes found = FileAttributes.ofTable(
                "itemFeatures = " + name,
                List.of(columns.fieldNames()),
                () -> collected.stream().map(this::row).iterator(),
                AttributeOptions.DEFAULTS);
        found.lines().forEach(line -> LOG.info("itemFeatures = {}: {}", name, line));
        return new Read(name, collected.stream().map(row -> row.get(0)).toArray(), found);
    }

    /** About as many as the texts of a row have. */
    private Column characters(Dataset<Row> table) {
        Column sum = lit(0L);
        for (int c = 0; c < columns.length(); c++) {
            Column cell = col(table.columns()[c + 1]);
            DataType type = columns.apply(c).dataType();
            Column own = !(type instanceof ArrayType array)
                    ? length(cell.cast("string"))
                    : array.elementType() instanceof StringType
                            ? length(concat_ws("|", cell))
                            : size(cell).multiply(Long.BYTES);
            sum = sum.plus(coalesce(own, lit(0)));
        }
        return sum;
    }

    private FileAttributes.TableRow row(Row row) {
        @Nullable Object[] cells = new @Nullable Object[columns.length()];
        for (int c = 0; c < cells.length; c++) {
            Object value = row.get(c + 1);
            String where = columns.fieldNames()[c];
            if (columns.apply(c).dataType() instanceof ArrayType array && value != null) {
                cells[c] = array(row, c, array.elementType(), where);
            } else {
                cells[c] = value == null ? null : text(row, value, where);
            }
        }
        return new FileAttributes.TableRow(String.valueOf(row.get(0)), cells);
    }

    /** Numbers with a fraction are a vector, all other elements several values. */
    private Object array(Row row, int c, DataType type, String where) {
        List<@Nullable Object> elements = row.getList(c + 1);
        if (!(type instanceof FloatType || type instanceof DoubleType || type instanceof DecimalType)) {
            return elements.stream()
                    .filter(Objects::nonNull)
                    .map(String::valueOf)
                    .toList();
        }
        float[] vector = new float[elements.size()];
        for (int k = 0; k < vector.length; k++) {
            vector[k] = elements.get(k) instanceof Number number ? number.floatValue() : Float.NaN;
            finite(row, vector[k], where);
        }
        return vector;
    }

    private String text(Row row, Object value, String where) {
        if (value instanceof Double || value instanceof Float) {
            finite(row, ((Number) value).doubleValue(), where);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private void finite(Row row, double value, String where) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "itemFeatures = %s, the row of '%s': found %s in '%s'; allowed: finite numbers, or null for the whole field; correct it",
                    name,
                    row.get(0),
                    value,
                    where));
        }
    }
}
