package org.mineral.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;

/** The frames of a model, shared by its copies: see {@link #users(DataType)} and {@link #items(DataType)}. */
final class Factors {

    final Dataset<Row> users;
    final Dataset<Row> items;

    /** All effective settings of the training. */
    final Map<String, String> settings;

    /** Mean of log n_u over the users of the training. */
    final double meanLog;

    private @Nullable Broadcast<ItemTable> table;

    Factors(Dataset<Row> users, Dataset<Row> items, Map<String, String> settings, double meanLog) {
        this.users = users;
        this.items = items;
        this.settings = Map.copyOf(settings);
        this.meanLog = meanLog;
    }

    /** The columns of the users' frame: id, vector (floats), seen (items' numbers, ascending). */
    static StructType users(DataType id) {
        return new StructType()
                .add("id", id)
                .add("vector", DataTypes.BinaryType)
                .add("seen", DataTypes.BinaryType);
    }

    /** The columns of the items' frame: number, id, vector, count (of the item's users in training). */
    static StructType items(DataType id) {
        return new StructType()
                .add("number", DataTypes.IntegerType)
                .add("id", id)
                .add("vector", DataTypes.BinaryType)
                .add("count", DataTypes.IntegerType);
    }

    /** A row of the items' frame. */
    static Row item(int number, Object id, Matrix vectors, int count) {
        return RowFactory.create(
                number, id, Bytes.of(vectors.values(), vectors.offset(number), vectors.columns()), count);
    }

    DataType userType() {
        return users.schema().apply("id").dataType();
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
            for (int i = 0; i < ids.length; i++) {
                ids[i] = rows.get(i).getAs("id");
                counts[i] = rows.get(i).getAs("count");
                vectors.setRow(i, Bytes.floats(rows.get(i).getAs("vector")));
            }
            table = new JavaSparkContext(items.sparkSession().sparkContext())
                    .broadcast(new ItemTable(ids, vectors, counts, meanLog, settings));
        }
        return table;
    }
}
