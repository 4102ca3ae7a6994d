package org.mineral.algorithm.embedding.shard;

import org.mineral.algorithm.embedding.encoder.AttributeLayers;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.LayerContext;
import org.mineral.algorithm.embedding.foldin.UntakenItems;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Attributes;
import org.mineral.linalg.Matrix;
import org.mineral.model.attributes.AttributeTables;

/**
 * The attributes of the items of a run by shards. They stay in the place that has the items: shards see vectors in which they are already, and return
 * derivatives of these.
 */
public final class ItemAttributes {

    private final Attributes attributes;
    private final int[] counts;
    private final TrainOptions options;
    private final AttributeLayers layers;

    /**
     * @param attributes of the items; without attributes, or where the options give them no weight, vectors are the items' own
     * @param counts by item: the number of its users in all shards
     */
    public ItemAttributes(Attributes attributes, int[] counts, TrainOptions options) {
        this.attributes = used(attributes, options) ? attributes : Attributes.none(counts.length);
        this.counts = counts;
        this.options = options;
        this.layers = AttributeLayers.ofItems(this.attributes, options);
    }

    /** Whether a run with these options uses these attributes of items. */
    public static boolean used(Attributes attributes, TrainOptions options) {
        return AttributeLayers.used(attributes, options);
    }

    /** The vectors of items that have these of their own. */
    Encoder around(Encoder own, LayerContext context) {
        return layers.items(own, counts, context);
    }

    /** {@link UntakenItems#set}. */
    public void setUntaken(Matrix scored, Matrix... others) {
        new UntakenItems(counts, attributes, options).set(scored, others);
    }

    /**
     * What a model keeps of them.
     *
     * @param norms what each item's vector was divided by
     */
    AttributeTables kept(float[] norms) {
        return attributes.isEmpty()
                ? AttributeTables.NONE
                : AttributeLayers.keptOfItems(
                        attributes, options, layers.tables().get(0), norms);
    }

    /** Bytes that a run needs for these attributes beside its items, where the items are. */
    public static long bytes(Attributes attributes, TrainOptions options) {
        return used(attributes, options)
                ? AttributeLayers.ofItems(attributes, options)
                        .bytes(options.encoder().dimension())
                : 0;
    }
}
