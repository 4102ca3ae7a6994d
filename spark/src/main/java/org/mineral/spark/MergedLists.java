package org.mineral.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows (number of an item, lists of partitions) to rows (id of the item, the n best users of all lists), ties by lower id.
 *
 * @param n length of the lists
 */
record MergedLists(Broadcast<ItemTable> items, int n) implements MapFunction<Row, Row> {

    @Override
    public Row call(Row row) {
        List<Row> all = new ArrayList<>();
        for (Row[] list : lists(row)) {
            all.addAll(List.of(list));
        }
        all.sort(Comparator.<Row>comparingDouble(one -> -one.getFloat(1))
                .thenComparing((a, b) -> MergedLists.<Comparable<Object>>id(a).compareTo(b.get(0))));
        return RowFactory.create(
                items.value().ids[row.getInt(0)],
                all.subList(0, Math.min(n, all.size())).toArray(Row[]::new));
    }

    private static List<Row[]> lists(Row row) {
        return row.<scala.collection.Seq<Row>>getList(1).stream()
                .map(list -> scala.jdk.javaapi.CollectionConverters.asJava(list).toArray(Row[]::new))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static <T> T id(Row row) {
        return (T) row.get(0);
    }
}
