package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.CandidateWeights;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.UserWeights;
import org.mineral.data.Interactions;

/**
 * What every shard knows of all of them.
 *
 * @param shards in their order
 * @param itemCounts by item: the number of its users in all shards
 */
public record ShardTotals(List<ShardCounts> shards, int[] itemCounts) implements Serializable {

    /** Copied into a list that serialises. */
    public ShardTotals {
        shards = List.copyOf(shards);
    }

    public int items() {
        return itemCounts.length;
    }

    /** Number of users that have items. */
    public long users() {
        return shards.stream().mapToLong(ShardCounts::users).sum();
    }

    /** Number of pairs. */
    public long interactions() {
        return shards.stream().mapToLong(ShardCounts::interactions).sum();
    }

    /** Mean of log n_u over users that have items. */
    public double meanLog() {
        double logs = 0;
        for (ShardCounts shard : shards) {
            logs += shard.logs();
        }
        return users() == 0 ? 0 : logs / users();
    }

    /**
     * The targets of one shard, with the weights that its users and the items have among all.
     *
     * @param counts weight of each positive; null if all are 1
     */
    Targets targets(Interactions rows, float @Nullable [] counts, TrainOptions options) {
        double powers = 0;
        for (ShardCounts shard : shards) {
            powers += shard.powers();
        }
        return new Targets(
                rows,
                counts,
                UserWeights.of(rows, options.objective().userWeight(), users(), powers),
                CandidateWeights.of(itemCounts, options.objective().candidateWeight()),
                meanLog());
    }
}
