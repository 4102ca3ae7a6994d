package org.mineral.comparisons;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.training.TrainingSession;
import org.mineral.linalg.Workers;

/** libtorch, in this process: the exact objective, and the ranking of all users. */
final class LibTorch implements Baseline {

    private static final String NAME = "libtorch";
    private static final int[] BLOCK_SIZES = {480, 2000};

    static void prepare(int threads) {
        // Loads the library, which the number of threads is set in.
        Engine.getInstance();
        JniUtils.setNumThreads(threads);
    }

    static String version() {
        return Engine.getInstance().getVersion();
    }

    @Override
    public void measure(Conditions conditions, Consumer<Measurement> table) {
        prepare(conditions.threads());
        objective(conditions, table);
        epochs(conditions, table);
        ranking(conditions, table);
    }

    /** Both values of the objective at the start, over all users: what is timed must be the same thing. */
    private static void objective(Conditions conditions, Consumer<Measurement> table) {
        int[] everybody = conditions.users();
        double theirs = 0;
        for (TorchExact.Way way : TorchExact.Way.values()) {
            double sum = 0;
            try (TorchExact torch = exact(conditions, way)) {
                for (int[] block : blocks(everybody, conditions.blockSize())) {
                    sum += torch.step(block, 0) * block.length;
                }
            }
            double mean = sum / everybody.length;
            if (way.ordinal() > 0 && Math.abs(mean - theirs) > 1e-4) {
                throw new IllegalStateException("libtorch disagrees with itself: " + theirs + " and " + mean);
            }
            theirs = mean;
        }
        conditions.check(NAME, theirs, 1e-3);
        table.accept(Measurement.achieved(
                NAME,
                "value of the objective at the start",
                "",
                theirs,
                conditions.objective(),
                "a check: must agree"));
    }

    private static void epochs(Conditions conditions, Consumer<Measurement> table) {
        for (TorchExact.Way way : TorchExact.Way.values()) {
            for (int size : BLOCK_SIZES) {
                try (TorchExact torch = exact(conditions, way);
                        TrainingSession mineral = conditions.steps()) {
                    double[] medians = Measurement.inTurns(
                            conditions.rounds(),
                            () -> Measurement.timed(() -> epoch(conditions, torch, size)),
                            () -> Measurement.timed(mineral::next));
                    table.accept(Measurement.seconds(
                            NAME,
                            "exact epoch, gradient " + (way == TorchExact.Way.AUTOGRAD ? "by autograd" : "by hand"),
                            medians[0],
                            medians[1],
                            "their blocks: " + size + " users, ours: " + conditions.blockSize()));
                }
            }
        }
    }

    private static void epoch(Conditions conditions, TorchExact torch, int size) {
        int[] order = conditions.users();
        TorchUsual.shuffle(order, new SplittableRandom(42));
        for (int[] block : blocks(order, size)) {
            torch.step(block, Conditions.LEARNING_RATE);
        }
    }

    private static void ranking(Conditions conditions, Consumer<Measurement> table) {
        int[] tested = IntStream.range(0, conditions.data().test().users())
                .filter(u -> conditions.data().test().count(u) > 0)
                .toArray();
        try (TorchRanking torch = new TorchRanking(conditions.start());
                Workers workers = new Workers(conditions.threads())) {
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> Measurement.timed(() -> torch.rank(tested, 20)),
                    () -> Measurement.timed(() -> conditions
                            .start()
                            .rank(tested, 20, conditions.data().train(), workers)));
            table.accept(Measurement.seconds(
                    NAME,
                    String.format(Locale.ROOT, "top 20 of all items for %,d users", tested.length),
                    medians[0],
                    medians[1],
                    "training items masked"));
        }
    }

    static TorchExact exact(Conditions conditions, TorchExact.Way way) {
        return new TorchExact(
                conditions.data().train(), conditions.start(), way, Conditions.TEMPERATURE, Conditions.LAMBDA);
    }

    static int[][] blocks(int[] order, int size) {
        int[][] blocks = new int[(order.length + size - 1) / size][];
        Arrays.setAll(blocks, b -> Arrays.copyOfRange(order, b * size, Math.min(order.length, (b + 1) * size)));
        return blocks;
    }
}
