package org.mineral.rivals;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code rivals/run}: all opponents, or some, one table. */
@Command(
        name = "rivals/run",
        mixinStandardHelpOptions = true,
        description = "Measures Mineral and what a user would take instead, in turns in one run.")
public final class Rivals implements Callable<Integer> {

    private static final Map<String, Supplier<Contest.Opponent>> OPPONENTS = opponents();

    @Parameters(paramLabel = "DATA", description = "Data with a train and a test part.")
    String data = "";

    @Option(
            names = "--only",
            split = ",",
            description = "Some opponents: openblas, libtorch, spark, pytorch, implicit.")
    List<String> only = new ArrayList<>(OPPONENTS.keySet());

    @Option(names = "--rounds", defaultValue = "3", description = "Measurements of each side. Default: 3.")
    int rounds;

    @Option(names = "--threads", description = "Threads of both sides. Default: one a processor.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Lines of JSON on standard output in the place of the table.")
    boolean json;

    @Option(names = "--lines", paramLabel = "FILE", description = "Also write the lines of JSON to this file.")
    @Nullable
    Path lines;

    private static Map<String, Supplier<Contest.Opponent>> opponents() {
        Map<String, Supplier<Contest.Opponent>> opponents = new LinkedHashMap<>();
        opponents.put("openblas", OpenBlas::new);
        opponents.put("libtorch", LibTorch::new);
        opponents.put("spark", SparkAls::new);
        opponents.put("pytorch", () -> new PyTorch(PythonOpponent.script()));
        opponents.put("implicit", () -> new Implicit(PythonOpponent.script()));
        return opponents;
    }

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Rivals());
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof InputException) {
                System.err.println("rivals: " + e.getMessage());
                return 2;
            }
            e.printStackTrace();
            return 1;
        });
        // Not all of the libraries let go of their threads.
        System.exit(command.execute(args));
    }

    @Override
    public Integer call() throws IOException {
        for (String name : only) {
            if (!OPPONENTS.containsKey(name)) {
                throw InputException.unknown("opponent", name, List.copyOf(OPPONENTS.keySet()));
            }
        }
        if (rounds < 1 || threads < 1) {
            throw new InputException("--rounds " + rounds + ", --threads " + threads + "; both must be at least 1.");
        }
        Dataset dataset = Dataset.read(data);
        Path scratch = Files.createTempDirectory("mineral-rivals");
        Contest contest = new Contest(dataset, threads, rounds, scratch);
        try {
            run(contest, System.out);
        } finally {
            delete(scratch);
        }
        return 0;
    }

    private void run(Contest contest, PrintStream out) throws IOException {
        List<String> written = new ArrayList<>();
        Map<String, Object> machine = Machine.describe(threads);
        written.add(JsonMapper.shared().writeValueAsString(machine));
        if (json) {
            out.println(written.get(0));
        } else {
            out.println(contest.data());
            machine.forEach((name, value) -> out.println(name + ": " + value));
            out.println();
            out.println("| opponent | measured | theirs | ours | ratio | |");
            out.println("|---|---|---|---|---|---|");
        }
        for (String name : only) {
            OPPONENTS.get(name).get().meet(contest, pair -> {
                String line = JsonMapper.shared().writeValueAsString(pair.fields());
                written.add(line);
                out.println(json ? line : pair.row());
            });
        }
        if (lines != null) {
            Files.write(lines, written);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            paths.sorted(java.util.Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
