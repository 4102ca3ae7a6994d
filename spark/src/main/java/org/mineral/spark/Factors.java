package org.mineral.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;

/** The frames of a model, shared by its copies: see {@link #users(DataType)} and {@link #items(DataType)}. */
final class Factors {

    /** As it is stored: {@link #users(DataType)} or {@link #sequences(DataType)}. */
    final Dataset<Row> stored;

    final Dataset<Row> items;

    /** All effective settings of the training. */
    final Map<String, String> settings;

    /** Mean of log n_u over the users of the training. */
    final double meanLog;

    /** W of a model of sequences, buckets x d; null for factors. */
    final @Nullable Matrix positions;

    /** Null without attributes. */
    final @Nullable AttributeFrames attributes;

    private @Nullable Broadcast<ItemTable> table;

    Factors(
            Dataset<Row> stored,
            Dataset<Row> items,
            Map<String, String> settings,
            double meanLog,
            @Nullable Matrix positions,
            @Nullable AttributeFrames attributes) {
        this.stored = stored;
        this.items = items;
        this.settings = Map.copyOf(settings);
        this.meanLog = meanLog;
        this.positions = positions;
        this.attributes = attributes;
    }

    /** The users' frame. Vectors of sequences are computed when they are asked for. */
    Dataset<Row> users() {
        if (positions == null) {
            return stored;
        }
        Broadcast<ItemTable> told = table();
        UserDefinedFunction vector =
                udf((UDF1<byte[], byte[]>) seen -> told.value().vector(Bytes.ints(seen)), DataTypes.BinaryType);
        return stored.select(col("id"), vector.apply(col("seen")).alias("vector"), col("seen"));
    }

    /** The columns of the users' frame of a model of sequences, as it is stored: id, seen (items' numbers, oldest first). */
    static StructType sequences(DataType id) {
        return new StructType().add("id", id).add("seen", DataTypes.BinaryType);
    }

    /** The columns of the users' frame: id, vector (floats), seen (items' numbers: ascending, or of a model of sequences oldest first). */
    static StructType users(DataType id) {
        return new StructType()
                .add("id", id)
                .add("vector", DataTypes.BinaryType)
                .add("seen", DataTypes.BinaryType);
    }

    /**
     * The columns of the items' frame: number, id, vector, count (of the item's users in training), context (as part of a history; null but in a
     * model of sequences).
     */
    static StructType items(DataType id) {
        return new StructType()
                .add("number", DataTypes.IntegerType)
                .add("id", id)
                .add("vector", DataTypes.BinaryType)
                .add("count", DataTypes.IntegerType)
                .add("context", DataTypes.BinaryType);
    }

    /** A row of the items' frame. */
    static Row item(int number, Object id, Matrix vectors, int count, @Nullable Matrix context) {
        return RowFactory.create(
                number, id, Bytes.row(vectors, number), count, context == null ? null : Bytes.row(context, number));
    }

    DataType userType() {
        return stored.schema().apply("id").dataType();
    }

    DataType itemType() {
        return items.schema().apply("id").dataType();
    }

    /** The items, sent to each executor once. */
    synchronized Broadcast<ItemTable> table() {
        if (table == null) {
            List<Row> rows = items.orderBy("number").collectAsList();
            int d = Bytes.floats(rows.get(0).getAs("vector")).length;
            Matrix vectors = new Matrix(rows.size(), d);
            Object[] ids = new Object[rows.size()];
            int[] counts = new int[ids.length];
            Matrix context = positions == null ? null : new Matrix(rows.size(), d);
            for (int i = 0; i < ids.length; i++) {
                ids[i] = rows.get(i).getAs("id");
                counts[i] = rows.get(i).getAs("count");
                vectors.setRow(i, Bytes.floats(rows.get(i).getAs("vector")));
                if (context != null) {
                    context.setRow(i, Bytes.floats(rows.get(i).getAs("context")));
                }
            }
            table = new JavaSparkContext(items.sparkSession().sparkContext())
                    .broadcast(new ItemTable(ids, vectors, counts, meanLog, settings, context, positions));
        }
        return table;
    }
}
