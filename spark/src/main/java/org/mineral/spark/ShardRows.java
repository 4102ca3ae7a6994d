package org.mineral.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;

/**
 * The users of one shard, ascending by id, and what they took.
 *
 * @param shard its number, from 0
 * @param users ids as they are in the frame
 * @param counts weight of each entry of the rows, with mean 1 for every user; null if all are 1
 */
record ShardRows(int shard, Object[] users, int items, int[] offsets, int[] columns, float @Nullable [] counts)
        implements Serializable {

    Interactions interactions() {
        return new Interactions(items, offsets, columns);
    }
}
