package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.UserTemperatures;
import org.mineral.algorithm.embedding.target.UserWeights;
import org.mineral.data.Interactions;

/**
 * What is counted in one shard.
 *
 * @param users number of users that have items
 * @param interactions number of pairs
 * @param powers sum of n_u^a, a the setting {@code user_weight}
 * @param logs sum of log n_u
 */
public record ShardCounts(int users, long interactions, double powers, double logs) implements Serializable {

    public static ShardCounts of(Interactions rows, TrainOptions options) {
        return new ShardCounts(
                rows.users() - rows.emptyRows(),
                rows.size(),
                UserWeights.total(rows, options.objective().userWeight()),
                UserTemperatures.logs(rows));
    }
}
