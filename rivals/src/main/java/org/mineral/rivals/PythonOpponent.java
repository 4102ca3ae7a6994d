package org.mineral.rivals;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.mineral.linalg.Workers;
import tools.jackson.databind.JsonNode;

/** A library of Python, in a process of its own. */
abstract class PythonOpponent implements Contest.Opponent {

    private final Path script;

    PythonOpponent(Path script) {
        this.script = script;
    }

    /** Where {@code rivals/run} says that the script is. */
    static Path script() {
        return Path.of(System.getProperty("mineral.rivals.python", "rivals/python"), "run.sh");
    }

    /** Meets in this process. */
    abstract void meet(Contest contest, Consumer<Pair> table, PythonProcess process);

    @Override
    public final void meet(Contest contest, Consumer<Pair> table) {
        try (PythonProcess process = new PythonProcess(script, contest.scratch(), contest)) {
            System.err.println(process.ask(Map.of("do", "versions")));
            meet(contest, table, process);
        } catch (PythonProcess.SkippedException e) {
            System.err.println("The opponents in Python were skipped; the line above says why.");
        }
    }

    static double seconds(JsonNode answer) {
        return answer.get("seconds").asDouble();
    }

    /** Full ranking of all users. */
    static void ranking(Contest contest, Consumer<Pair> table, PythonProcess process, String name, String order) {
        int[] users = contest.users();
        try (Workers workers = new Workers(contest.threads())) {
            double[] medians = Pair.inTurns(
                    contest.rounds(),
                    () -> seconds(process.ask(Map.of("do", order))),
                    () -> Pair.timed(
                            () -> contest.start().rank(users, 20, contest.data().train(), workers)));
            table.accept(Pair.seconds(
                    name,
                    String.format(Locale.ROOT, "top 20 of all items for %,d users", users.length),
                    medians[0],
                    medians[1],
                    "training items masked"));
        }
    }
}
