package org.mineral.spark;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.mineral.linalg.Workers;

/**
 * Rows (id of an item) to rows (id, the items with the largest cosine to it); without unknown items.
 *
 * @param n length of the lists
 */
record SimilarLists(Broadcast<ItemTable> items, int n) implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> wanted) {
        return Batches.working(wanted, Lists.BATCH, this::lists);
    }

    private Iterator<Row> lists(List<Row> batch, Workers workers) {
        ItemTable table = items.value();
        List<Row> known =
                batch.stream().filter(row -> table.number(row.get(0)) >= 0).toList();
        Row[] lists = new Row[known.size()];
        workers.run(lists.length, (task, worker) -> {
            Object id = known.get(task).get(0);
            lists[task] = RowFactory.create(id, Lists.list(table.similar(table.number(id), n), table.ids));
        });
        return List.of(lists).iterator();
    }
}
