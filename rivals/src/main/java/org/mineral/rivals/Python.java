package org.mineral.rivals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.mineral.linalg.Workers;
import tools.jackson.databind.JsonNode;

/** implicit and PyTorch, in a process of their own; what they train is judged by Mineral's evaluator. */
final class Python implements Contest.Opponent {

    /** How PyTorch is asked for the exact epoch. */
    private static final List<String> WAYS = List.of("eager", "compile", "bf16 compile");

    private static final int STEPS = 8;
    private static final int BATCH = 1024;
    private static final int DRAWS = 800;

    private final Path script;

    Python(Path script) {
        this.script = script;
    }

    /** Where {@code rivals/run} says that the scripts are. */
    static Python beside() {
        return new Python(Path.of(System.getProperty("mineral.rivals.python", "rivals/python"), "run.sh"));
    }

    @Override
    public void meet(Contest contest, Consumer<Pair> table) {
        try (PythonProcess process = new PythonProcess(script, contest.scratch(), contest)) {
            System.err.println("Python: " + process.ask(Map.of("do", "versions")));
            ranking(contest, table, process, "implicit");
            ranking(contest, table, process, "torch");
            for (String way : WAYS) {
                try {
                    exact(contest, table, process, way);
                } catch (PythonProcess.RefusedException e) {
                    System.err.println("PyTorch, " + way + ": " + e.getMessage());
                }
            }
            usual(contest, table, process);
            factors(contest, table, process, "als", Map.of("factors", 64));
            factors(contest, table, process, "als", Map.of("factors", 64, "alpha", 10, "regularization", 10));
            factors(contest, table, process, "bpr", Map.of("factors", 63));
        } catch (PythonProcess.SkippedException e) {
            System.err.println("The opponents in Python were skipped; the line above says why.");
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

    private static double seconds(JsonNode answer) {
        return answer.get("seconds").asDouble();
    }

    private static void ranking(Contest contest, Consumer<Pair> table, PythonProcess process, String library) {
        int[] users = LibTorch.users(contest.data().train());
        try (Workers workers = new Workers(contest.threads())) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> seconds(process.ask(Map.of("do", "rank-" + library))),
                    () -> Pair.timed(
                            () -> contest.start().rank(users, 20, contest.data().train(), workers)));
            table.accept(Pair.seconds(
                    library.equals("torch") ? "PyTorch" : library,
                    "top 20 of all items for %,d users".formatted(users.length),
                    medians[0],
                    medians[1],
                    "training items masked"));
        }
    }

    private static void exact(Contest contest, Consumer<Pair> table, PythonProcess process, String way) {
        Map<String, Object> order = settings("exact", Contest.LEARNING_RATE);
        order.put("block", contest.blockSize());
        order.put("way", way);
        process.ask(order);
        double theirs = process.ask(Map.of("do", "objective")).get("loss").asDouble();
        double ours;
        try (SteppedTraining mineral = new SteppedTraining(contest.trainer(1, 0), contest.data())) {
            ours = mineral.next().loss();
        }
        if (Math.abs(theirs - ours) > (way.contains("bf16") ? 0.01 : 1e-3)) {
            throw new IllegalStateException("the objectives differ: PyTorch has " + theirs + ", Mineral " + ours);
        }
        try (SteppedTraining mineral = LibTorch.training(contest)) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> seconds(process.ask(Map.of("do", "epoch"))),
                    () -> Pair.timed(mineral::next));
            table.accept(Pair.seconds(
                    "PyTorch",
                    "exact epoch, " + way,
                    medians[0],
                    medians[1],
                    "both in blocks of " + contest.blockSize() + " users; value at the start agrees to "
                            + "%.0e".formatted(Math.abs(theirs - ours))));
        }
    }

    private static void usual(Contest contest, Consumer<Pair> table, PythonProcess process) {
        Map<String, Object> order = settings("usual", 1e-3);
        order.put("batch", BATCH);
        order.put("draws", DRAWS);
        process.ask(order);
        int steps = (contest.data().train().size() + BATCH - 1) / BATCH;
        try (SteppedTraining mineral = LibTorch.training(contest)) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> seconds(process.ask(Map.of("do", "steps", "steps", STEPS))) / STEPS,
                    () -> Pair.timed(mineral::next));
            table.accept(Pair.seconds(
                    "PyTorch",
                    "epoch of batches of " + BATCH + ", " + DRAWS + " negatives each interaction; ours exact",
                    medians[0] * steps,
                    medians[1],
                    "EXTRAPOLATED from steps of %.4f s, %,d an epoch".formatted(medians[0], steps)));
        }
    }

    private static void factors(
            Contest contest, Consumer<Pair> table, PythonProcess process, String kind, Map<String, Object> settings) {
        JsonNode answer = process.ask(Map.of("do", "fit", "model", kind, "settings", settings));
        int columns = answer.get("columns").asInt();
        var model = contest.model(process.read("their-users.f32", columns), process.read("their-items.f32", columns));
        contest.quality(
                        "implicit " + kind.toUpperCase(java.util.Locale.ROOT),
                        "defaults but " + settings,
                        seconds(answer),
                        model)
                .forEach(table);
    }
}
