package org.mineral.spark;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.mineral.algorithm.embedding.shard.ShardRun;
import org.mineral.algorithm.embedding.shard.ShardState;
import org.mineral.algorithm.embedding.shard.SharedItems;
import org.mineral.algorithm.embedding.shard.UserShard;
import org.mineral.linalg.Workers;

/**
 * Engines that this process has kept from the meeting before. A cache only: a shard whose engine is not here, or has seen other meetings, gets
 * a new one from its state, with the same results.
 */
final class ResidentShards {

    private static final long OLD = TimeUnit.HOURS.toNanos(1);
    private static final Map<String, Resident> KEPT = new ConcurrentHashMap<>();

    private record Resident(UserShard shard, Workers workers, long used) {}

    private ResidentShards() {}

    /** @param id of the run, the same on all machines */
    static Held meet(String id, ShardRun run, ShardRows rows, ShardState from, SharedItems items) {
        forgetOld();
        String key = id + "/" + rows.shard();
        Resident resident = KEPT.remove(key);
        if (resident == null || resident.shard.meetings() != from.meetings()) {
            if (resident != null) {
                resident.workers.close();
            }
            Workers workers = new Workers(threads());
            resident = new Resident(
                    new UserShard(run, rows.shard(), rows.interactions(), rows.counts(), from, workers), workers, 0);
        }
        UserShard.Stretch stretch = resident.shard.meet(items);
        Held held = new Held(rows.shard(), resident.shard.state(), stretch.gradient(), stretch.loss());
        KEPT.put(key, new Resident(resident.shard, resident.workers, System.nanoTime()));
        return held;
    }

    /** Cores that the task was given. */
    static int threads() {
        return TaskContext.get() == null ? 1 : Math.max(1, TaskContext.get().cpus());
    }

    /** Drops what a run has left here. */
    static void forget(String id) {
        drop(id + "/", Long.MIN_VALUE);
    }

    /** Drops what a run that was broken off has left here. */
    private static void forgetOld() {
        drop("", OLD);
    }

    private static void drop(String prefix, long age) {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<String, Resident>> all = KEPT.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Resident> each = all.next();
            if (each.getKey().startsWith(prefix) && now - each.getValue().used > age) {
                all.remove();
                each.getValue().workers.close();
            }
        }
    }
}
