package org.mineral.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/** Rows (id, history) to users' rows (id, vector, seen); without those of whose history no item is known. */
record FoldedUsers(Broadcast<ItemTable> items) implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return Batches.working(rows, Lists.BATCH, this::batch);
    }

    private Iterator<Row> batch(List<Row> batch, Workers workers) {
        ItemTable table = items.value();
        List<Object> ids = new ArrayList<>();
        List<int[]> histories = new ArrayList<>();
        for (Row row : batch) {
            int[] history = table.numbers(row.isNullAt(1) ? null : row.getList(1));
            if (history.length > 0) {
                ids.add(row.get(0));
                histories.add(history);
            }
        }
        List<Row> users = new ArrayList<>();
        Matrix vectors = table.encode(histories, workers);
        for (int u = 0; u < histories.size(); u++) {
            int[] seen = table.exclude(histories.subList(u, u + 1)).row(0);
            users.add(RowFactory.create(ids.get(u), Bytes.row(vectors, u), Bytes.of(seen, 0, seen.length)));
        }
        return users.iterator();
    }
}
