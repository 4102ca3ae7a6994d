package org.mineral.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.mineral.linalg.Matrix;

/** What the items of a training need, before it starts. Bytes for each number of their table are counted in docs/how-to/spark.md. */
final class Memory {

    /** Broadcast and unpacked, scored, rows, packed, gradient, slices, and the sum of another. */
    private static final int EXECUTOR = 32;

    /** Parameters, their two moments, vectors, a copy and the bytes of it that are sent, gradient, its parts, and the start. */
    private static final int DRIVER = 40;

    /** Of the driver's heap for a collected field beside its characters: an object, and its value as an attribute. */
    private static final int FIELD = 64;

    private Memory() {}

    /**
     * @param tables of the items, each of this rank
     * @param attributes bytes for those of the items on the driver
     * @throws IllegalArgumentException with the numbers, and what to set
     */
    static void check(JavaSparkContext sc, int items, int rank, int tables, long attributes) {
        SparkConf conf = sc.getConf();
        long numbers = (long) items * Matrix.pad(rank + 16) * tables;
        String what = String.format(
                Locale.ROOT,
                "%,d items of rank %d%s%s",
                items,
                rank,
                tables == 1 ? "" : ", in " + tables + " tables,",
                attributes == 0 ? "" : " with attributes");
        refuse(what, "one array", numbers * Float.BYTES, Integer.MAX_VALUE, "Lower rank.");
        long result = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g");
        if (result > 0) {
            refuse(what, "results on the driver", numbers * Float.BYTES, result, "Raise spark.driver.maxResultSize.");
        }
        refuse(
                what,
                "the driver's heap",
                numbers * DRIVER + attributes,
                Runtime.getRuntime().maxMemory(),
                "Raise spark.driver.memory, or lower rank.");
        if (!sc.isLocal()) {
            refuse(
                    what,
                    "an executor's heap",
                    numbers * EXECUTOR,
                    conf.getSizeAsBytes("spark.executor.memory", "1g"),
                    "Raise spark.executor.memory, or lower rank.");
        }
    }

    /**
     * The table of attributes that the driver collects.
     *
     * @param characters of all fields
     * @throws IllegalArgumentException with the numbers, and what to set
     */
    static void checkFeatures(JavaSparkContext sc, String table, long rows, int columns, long characters) {
        String what = String.format(Locale.ROOT, "%,d rows and %,d columns of itemFeatures = %s", rows, columns, table);
        long fields = rows * (columns + 1);
        long result = sc.getConf().getSizeAsBytes("spark.driver.maxResultSize", "1g");
        if (result > 0) {
            refuse(
                    what,
                    "results on the driver",
                    fields * Long.BYTES + characters,
                    result,
                    "Raise spark.driver.maxResultSize, or leave out columns.");
        }
        refuse(
                what,
                "the driver's heap",
                fields * FIELD + characters * Character.BYTES,
                Runtime.getRuntime().maxMemory(),
                "Raise spark.driver.memory, or leave out columns.");
    }

    private static void refuse(String what, String where, long needed, long there, String advice) {
        if (needed > there) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s need %,d MB of %s; there are %,d MB. %s",
                    what,
                    needed >> 20,
                    where,
                    there >> 20,
                    advice));
        }
    }
}
