package org.mineral.rivals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** PyTorch on the processor: the exact objective, the usual scheme, the ranking of all users. */
final class PyTorch extends PythonOpponent {

    private static final String NAME = "PyTorch";

    /** How it is asked for the exact epoch; the last is the fastest, and is also given larger blocks. */
    private static final List<String> WAYS = List.of("eager", "eager bf16", "compile", "compile bf16");

    private static final int LARGE_BLOCK = 2000;
    private static final int STEPS = 8;
    private static final int BATCH = 1024;
    private static final int DRAWS = 800;

    PyTorch(Path script) {
        super(script);
    }

    @Override
    void meet(Contest contest, Consumer<Pair> table, PythonProcess process) {
        ranking(contest, table, process, NAME, "rank-torch");
        for (String way : WAYS) {
            attempt(contest, table, process, way, contest.blockSize());
        }
        attempt(contest, table, process, WAYS.get(WAYS.size() - 1), LARGE_BLOCK);
        usual(contest, table, process);
    }

    /** torch.compile needs a C++ compiler, which may be missing. */
    private static void attempt(Contest contest, Consumer<Pair> table, PythonProcess process, String way, int size) {
        try {
            exact(contest, table, process, way, size);
        } catch (PythonProcess.RefusedException e) {
            System.err.println(NAME + ", " + way + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> settings(String what, double rate) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("do", what);
        order.put("temperature", Contest.TEMPERATURE);
        order.put("lambda", Contest.LAMBDA);
        order.put("rate", rate);
        return order;
    }

    private static void exact(Contest contest, Consumer<Pair> table, PythonProcess process, String way, int size) {
        Map<String, Object> order = settings("exact", Contest.LEARNING_RATE);
        order.put("block", size);
        order.put("way", way);
        process.ask(order);
        double theirs = process.ask(Map.of("do", "objective")).get("loss").asDouble();
        contest.check(NAME, theirs, way.contains("bf16") ? 0.01 : 1e-3);
        try (SteppedTraining mineral = contest.steps()) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> seconds(process.ask(Map.of("do", "epoch"))),
                    () -> Pair.timed(mineral::next));
            table.accept(Pair.seconds(
                    NAME,
                    "exact epoch, " + way,
                    medians[0],
                    medians[1],
                    "their blocks: " + size + " users, ours: " + contest.blockSize()));
        }
    }

    private static void usual(Contest contest, Consumer<Pair> table, PythonProcess process) {
        Map<String, Object> order = settings("usual", 1e-3);
        order.put("batch", BATCH);
        order.put("draws", DRAWS);
        process.ask(order);
        int steps = (contest.data().train().size() + BATCH - 1) / BATCH;
        try (SteppedTraining mineral = contest.steps()) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> seconds(process.ask(Map.of("do", "steps", "steps", STEPS))) / STEPS,
                    () -> Pair.timed(mineral::next));
            table.accept(Pair.seconds(
                    NAME,
                    "epoch of batches of " + BATCH + ", " + DRAWS + " negatives each interaction; ours exact",
                    medians[0] * steps,
                    medians[1],
                    String.format(Locale.ROOT, "EXTRAPOLATED from steps of %.4f s, %,d an epoch", medians[0], steps)));
        }
    }
}
