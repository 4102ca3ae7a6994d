package org.mineral.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * A part of one shard's floats on its way to the sum. They are added in the order of shards, whatever the order of their arrival.
 *
 * @param values floats as {@link Bytes}, which Java serialises at once
 * @param number of the shard, for a sum of its own; the same in all its slices
 */
record Slice(int shard, byte[] values, double number) implements Serializable {

    /** A sum over shards. */
    record Sum(float[] values, double number) {}

    /** An array in {@code n} parts of about the same length, by their number. */
    static Iterator<Tuple2<Integer, Slice>> of(int shard, float[] values, double number, int n) {
        List<Tuple2<Integer, Slice>> slices = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            int from = (int) ((long) values.length * k / n);
            int to = (int) ((long) values.length * (k + 1) / n);
            slices.add(new Tuple2<>(k, new Slice(shard, Bytes.of(values, from, to - from), number)));
        }
        return slices.iterator();
    }

    /** The sum of all shards' arrays; each part is summed by one task. */
    static Sum sum(JavaPairRDD<Integer, Slice> slices, int n) {
        List<Tuple2<Integer, Slice>> parts =
                new ArrayList<>(slices.groupByKey(n).mapValues(Slice::sum).collect());
        parts.sort(Comparator.comparing(Tuple2::_1));
        float[] whole = new float
                [parts.stream()
                        .mapToInt(part -> part._2().values.length / Float.BYTES)
                        .sum()];
        int at = 0;
        for (Tuple2<Integer, Slice> part : parts) {
            Bytes.floats(part._2().values, whole, at);
            at += part._2().values.length / Float.BYTES;
        }
        return new Sum(whole, parts.get(0)._2().number);
    }

    private static Slice sum(Iterable<Slice> slices) {
        List<Slice> ordered = new ArrayList<>();
        slices.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(Slice::shard));
        float[] sum = new float[ordered.get(0).values.length / Float.BYTES];
        double number = 0;
        for (Slice slice : ordered) {
            float[] values = Bytes.floats(slice.values);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += values[k];
            }
            number += slice.number;
        }
        return new Slice(0, Bytes.of(sum, 0, sum.length), number);
    }
}
