package org.mineral.spark;

import java.io.Serializable;
import org.mineral.algorithm.embedding.shard.SharedItems;

/** {@link SharedItems} for a broadcast: as bytes, which Java serialises at once. */
record PackedItems(byte[] values, int count, int dimension, float bound) implements Serializable {

    static PackedItems of(SharedItems items) {
        return new PackedItems(
                Bytes.of(items.values(), 0, items.values().length), items.items(), items.dimension(), items.bound());
    }

    SharedItems unpacked() {
        return new SharedItems(Bytes.floats(values), count, dimension, bound);
    }
}
