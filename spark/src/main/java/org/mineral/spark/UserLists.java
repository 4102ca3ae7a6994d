package org.mineral.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.LazyRanking;
import org.mineral.model.rank.Ranking;

/**
 * Users' rows (id, vector, seen) to rows (number of an item, users): the best users of each item among those of the partition, to be merged with
 * those of other partitions.
 *
 * @param numbers of the items
 * @param n length of the lists
 * @param filterSeen whether users that had the item in training are left out
 */
record UserLists(Broadcast<ItemTable> items, int[] numbers, int n, boolean filterSeen)
        implements MapPartitionsFunction<Row, Row> {

    /** Users whose vectors are packed together. */
    private static final int MOST = 500_000;

    @Override
    public Iterator<Row> call(Iterator<Row> people) {
        return Batches.working(people, MOST, this::batch);
    }

    private Iterator<Row> batch(List<Row> batch, Workers workers) {
        ItemTable table = items.value();
        Matrix users = new Matrix(batch.size(), table.dimension());
        Object[] ids = new Object[batch.size()];
        int[][] seen = new int[ids.length][];
        for (int u = 0; u < ids.length; u++) {
            ids[u] = batch.get(u).get(0);
            users.setRow(u, Bytes.floats(batch.get(u).getAs(1)));
            seen[u] = filterSeen ? Bytes.ints(batch.get(u).getAs(2)) : new int[0];
        }
        Interactions takers = Interactions.of(table.size(), seen).transpose();
        LazyRanking ranking = new LazyRanking(users, u -> true, KernelProvider.best());
        return new Batches<>(
                Arrays.stream(numbers).iterator(),
                Lists.BATCH,
                part -> lists(part, table, takers, ids, ranking, workers));
    }

    private Iterator<Row> lists(
            List<Integer> part,
            ItemTable table,
            Interactions takers,
            Object[] ids,
            LazyRanking ranking,
            Workers workers) {
        Matrix vectors = new Matrix(part.size(), table.dimension());
        int[][] exclude = new int[part.size()][];
        for (int i = 0; i < exclude.length; i++) {
            vectors.setRow(i, table.vector(part.get(i)));
            exclude[i] = takers.row(part.get(i));
        }
        int[] rows = IntStream.range(0, exclude.length).toArray();
        List<Row> lists = new ArrayList<>();
        for (Ranking best :
                ranking.rank(vectors, rows, Math.min(n, ids.length), Interactions.of(ids.length, exclude), workers)) {
            lists.add(RowFactory.create(part.get(lists.size()), Lists.list(best, ids)));
        }
        return lists.iterator();
    }
}
