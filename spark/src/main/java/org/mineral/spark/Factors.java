package org.mineral.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.mineral.linalg.Matrix;

/**
 * The frames of a model, shared by its copies.
 *
 * <p>users: id, vector (floats), seen (items' numbers); items: number, id, vector.
 */
final class Factors {

    final Dataset<Row> users;
    final Dataset<Row> items;

    /** All effective settings of the training. */
    final Map<String, String> settings;

    private @Nullable Broadcast<ItemTable> table;

    Factors(Dataset<Row> users, Dataset<Row> items, Map<String, String> settings) {
        this.users = users;
        this.items = items;
        this.settings = Map.copyOf(settings);
    }

    /** The items, sent to each executor once. */
    synchronized Broadcast<ItemTable> table() {
        if (table == null) {
            List<Row> rows = items.orderBy("number").collectAsList();
            int d = Bytes.floats(rows.get(0).getAs("vector")).length;
            Matrix vectors = new Matrix(rows.size(), d);
            Object[] ids = new Object[rows.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = rows.get(i).getAs("id");
                vectors.setRow(i, Bytes.floats(rows.get(i).getAs("vector")));
            }
            table = new JavaSparkContext(items.sparkSession().sparkContext()).broadcast(new ItemTable(ids, vectors));
        }
        return table;
    }
}
