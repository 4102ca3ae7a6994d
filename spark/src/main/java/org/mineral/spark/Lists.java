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
 * Users' rows (id, vector, seen) to rows (id, recommendations), without a shuffle: users of a partition are ranked some thousand at a time against
 * the broadcast items.
 *
 * @param n length of the lists
 * @param filterSeen whether items that a user had in training are left out
 */
record Lists(Broadcast<ItemTable> items, int n, boolean filterSeen) implements MapPartitionsFunction<Row, Row> {

    static final int BATCH = 4096;

    @Override
    public Iterator<Row> call(Iterator<Row> people) {
        return Batches.working(people, BATCH, this::batch);
    }

    private Iterator<Row> batch(List<Row> batch, Workers workers) {
        ItemTable table = items.value();
        Matrix vectors = new Matrix(batch.size(), table.dimension());
        List<int[]> seen = new ArrayList<>();
        for (Row row : batch) {
            vectors.setRow(seen.size(), Bytes.floats(row.getAs(1)));
            seen.add(filterSeen ? Bytes.ints(row.getAs(2)) : new int[0]);
        }
        List<Row> lists = new ArrayList<>();
        for (Ranking ranking : table.rank(vectors, n, table.exclude(seen), workers)) {
            lists.add(RowFactory.create(batch.get(lists.size()).get(0), list(ranking, table.ids)));
        }
        return lists.iterator();
    }

    /** (id, rating), best first. */
    static Row[] list(Ranking ranking, Object[] ids) {
        Row[] list = new Row[ranking.items().length];
        for (int k = 0; k < list.length; k++) {
            list[k] = RowFactory.create(ids[ranking.items()[k]], ranking.scores()[k]);
        }
        return list;
    }
}
