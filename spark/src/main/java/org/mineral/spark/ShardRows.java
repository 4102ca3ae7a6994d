package org.mineral.spark;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;

/**
 * The users of one shard, ascending by id, and what they took.
 *
 * @param shard its number, from 0
 * @param users ids as they are in the frame
 * @param counts weight of each entry of the rows, with mean 1 for every user; null if all are 1
 * @param order the items of each user, oldest first; null if there are no times
 */
record ShardRows(
        int shard,
        Object[] users,
        int items,
        int[] offsets,
        int[] columns,
        float @Nullable [] counts,
        int @Nullable [] order)
        implements Serializable {

    /** @throws NullPointerException if there are no times */
    Sequences sequences() {
        return new Sequences(interactions(), Objects.requireNonNull(order));
    }

    Interactions interactions() {
        return new Interactions(items, offsets, columns);
    }
}
