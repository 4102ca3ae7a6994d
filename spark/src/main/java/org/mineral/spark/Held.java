package org.mineral.spark;

import java.io.Serializable;
import org.mineral.algorithm.embedding.shard.ShardState;

/**
 * A shard after a meeting, or before the first one.
 *
 * @param gradient see {@link org.mineral.algorithm.embedding.shard.UserShard.Stretch}; empty before the first meeting
 */
record Held(int shard, ShardState state, float[] gradient, double loss) implements Serializable {}
