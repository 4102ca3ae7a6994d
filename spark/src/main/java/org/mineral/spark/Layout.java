package org.mineral.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.mineral.algorithm.embedding.options.EmbeddingSettings;
import org.mineral.algorithm.embedding.shard.ShardCounts;
import org.mineral.algorithm.embedding.shard.ShardTotals;
import org.mineral.algorithm.sequence.SequenceShardRun;
import org.mineral.data.Interactions;

/**
 * A frame of (user, item, weight) laid out for training: items have numbers in the order of their ids, and those that are known from elsewhere alone
 * follow; users are divided among shards by a hash of
 * their id and never leave them. It depends on the set of rows only, not on their order or partitions.
 */
final class Layout {

    /** Interactions of a shard beyond which one would take long to copy. */
    private static final long MOST = 25_000_000;

    final Object[] items;

    /** Number of items that are in the rows: the first. */
    final int taken;

    final JavaRDD<ShardRows> rows;

    /** Types of the ids. */
    final DataType userType;

    final DataType itemType;
    private final Broadcast<HashMap<Object, Integer>> index;

    private Layout(
            Object[] items,
            int taken,
            JavaRDD<ShardRows> rows,
            StructType frame,
            Broadcast<HashMap<Object, Integer>> index) {
        this.items = items;
        this.taken = taken;
        this.rows = rows;
        this.userType = frame.apply("user").dataType();
        this.itemType = frame.apply("item").dataType();
        this.index = index;
    }

    /**
     * The columns of a data set that the parameters name, laid out by them.
     *
     * @param time of a row
     * @param alpha a row counts 1 + alpha weight
     * @param known items besides, in their order; some may be in the rows
     * @throws IllegalArgumentException if there is a null or NaN, or nothing to learn from
     */
    static Layout of(
            JavaSparkContext sc,
            Dataset<?> dataset,
            MineralRecommender p,
            Column time,
            double alpha,
            List<Object> known) {
        return of(
                sc,
                frame(dataset, p, time),
                p.getNumUserBlocks(),
                alpha,
                known,
                StorageLevel.fromString(p.getIntermediateStorageLevel()));
    }

    private static Dataset<Row> frame(Dataset<?> dataset, MineralRecommender p, Column time) {
        boolean rated = !p.getRatingCol().isEmpty() && Columns.has(dataset.schema(), p.getRatingCol());
        return dataset.select(
                col(p.getUserCol()).alias("user"),
                col(p.getItemCol()).alias("item"),
                (rated ? col(p.getRatingCol()) : lit(1)).cast("double").alias("weight"),
                time.alias("time"));
    }

    /**
     * @param frame columns user, item, weight, and time. Weight is 1 where all rows count the same; rows of a weight of 0 or less are no
     *     interactions. Time is 0 where it is of no use
     * @param shards 0: as many as tasks run at once, and enough for 25 million interactions in each
     * @param alpha a row counts 1 + alpha weight
     * @param known as above
     * @throws IllegalArgumentException if there is a null or NaN, or nothing to learn from
     */
    static Layout of(
            JavaSparkContext sc, Dataset<Row> frame, int shards, double alpha, List<Object> known, StorageLevel level) {
        List<Row> found = frame.groupBy("item")
                .agg(
                        count(lit(1)).alias("rows"),
                        sum(when(col("user").isNull(), 1).otherwise(0)).alias("nulls"),
                        sum(when(col("weight").isNull().or(col("weight").isNaN()), 1)
                                        .otherwise(0))
                                .alias("wrong"),
                        sum(when(col("weight").gt(0), 1).otherwise(0)).alias("positive"),
                        sum(when(col("time").isNull().or(col("time").isNaN()), 1)
                                        .otherwise(0))
                                .alias("timeless"))
                .orderBy("item")
                .collectAsList();
        check(found);
        List<Row> taken = found.stream().filter(row -> row.getLong(4) > 0).toList();
        HashMap<Object, Integer> index = new HashMap<>();
        taken.forEach(row -> index.put(row.get(0), index.size()));
        known.forEach(item -> index.putIfAbsent(item, index.size()));
        Object[] items = new Object[index.size()];
        index.forEach((item, number) -> items[number] = item);
        long size = taken.stream().mapToLong(row -> row.getLong(4)).sum();
        int parts = shards > 0 ? shards : (int) Math.max(sc.defaultParallelism(), (size + MOST - 1) / MOST);
        Broadcast<HashMap<Object, Integer>> told = sc.broadcast(index);
        int n = items.length;
        JavaRDD<ShardRows> rows = frame.filter(col("weight").gt(0))
                .repartition(parts, col("user"))
                .groupBy("user")
                .agg(collect_list(struct("item", "weight", "time")))
                .sortWithinPartitions("user")
                .javaRDD()
                .mapPartitionsWithIndex(
                        (shard, people) -> List.of(rows(shard, people, told.value(), n, alpha))
                                .iterator(),
                        true)
                .persist(level);
        return new Layout(items, taken.size(), rows, frame.schema(), told);
    }

