package org.mineral.spark;

import java.util.Locale;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.mineral.linalg.Matrix;

/** What the items of a training need, before it starts. Bytes for each number of their table are counted in docs/how-to/spark.md. */
final class Memory {

    /** Broadcast, scored, rows, packed, gradient, slices, and the sum of another. */
    private static final int EXECUTOR = 28;

    /** Parameters, their two moments, vectors, the copy that is sent, gradient, its parts, and the start. */
    private static final int DRIVER = 36;

    private Memory() {}

    /**
     * @param tables of the items, each of this rank
     * @throws IllegalArgumentException with the numbers, and what to set
     */
    static void check(JavaSparkContext sc, int items, int rank, int tables) {
        SparkConf conf = sc.getConf();
        long numbers = (long) items * Matrix.pad(rank + 16) * tables;
        String what = String.format(
                Locale.ROOT, "%,d items of rank %d%s", items, rank, tables == 1 ? "" : ", in " + tables + " tables,");
        refuse(what, "one array", numbers * Float.BYTES, Integer.MAX_VALUE, "Lower rank.");
        long result = conf.getSizeAsBytes("spark.driver.maxResultSize", "1g");
        if (result > 0) {
            refuse(what, "results on the driver", numbers * Float.BYTES, result, "Raise spark.driver.maxResultSize.");
        }
        refuse(
                what,
                "the driver's heap",
                numbers * DRIVER,
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
