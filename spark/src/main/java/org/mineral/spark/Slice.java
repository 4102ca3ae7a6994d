package org.mineral.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/** A part of one shard's array on its way to the sum. Floats are added in the order of shards, whatever the order of their arrival. */
record Slice(int shard, float[] values) implements Serializable {

    /** An array in {@code n} parts of about the same length, by number. */
    static Iterator<Tuple2<Integer, Slice>> of(int shard, float[] values, int n) {
        List<Tuple2<Integer, Slice>> slices = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            int from = (int) ((long) values.length * k / n);
            int to = (int) ((long) values.length * (k + 1) / n);
            slices.add(new Tuple2<>(k, new Slice(shard, Arrays.copyOfRange(values, from, to))));
        }
        return slices.iterator();
    }

    /** The sum of all shards' arrays; each part is summed by one task. */
    static float[] sum(JavaPairRDD<Integer, Slice> slices, int n) {
        List<Tuple2<Integer, float[]>> parts =
                new ArrayList<>(slices.groupByKey(n).mapValues(Slice::sum).collect());
        parts.sort(Comparator.comparing(Tuple2::_1));
        float[] whole =
                new float[parts.stream().mapToInt(part -> part._2().length).sum()];
        int at = 0;
        for (Tuple2<Integer, float[]> part : parts) {
            System.arraycopy(part._2(), 0, whole, at, part._2().length);
            at += part._2().length;
        }
        return whole;
    }

    private static float[] sum(Iterable<Slice> slices) {
        List<Slice> ordered = new ArrayList<>();
        slices.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(Slice::shard));
        float[] sum = new float[ordered.get(0).values.length];
        for (Slice slice : ordered) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += slice.values[k];
            }
        }
        return sum;
    }
}
