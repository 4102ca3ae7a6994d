package org.mineral.spark;

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
 * Users' rows (id, vector, seen, held-out items by number) to what {@code RankingEvaluator} measures: {@code prediction} = [1, ..., n] and
 * {@code label} = the ranks of the held-out items in the user's list of all items without seen ones. Measures at depths up to n are then those of the
 * lists themselves. An item that is unknown, or seen in training, has the rank of none: -1, -2, ..., so that it counts as missed.
 */
record Ranks(Broadcast<ItemTable> items, int n) implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> people) {
        ItemTable table = items.value();
        Double[] first = new Double[n];
        for (int k = 0; k < n; k++) {
            first[k] = k + 1.0;
        }
        return Batches.working(
                people,
                1,
                (row, workers) -> List.of(
                                RowFactory.create(row.get(0).get(0), first, labels(table, row.get(0), workers)))
                        .iterator());
    }

    private static Double[] labels(ItemTable table, Row row, Workers workers) {
        List<Integer> held = row.getList(3);
        Matrix vector = new Matrix(1, table.dimension());
        vector.setRow(0, Bytes.floats(row.getAs(1)));
        Ranking all = table.rank(vector, table.size(), table.exclude(List.of(Bytes.ints(row.getAs(2)))), workers)
                .get(0);
        int[] place = new int[table.ids.length];
        for (int k = 0; k < all.items().length; k++) {
            place[all.items()[k]] = k + 1;
        }
        Double[] labels = new Double[held.size()];
        for (int k = 0; k < labels.length; k++) {
            int item = held.get(k);
            labels[k] = item >= 0 && place[item] > 0 ? place[item] : -1.0 - k;
        }
        return labels;
    }
}
