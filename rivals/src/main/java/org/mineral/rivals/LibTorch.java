package org.mineral.rivals;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mineral.linalg.Workers;

/** libtorch, in this process: the exact objective, and the ranking of all users. */
final class LibTorch implements Contest.Opponent {

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
    public void meet(Contest contest, Consumer<Pair> table) {
        prepare(contest.threads());
        objective(contest, table);
        epochs(contest, table);
        ranking(contest, table);
    }

    /** Both values of the objective at the start, over all users: what is timed must be the same thing. */
    private static void objective(Contest contest, Consumer<Pair> table) {
        int[] everybody = contest.users();
        double theirs = 0;
        for (TorchExact.Way way : TorchExact.Way.values()) {
            double sum = 0;
            try (TorchExact torch = exact(contest, way)) {
                for (int[] block : blocks(everybody, contest.blockSize())) {
                    sum += torch.step(block, 0) * block.length;
                }
            }
            double mean = sum / everybody.length;
            if (way.ordinal() > 0 && Math.abs(mean - theirs) > 1e-4) {
                throw new IllegalStateException("libtorch disagrees with itself: " + theirs + " and " + mean);
            }
            theirs = mean;
        }
        contest.check(NAME, theirs, 1e-3);
        table.accept(Pair.achieved(
                NAME, "value of the objective at the start", "", theirs, contest.objective(), "a check: must agree"));
    }

    private static void epochs(Contest contest, Consumer<Pair> table) {
        for (TorchExact.Way way : TorchExact.Way.values()) {
            for (int size : BLOCK_SIZES) {
                try (TorchExact torch = exact(contest, way);
                        SteppedTraining mineral = contest.steps()) {
                    double[] medians = Pair.inTurns(
                            contest.rounds(),
                            () -> Pair.timed(() -> epoch(contest, torch, size)),
                            () -> Pair.timed(mineral::next));
                    table.accept(Pair.seconds(
                            NAME,
                            "exact epoch, gradient " + (way == TorchExact.Way.AUTOGRAD ? "by autograd" : "by hand"),
                            medians[0],
                            medians[1],
                            "their blocks: " + size + " users, ours: " + contest.blockSize()));
                }
            }
        }
    }

    private static void epoch(Contest contest, TorchExact torch, int size) {
        int[] order = contest.users();
        TorchUsual.shuffle(order, new SplittableRandom(42));
        for (int[] block : blocks(order, size)) {
            torch.step(block, Contest.LEARNING_RATE);
        }
    }

    private static void ranking(Contest contest, Consumer<Pair> table) {
        int[] tested = IntStream.range(0, contest.data().test().users())
                .filter(u -> contest.data().test().count(u) > 0)
                .toArray();
        try (TorchRanking torch = new TorchRanking(contest.start());
                Workers workers = new Workers(contest.threads())) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> Pair.timed(() -> torch.rank(tested, 20)),
                    () -> Pair.timed(() ->
                            contest.start().rank(tested, 20, contest.data().train(), workers)));
            table.accept(Pair.seconds(
                    NAME,
                    String.format(Locale.ROOT, "top 20 of all items for %,d users", tested.length),
                    medians[0],
                    medians[1],
                    "training items masked"));
        }
    }

    static TorchExact exact(Contest contest, TorchExact.Way way) {
        return new TorchExact(contest.data().train(), contest.start(), way, Contest.TEMPERATURE, Contest.LAMBDA);
    }

    static int[][] blocks(int[] order, int size) {
        int[][] blocks = new int[(order.length + size - 1) / size][];
        Arrays.setAll(blocks, b -> Arrays.copyOfRange(order, b * size, Math.min(order.length, (b + 1) * size)));
        return blocks;
    }
}
