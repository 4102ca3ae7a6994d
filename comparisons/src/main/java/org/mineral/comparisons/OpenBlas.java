package org.mineral.comparisons;

import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.mineral.linalg.Workers;

/**
 * The three products of a step as plain sgemm of OpenBLAS, beside Mineral's kernels at the same shapes: B users, I items,
 * d coordinates. A yardstick of the machine: sgemm writes the scores to memory, where Mineral's first product leaves a
 * strip of them in cache.
 */
final class OpenBlas implements Baseline {

    private static final String NAME = "OpenBLAS sgemm";
    private static final int REPEATS = 5;

    @Override
    public void measure(Conditions conditions, Consumer<Measurement> table) {
        int b = conditions.blockSize();
        int i = conditions.data().items().size();
        int d = conditions.start().dimension();
        for (int threads = 1; threads <= conditions.threads(); threads *= 2) {
            measure(conditions, table, b, i, d, threads);
        }
    }

    private static void measure(Conditions conditions, Consumer<Measurement> table, int b, int i, int d, int threads) {
        openblas.blas_set_num_threads(threads);
        double flop = 2.0 * b * i * d * REPEATS;
        try (FloatPointer users = random((long) b * d);
                FloatPointer items = random((long) i * d);
                FloatPointer scores = random((long) b * i);
                FloatPointer userSums = random((long) b * d);
                FloatPointer itemSums = random((long) i * d);
                Workers workers = new Workers(threads)) {
            Products products = new Products(b, i, d, workers);
            Map<String, Runnable[]> pairs = Map.of(
                    "1 S = U C^T",
                    new Runnable[] {() -> gemm(false, true, b, i, d, users, d, items, d, scores, i), products::scores},
                    "2 dU = G C",
                    new Runnable[] {() -> gemm(false, false, b, d, i, scores, i, items, d, userSums, d), products::users
                    },
                    "3 dC = G^T U",
                    new Runnable[] {() -> gemm(true, false, i, d, b, scores, i, users, d, itemSums, d), products::items
                    });
            pairs.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
                double[] medians = Measurement.inTurns(
                        conditions.rounds(), repeated(entry.getValue()[0]), repeated(entry.getValue()[1]));
                table.accept(Measurement.achieved(
                        NAME,
                        String.format(
                                Locale.ROOT,
                                "product %s, %d x %,d x %d, %d thread%s",
                                entry.getKey(),
                                b,
                                i,
                                d,
                                threads,
                                threads == 1 ? "" : "s"),
                        "GFLOP/s",
                        flop / medians[0] / 1e9,
                        flop / medians[1] / 1e9,
                        "kernels only, no loss"));
            });
        }
    }

    private static DoubleSupplier repeated(Runnable product) {
        return () -> Measurement.timed(() -> {
            for (int k = 0; k < REPEATS; k++) {
                product.run();
            }
        });
    }

    /** to = a b, or with a or b transposed; row-major. */
    static void gemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FloatPointer a,
            int strideA,
            FloatPointer b,
            int strideB,
            FloatPointer to,
            int strideTo) {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                transposeA ? openblas.CblasTrans : openblas.CblasNoTrans,
                transposeB ? openblas.CblasTrans : openblas.CblasNoTrans,
                m,
                n,
                k,
                1,
                a,
                strideA,
                b,
                strideB,
                0,
                to,
                strideTo);
    }

    private static FloatPointer random(long n) {
        SplittableRandom random = new SplittableRandom(n);
        float[] values = new float[Math.toIntExact(n)];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextDouble(-1, 1);
        }
        return new FloatPointer(values);
    }
}