    private static void check(List<Row> found) {
        long rows = 0;
        long users = 0;
        long items = 0;
        long weights = 0;
        long positive = 0;
        long timeless = 0;
        for (Row row : found) {
            rows += row.getLong(1);
            users += row.getLong(2);
            items += row.isNullAt(0) ? row.getLong(1) : 0;
            weights += row.getLong(3);
            positive += row.getLong(4);
            timeless += row.getLong(5);
        }
        if (timeless > 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Of %,d rows, %,d have a time that is null or NaN. Leave them out.", rows, timeless));
        }
        if (users + items + weights > 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Of %,d rows, %,d have a null user, %,d a null item and %,d a rating that is null or NaN. Leave them out.",
                    rows,
                    users,
                    items,
                    weights));
        }
        if (positive == 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Nothing to learn from: %,d rows, none of them with a rating above 0.", rows));
        }
    }

    private static ShardRows rows(
            int shard, Iterator<Row> people, Map<Object, Integer> index, int items, double alpha) {
        List<Object> users = new ArrayList<>();
        List<TreeMap<Integer, Taken>> lists = new ArrayList<>();
        int size = 0;
        while (people.hasNext()) {
            Row person = people.next();
            TreeMap<Integer, Taken> list = new TreeMap<>();
            List<Row> taken = new ArrayList<>(person.getList(1));
            // Doubles are added in an order that does not depend on their arrival.
            taken.sort((a, b) -> Double.compare(a.getDouble(1), b.getDouble(1)));
            for (Row row : taken) {
                list.merge(index.get(row.get(0)), new Taken(row.getDouble(1), row.getDouble(2)), Taken::and);
            }
            users.add(person.get(0));
            lists.add(list);
            size += list.size();
        }
        int[] offsets = new int[users.size() + 1];
        int[] columns = new int[size];
        int[] order = new int[size];
        float[] counts = new float[alpha == 0 ? 0 : size];
        int at = 0;
        for (int u = 0; u < lists.size(); u++) {
            int begin = at;
            double total = 0;
            for (Map.Entry<Integer, Taken> each : lists.get(u).entrySet()) {
                columns[at] = each.getKey();
                total += alpha == 0 ? 0 : 1 + alpha * each.getValue().weight;
                at++;
            }
            offsets[u + 1] = at;
            int k = begin;
            for (Taken taken : alpha == 0 ? List.<Taken>of() : lists.get(u).values()) {
                counts[k++] = (float) ((1 + alpha * taken.weight) * (at - begin) / total);
            }
            int place = begin;
            for (int item : sooner(lists.get(u))) {
                order[place++] = item;
            }
        }
        return new ShardRows(shard, users.toArray(), items, offsets, columns, alpha == 0 ? null : counts, order);
    }

    /** The rows of a user with one item: the sum of their weights, and the last time. */
    private record Taken(double weight, double time) {

        Taken and(Taken other) {
            return new Taken(weight + other.weight, Math.max(time, other.time));
        }
    }

    /** Items by time; where times are equal, by their number. */
    private static int[] sooner(TreeMap<Integer, Taken> list) {
        return list.entrySet().stream()
                .sorted(Comparator.comparingDouble(each -> each.getValue().time))
                .mapToInt(Map.Entry::getKey)
                .toArray();
    }

    /** What all shards are told of each other. */
    ShardTotals totals(Map<String, String> settings) {
        List<ShardCounts> counts = rows.map(part -> ShardCounts.of(
                        part.interactions(), EmbeddingSettings.of(settings).options()))
                .collect();
        return new ShardTotals(counts, itemCounts());
    }

    /** By item: the number of its users. */
    int[] itemCounts() {
        return rows.map(part -> part.interactions().itemCounts()).treeReduce((a, b) -> {
            int[] sum = a.clone();
            Arrays.setAll(sum, i -> sum[i] + b[i]);
            return sum;
        });
    }

    /** Of each shard, numbers of users by the length of their sequence. */
    List<TreeMap<Integer, Long>> lengths() {
        return rows.map(part -> SequenceShardRun.lengths(part.interactions())).collect();
    }

    /** Number of interactions. */
    long size() {
        return rows.map(part -> (long) part.columns().length).collect().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Some users with all their items: all if they have no more than {@code most} interactions, otherwise every n-th of each shard.
     *
     * @param size number of interactions of all users
     */
    Interactions sample(long size, int most) {
        int every = (int) Math.max(1, (size + most - 1) / most);
        List<int[]> taken = new ArrayList<>();
        rows.map(part -> {
                    List<int[]> some = new ArrayList<>();
                    for (int u = 0; u < part.users().length; u += every) {
                        some.add(Arrays.copyOfRange(part.columns(), part.offsets()[u], part.offsets()[u + 1]));
                    }
                    return some;
                })
                .collect()
                .forEach(taken::addAll);
        return Interactions.of(items.length, taken.toArray(new int[0][]));
    }

    /** Gives back what it holds on the cluster. */
    void close() {
        rows.unpersist(false);
        index.destroy();
    }
}
