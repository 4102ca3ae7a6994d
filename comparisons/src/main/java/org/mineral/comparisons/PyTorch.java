package org.mineral.comparisons;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.mineral.algorithm.embedding.training.TrainingSession;

/** PyTorch on the processor: the exact objective, the usual scheme, the ranking of all users. */
final class PyTorch extends PythonBaseline {

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
    void measure(Conditions conditions, Consumer<Measurement> table, PythonProcess process) {
        ranking(conditions, table, process, NAME, "rank-torch");
        for (String way : WAYS) {
            attempt(conditions, table, process, way, conditions.blockSize());
        }
        attempt(conditions, table, process, WAYS.get(WAYS.size() - 1), LARGE_BLOCK);
        usual(conditions, table, process);
    }

    /** torch.compile needs a C++ compiler, which may be missing. */
    private static void attempt(
            Conditions conditions, Consumer<Measurement> table, PythonProcess process, String way, int size) {
        try {
            exact(conditions, table, process, way, size);
        } catch (PythonProcess.RefusedException e) {
            System.err.println(NAME + ", " + way + ": " + e.getMessage());
        }
    }

    private static Map<String, Object> settings(String what, double rate) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("do", what);
        order.put("temperature", Conditions.TEMPERATURE);
        order.put("lambda", Conditions.LAMBDA);
        order.put("rate", rate);
        return order;
    }

    private static void exact(
            Conditions conditions, Consumer<Measurement> table, PythonProcess process, String way, int size) {
        Map<String, Object> order = settings("exact", Conditions.LEARNING_RATE);
        order.put("block", size);
        order.put("way", way);
        process.ask(order);
        double theirs = process.ask(Map.of("do", "objective")).get("loss").asDouble();
        conditions.check(NAME, theirs, way.contains("bf16") ? 0.01 : 1e-3);
        try (TrainingSession mineral = conditions.steps()) {
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> seconds(process.ask(Map.of("do", "epoch"))),
                    () -> Measurement.timed(mineral::next));
            table.accept(Measurement.seconds(
                    NAME,
                    "exact epoch, " + way,
                    medians[0],
                    medians[1],
                    "their blocks: " + size + " users, ours: " + conditions.blockSize()));
        }
    }

    private static void usual(Conditions conditions, Consumer<Measurement> table, PythonProcess process) {
        Map<String, Object> order = settings("usual", 1e-3);
        order.put("batch", BATCH);
        order.put("draws", DRAWS);
        process.ask(order);
        int steps = (conditions.data().train().size() + BATCH - 1) / BATCH;
        try (TrainingSession mineral = conditions.steps()) {
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> seconds(process.ask(Map.of("do", "steps", "steps", STEPS))) / STEPS,
                    () -> Measurement.timed(mineral::next));
            table.accept(Measurement.seconds(
                    NAME,
                    "epoch of batches of " + BATCH + ", " + DRAWS + " negatives each interaction; ours exact",
                    medians[0] * steps,
                    medians[1],
                    String.format(Locale.ROOT, "EXTRAPOLATED from steps of %.4f s, %,d an epoch", medians[0], steps)));
        }
    }
}
