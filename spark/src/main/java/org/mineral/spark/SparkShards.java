package org.mineral.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.mineral.algorithm.embedding.shard.ShardRun;
import org.mineral.algorithm.embedding.shard.ShardStart;
import org.mineral.algorithm.embedding.shard.ShardState;
import org.mineral.algorithm.embedding.shard.Shards;
import org.mineral.algorithm.embedding.shard.SharedItems;
import org.mineral.algorithm.embedding.shard.UserShard;

/**
 * Shards as partitions. Rows stay where they are; users' state is one immutable RDD a meeting, so that Spark's retries and lineage are right by
 * construction; items are broadcast. Lineage is cut at the end of each epoch, and at least each {@value #LONGEST} meetings: by a checkpoint
 * where the context has a directory for them, of which the newest stays, and otherwise locally, and then a lost executor ends the run.
 */
final class SparkShards implements Shards, AutoCloseable {

    /** Longer lineages overflow the stack when a task is serialised. */
    private static final int LONGEST = 20;

    private final JavaSparkContext sc;
    private final JavaRDD<ShardRows> rows;
    private final int shards;
    private final StorageLevel level;
    private final String id = UUID.randomUUID().toString();
    private final List<Broadcast<?>> since = new ArrayList<>();
    private Broadcast<ShardRun> run;
    private JavaRDD<Held> state;
    private Optional<String> checkpoint = Optional.empty();
    private int meetings;
    private int uncut;

    SparkShards(JavaSparkContext sc, JavaRDD<ShardRows> rows, ShardRun run, StorageLevel level) {
        this.sc = sc;
        this.rows = rows;
        this.shards = rows.getNumPartitions();
        this.level = level;
        this.run = sc.broadcast(run);
        this.state = sc.emptyRDD();
    }

    private PartitionParts<ShardStart> parts() {
        Broadcast<ShardRun> known = run;
        return new PartitionParts<>(
                sc, rows, (part, workers) -> new ShardStart(known.value(), part.shard(), part.interactions(), workers));
    }

    @Override
    public <T> List<T> ask(Question<ShardStart, T> question) {
        return parts().ask(question);
    }

    @Override
    public float[] sum(Question<ShardStart, float[]> question) {
        return parts().sum(question);
    }

    @Override
    public void begin(ShardRun begun, Question<ShardStart, ShardState> start) {
        Broadcast<Question<ShardStart, ShardState>> told = sc.broadcast(start);
        since.add(told);
        run.destroy();
        run = sc.broadcast(begun);
        PartitionParts.Place<ShardStart> place = parts().place();
        state = rows.map(part ->
                        new Held(part.shard(), PartitionParts.answer(part, place, told.value()), new float[0], 0))
                .persist(level);
    }

    @Override
    public UserShard.Stretch meet(SharedItems items) {
        Broadcast<ShardRun> known = run;
        Broadcast<PackedItems> told = sc.broadcast(PackedItems.of(items));
        since.add(told);
        String key = id;
        JavaRDD<Held> next = with((part, held) -> ResidentShards.meet(
                        key, known.value(), part, held.state(), told.value().unpacked()))
                .persist(level);
        meetings++;
        uncut++;
        boolean cut = uncut >= LONGEST || meetings % run.value().meetings().perEpoch() == 0;
        boolean kept = sc.getCheckpointDir().isPresent();
        if (cut && kept) {
            next.checkpoint();
        } else if (cut) {
            next.rdd().localCheckpoint();
        }
        int n = shards;
        Slice.Sum sum =
                Slice.sum(next.flatMapToPair(held -> Slice.of(held.shard(), held.gradient(), held.loss(), n)), n);
        state.unpersist(false);
        state = next;
        if (cut) {
            uncut = 0;
            since.forEach(Broadcast::destroy);
            since.clear();
            forgetCheckpoint();
            checkpoint = next.getCheckpointFile();
        }
        return new UserShard.Stretch(sum.values(), sum.number());
    }

    /** A function of each shard's rows and its users as they are. */
    <T> JavaRDD<T> with(Function2<ShardRows, Held, T> function) {
        FlatMapFunction2<java.util.Iterator<ShardRows>, java.util.Iterator<Held>, T> both = (parts, states) -> {
            ShardRows part = parts.next();
            Held held = states.next();
            if (part.shard() != held.shard()) {
                throw new IllegalStateException("rows of shard " + part.shard() + " beside users of " + held.shard());
            }
            return List.of(function.call(part, held)).iterator();
        };
        return rows.zipPartitions(state, both);
    }

    private void forgetCheckpoint() {
        if (checkpoint.isPresent()) {
            Path path = new Path(checkpoint.get());
            try {
                path.getFileSystem(sc.hadoopConfiguration()).delete(path, true);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            checkpoint = Optional.empty();
        }
    }

    /** Gives back what the run holds on the cluster. */
    @Override
    public void close() {
        state.unpersist(false);
        since.forEach(Broadcast::destroy);
        run.destroy();
        forgetCheckpoint();
        String key = id;
        rows.foreachPartition(parts -> ResidentShards.forget(key));
    }
}
