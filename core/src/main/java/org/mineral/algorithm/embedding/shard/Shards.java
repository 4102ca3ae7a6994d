package org.mineral.algorithm.embedding.shard;

/** The shards of a run, wherever they are: questions about their start, and users that step. Users never leave their shard. */
public interface Shards extends Parts<ShardStart> {

    /**
     * Lets users begin.
     *
     * @param run from here on, the run is this one
     * @param start the users of a shard before the first meeting
     */
    void begin(ShardRun run, Question<ShardStart, ShardState> start);

    /** One meeting: the sums of what {@link UserShard#meet} returns. */
    UserShard.Stretch meet(SharedItems items);
}
