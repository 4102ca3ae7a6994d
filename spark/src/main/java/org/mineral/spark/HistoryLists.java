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
import org.mineral.model.rank.Ranking;

/**
 * Rows with a history to the same rows with recommendations behind; an empty list where no item of the history is known.
 *
 * @param history number of the column
 * @param n length of the lists
 * @param filterSeen whether items of the history are left out
 */
record HistoryLists(Broadcast<ItemTable> items, int history, int n, boolean filterSeen)
        implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return Batches.working(rows, Lists.BATCH, this::batch);
    }

    private Iterator<Row> batch(List<Row> batch, Workers workers) {
        ItemTable table = items.value();
        List<int[]> histories = new ArrayList<>();
        List<int[]> none = new ArrayList<>();
        for (Row row : batch) {
            histories.add(table.numbers(row.isNullAt(history) ? null : row.getList(history)));
            none.add(new int[0]);
        }
        List<Row> lists = new ArrayList<>();
        Matrix vectors = table.encode(histories, workers);
        for (Ranking ranking : table.rank(vectors, n, table.exclude(filterSeen ? histories : none), workers)) {
            Row row = batch.get(lists.size());
            Object[] values = new Object[row.size() + 1];
            for (int k = 0; k < row.size(); k++) {
                values[k] = row.get(k);
            }
            values[row.size()] = histories.get(lists.size()).length == 0 ? new Row[0] : Lists.list(ranking, table.ids);
            lists.add(RowFactory.create(values));
        }
        return lists.iterator();
    }
}
