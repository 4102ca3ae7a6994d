package org.mineral.comparisons;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.ItemSimilarityModel;

/** EASE by NumPy and SciPy, whose LAPACK is OpenBLAS, on the items that most users took: both sides must have the same weights. */
final class PythonEase extends PythonBaseline {

    private static final int ITEMS = 8_000;
    private static final double L2 = 200;

    /** Weights of this many items are compared. */
    private static final int ROWS = 64;

    private static final float TOLERANCE = 1e-4f;

    PythonEase(Path script) {
        super(script);
    }

    @Override
    void measure(Conditions conditions, Consumer<Measurement> table, PythonProcess process) {
        Interactions train = conditions.data().train();
        int[] items = frequent(train);
        Dataset data = cut(train, items);
        for (String inverse : new String[] {"cholesky", "inv"}) {
            Map<String, Object> order =
                    Map.of("do", "ease", "items", items, "l2", L2, "inverse", inverse, "rows", ROWS);
            ItemSimilarityModel[] model = new ItemSimilarityModel[1];
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> seconds(process.ask(order)),
                    () -> Measurement.timed(() -> model[0] = fit(data, conditions.threads())));
            check(process.read("ease.f32", items.length), model[0]);
            table.accept(Measurement.seconds(
                    inverse.equals("inv") ? "numpy.linalg.inv" : "SciPy, dpotrf and dpotri",
                    "EASE",
                    medians[0],
                    medians[1],
                    String.format(Locale.ROOT, "the %,d most frequent items, l2 %.0f, all weights", items.length, L2)));
        }
    }

    private static int[] frequent(Interactions train) {
        int[] counts = train.itemCounts();
        return IntStream.range(0, train.items())
                .boxed()
                .sorted(Comparator.comparingInt(item -> -counts[item]))
                .limit(ITEMS)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static Dataset cut(Interactions train, int[] items) {
        int[] to = new int[train.items()];
        Arrays.fill(to, -1);
        for (int k = 0; k < items.length; k++) {
            to[items[k]] = k;
        }
        int[] users = IntStream.range(0, train.users()).toArray();
        Interactions none = Interactions.empty(train.users(), items.length);
        return Dataset.of("frequent items", train.moved(users, to, train.users(), items.length), none, none);
    }

    private static ItemSimilarityModel fit(Dataset data, int threads) {
        return (ItemSimilarityModel) ModelSpec.of("ease")
                .with("l2", String.valueOf(L2))
                .with("neighbours", "0")
                .configured()
                .fit(data, FitContext.defaults().withThreads(threads))
                .model();
    }

    private static void check(Matrix theirs, ItemSimilarityModel ours) {
        for (int i = 0; i < theirs.rows(); i++) {
            for (int j = 0; j < theirs.columns(); j++) {
                if (Math.abs(theirs.get(i, j) - ours.weights().get(i, j)) > TOLERANCE) {
                    throw new IllegalStateException(String.format(
                            Locale.ROOT,
                            "the weights differ: (%d, %d) is %s in NumPy, %s in Mineral",
                            i,
                            j,
                            theirs.get(i, j),
                            ours.weights().get(i, j)));
                }
            }
        }
    }
}
