package org.mineral.comparisons;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code comparisons/run}: all baselines, or some, one table. */
@Command(
        name = "comparisons/run",
        mixinStandardHelpOptions = true,
        description = "Measures Mineral and what a user would take instead, in turns in one run.")
public final class Comparisons implements Callable<Integer> {

    private final Map<String, Supplier<Baseline>> baselines;

    @Parameters(paramLabel = "DATA", description = "Data with a train and a test part.")
    String data = "";

    @Option(
            names = "--only",
            split = ",",
            description = "Some baselines, all by default: openblas, libtorch, usual, spark, pytorch, implicit, ease.")
    List<String> only = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "Measurements of each side. Default: 3.")
    int rounds;

    @Option(names = "--threads", description = "Threads of both sides. Default: one a processor.")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Lines of JSON on standard output in the place of the table.")
    boolean json;

    @Option(
            names = "--lines",
            paramLabel = "FILE",
            description = "Also write the lines of JSON to this file, each as soon as it is known.")
    @Nullable
    Path lines;

    Comparisons() {
        this(known());
    }

    Comparisons(Map<String, Supplier<Baseline>> baselines) {
        this.baselines = baselines;
    }

    private List<String> chosen() {
        return only.isEmpty() ? List.copyOf(baselines.keySet()) : only;
    }

    private static Map<String, Supplier<Baseline>> known() {
        Map<String, Supplier<Baseline>> baselines = new LinkedHashMap<>();
        baselines.put("openblas", OpenBlas::new);
        baselines.put("libtorch", LibTorch::new);
        baselines.put("usual", UsualScheme::new);
        baselines.put("spark", SparkAls::new);
        baselines.put("pytorch", () -> new PyTorch(PythonBaseline.script()));
        baselines.put("implicit", () -> new Implicit(PythonBaseline.script()));
        baselines.put("ease", () -> new PythonEase(PythonBaseline.script()));
        return baselines;
    }

    public static void main(String[] args) {
        CommandLine command = new CommandLine(new Comparisons());
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof InputException) {
                System.err.println("comparisons: " + e.getMessage());
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
            if (!baselines.containsKey(name)) {
                throw InputException.unknown("baseline", name, List.copyOf(baselines.keySet()));
            }
        }
        if (rounds < 1 || threads < 1) {
            throw new InputException("--rounds " + rounds + ", --threads " + threads + "; both must be at least 1.");
        }
        Dataset dataset = Datasets.read(data);
        if (dataset.test().size() == 0) {
            throw new InputException(
                    data + " has no test part, which models are judged by; divide it first: ./mineral data split "
                            + data + " -o DIRECTORY");
        }
        Path scratch = Files.createTempDirectory("mineral-comparisons");
        try (Writer kept = open(lines)) {
            return run(new Conditions(dataset, threads, rounds, scratch), System.out, kept) ? 0 : 1;
        } finally {
            delete(scratch);
        }
    }

    /**
     * What has been measured is written at once: a run may take an hour, and be ended before it has finished. A baseline that fails
     * does not keep the others away.
     *
     * @return whether none failed
     */
    private boolean run(Conditions conditions, PrintStream out, Writer kept) {
        Map<String, Object> machine = Machine.describe(threads);
        String first = JsonMapper.shared().writeValueAsString(machine);
        keep(kept, first);
        if (json) {
            out.println(first);
        } else {
            out.println(conditions.data());
            machine.forEach((name, value) -> out.println(name + ": " + value));
            out.println();
            out.println(Measurement.HEADER);
        }
        boolean all = true;
        for (String name : chosen()) {
            try {
                baselines.get(name).get().measure(conditions, pair -> {
                    String line = JsonMapper.shared().writeValueAsString(pair.fields());
                    keep(kept, line);
                    out.println(json ? line : pair.row());
                });
            } catch (RuntimeException | LinkageError e) {
                System.err.println("comparisons: " + name + " failed; its rows are missing.");
                e.printStackTrace();
                all = false;
            }
        }
        return all;
    }

    private static Writer open(@Nullable Path file) {
        try {
            return file == null ? Writer.nullWriter() : Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new InputException(
                    "--lines " + file + " cannot be written (" + e + "); does its directory exist?", e);
        }
    }

    private static void keep(Writer kept, String line) {
        try {
            kept.write(line + "\n");
            kept.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.deleteIfExists(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
