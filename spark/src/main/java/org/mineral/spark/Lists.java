package org.mineral.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.rank.Ranking;

/**
 * Users' rows (id, vector, seen) to rows (id, recommendations), without a shuffle: users of a partition are ranked some thousand at a time against
 * the broadcast items.
 *
 * @param n length of the lists
 * @param filterSeen whether items that a user had in training are left out
 */
record Lists(Broadcast<ItemTable> items, int n, boolean filterSeen) implements MapPartitionsFunction<Row, Row> {

    private static final int BATCH = 4096;

    @Override
    public Iterator<Row> call(Iterator<Row> people) {
        ItemTable table = items.value();
        return new Iterator<>() {
            private Iterator<Row> ready = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                if (!ready.hasNext() && people.hasNext()) {
                    ready = batch(table, people);
                }
                return ready.hasNext();
            }

            @Override
            public Row next() {
                return ready.next();
            }
        };
    }

    private Iterator<Row> batch(ItemTable table, Iterator<Row> people) {
        List<Row> batch = new ArrayList<>();
        while (people.hasNext() && batch.size() < BATCH) {
            batch.add(people.next());
        }
        Matrix vectors = new Matrix(batch.size(), table.dimension());
        int[][] seen = new int[batch.size()][];
        for (int u = 0; u < seen.length; u++) {
            vectors.setRow(u, Bytes.floats(batch.get(u).getAs(1)));
            seen[u] = filterSeen ? Bytes.ints(batch.get(u).getAs(2)) : new int[0];
        }
        List<Ranking> rankings = table.rank(vectors, n, Interactions.of(table.ids.length, seen));
        List<Row> lists = new ArrayList<>();
        for (int u = 0; u < seen.length; u++) {
            int[] best = rankings.get(u).items();
            Row[] list = new Row[best.length];
            for (int k = 0; k < list.length; k++) {
                list[k] = RowFactory.create(table.ids[best[k]], rankings.get(u).scores()[k]);
            }
            lists.add(RowFactory.create(batch.get(u).get(0), list));
        }
        return lists.iterator();
    }
}
