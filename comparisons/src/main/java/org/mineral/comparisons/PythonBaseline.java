package org.mineral.comparisons;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.mineral.linalg.Workers;
import tools.jackson.databind.JsonNode;

/** A library of Python, in a process of its own. */
abstract class PythonBaseline implements Baseline {

    private final Path script;

    PythonBaseline(Path script) {
        this.script = script;
    }

    /** Where {@code comparisons/run} says that the script is. */
    static Path script() {
        return Path.of(System.getProperty("mineral.comparisons.python", "comparisons/python"), "run.sh");
    }

    /** Meets in this process. */
    abstract void measure(Conditions conditions, Consumer<Measurement> table, PythonProcess process);

    @Override
    public final void measure(Conditions conditions, Consumer<Measurement> table) {
        try (PythonProcess process = new PythonProcess(script, conditions.scratch(), conditions)) {
            System.err.println(process.ask(Map.of("do", "versions")));
            measure(conditions, table, process);
        } catch (PythonProcess.SkippedException e) {
            System.err.println("The baselines in Python were skipped; the line above says why.");
        }
    }

    static double seconds(JsonNode answer) {
        return answer.get("seconds").asDouble();
    }

    /** Full ranking of all users. */
    static void ranking(
            Conditions conditions, Consumer<Measurement> table, PythonProcess process, String name, String order) {
        int[] users = conditions.users();
        try (Workers workers = new Workers(conditions.threads())) {
            double[] medians = Measurement.inTurns(
                    conditions.rounds(),
                    () -> seconds(process.ask(Map.of("do", order))),
                    () -> Measurement.timed(() ->
                            conditions.start().rank(users, 20, conditions.data().train(), workers)));
            table.accept(Measurement.seconds(
                    name,
                    String.format(Locale.ROOT, "top 20 of all items for %,d users", users.length),
                    medians[0],
                    medians[1],
                    "training items masked"));
        }
    }
}
