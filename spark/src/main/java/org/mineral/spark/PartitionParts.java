package org.mineral.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.mineral.algorithm.embedding.shard.Parts;
import org.mineral.linalg.Workers;

/**
 * Parts that are partitions. Questions are broadcast; sums are added up slice by slice, in the order of the shards.
 *
 * @param place makes a part of a shard's rows, where they are
 */
record PartitionParts<S>(JavaSparkContext sc, JavaRDD<ShardRows> rows, Place<S> place) implements Parts<S> {

    /** Of the rows of a shard and the threads of its task, one part. */
    interface Place<S> extends Serializable {
        S of(ShardRows rows, Workers workers);
    }

    static <S, T> T answer(ShardRows rows, Place<S> place, Question<S, T> question) {
        try (Workers workers = new Workers(ResidentShards.threads())) {
            return question.of(place.of(rows, workers));
        }
    }

    @Override
    public <T> List<T> ask(Question<S, T> question) {
        Place<S> known = place;
        Broadcast<Question<S, T>> told = sc.broadcast(question);
        try {
            return rows.map(part -> answer(part, known, told.value())).collect();
        } finally {
            told.destroy();
        }
    }

    @Override
    public float[] sum(Question<S, float[]> question) {
        Place<S> known = place;
        Broadcast<Question<S, float[]>> told = sc.broadcast(question);
        int n = rows.getNumPartitions();
        try {
            return Slice.sum(
                            rows.flatMapToPair(part -> Slice.of(part.shard(), answer(part, known, told.value()), 0, n)),
                            n)
                    .values();
        } finally {
            told.destroy();
        }
    }
}
