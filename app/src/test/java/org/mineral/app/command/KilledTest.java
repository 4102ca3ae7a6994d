package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Commands as processes that are killed, the way the system kills one that takes too much memory. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the limit on files is a shell's")
@Tag("slow")
class KilledTest {

    private static final String TASTES = "builtin:tastes:users=400,items=200";
    private static final List<String> TRAIN = List.of(
            "train",
            TASTES,
            "--set",
            "epochs=200",
            "--set",
            "dimension=8",
            "--set",
            "patience=200",
            "--validation",
            "0.1");

    @TempDir
    private Path directory;

    /** Not the same moments every time; those of a failure are in its message. */
    private final long seed = System.nanoTime();

    private final Random moments = new Random(seed);

    record Ended(int code, String out, String err) {}

    @Test
    void trainingThatWasKilledAgainAndAgainGivesTheSameModelToTheBit() throws Exception {
        Path whole = directory.resolve("whole");
        assertThat(run(train(whole, 2, 0)).code()).isZero();
        Path model = directory.resolve("model");
        for (int kill = 0; kill < 4; kill++) {
            kill(train(model, 1 + kill % 3, 1), () -> newest(checkpoints(model, "epoch-")));
        }
        // By now there is something to go on from, and what is half written has had its chances to be there.
        Ended last = run(train(model, 2, 3));
        assertThat(last.code()).as(last.err).isZero();
        assertThat(last.err).contains("resumes after epoch ");
        assertThat(content(model)).as("moments drawn from %d", seed).isEqualTo(content(whole));
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("whole", "model", "err.txt", "out.txt");
    }

    @Test
    void aRetrainingThatWasKilledGoesOnFromItsOwnCheckpoints() throws Exception {
        // From a random start in small steps, so that the best epoch is a late one and there is something to repeat.
        List<String> late = List.of("--retrain", "--set", "start=random", "--set", "learning_rate=0.002");
        Path whole = directory.resolve("whole");
        assertThat(run(with(late, train(whole, 2, 0))).code()).isZero();
        Path model = directory.resolve("model");
        List<String> command = with(late, train(model, 2, 1));
        kill(command, () -> newest(checkpoints(model, "epoch-")));
        kill(command, () -> newest(checkpoints(model, "retrain-epoch-")));
        Ended last = run(command);
        assertThat(last.code()).as(last.err).isZero();
        assertThat(last.err).contains("retrain-epoch-");
        assertThat(content(model)).as("moments drawn from %d", seed).isEqualTo(content(whole));
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("whole", "model", "err.txt", "out.txt");
    }

    private static List<String> with(List<String> further, List<String> command) {
        List<String> all = new ArrayList<>(command);
        all.addAll(command.indexOf(Main.class.getName()) + 2, further);
        return all;
    }

    @Test
    void aDiskThatFillsStopsTheRunAndTheCheckpointBeforeIsGoodToGoOnFrom() throws Exception {
        Path model = directory.resolve("model");
        kill(train(model, 2, 1), () -> newest(checkpoints(model, "epoch-")));
        List<Path> kept = checkpoints(model, "epoch-");
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f 8; exec \"$@\"", "bash"));
        limited.addAll(train(model, 2, 1));
        Ended full = run(limited);
        assertThat(full.code()).as(full.err).isEqualTo(1);
        assertThat(full.err)
                .contains("mineral: cannot write ", "File too large", "is whole: the same training goes on from it")
                .doesNotContain("\tat ");
        assertThat(checkpoints(model, "epoch-")).isEqualTo(kept);
        assertThat(run(train(model, 2, 1)).code()).isZero();
        Path whole = directory.resolve("whole");
        assertThat(run(train(whole, 2, 0)).code()).isZero();
        assertThat(content(model)).isEqualTo(content(whole));
    }

    @Test
    void aTrainingThatWasKilledInItsSearchGivesTheSameModelToTheBit() throws Exception {
        List<String> words = List.of("train", TASTES, "--set", "dimension=8", "--threads", "2", "-o");
        Path whole = directory.resolve("whole");
        assertThat(run(java(words, whole.toString())).code()).isZero();
        Path model = directory.resolve("model");
        List<String> command = java(words, model.toString());
        for (int kill = 0; kill < 3; kill++) {
            kill(command, () -> trials(model));
        }
        Ended last = run(command);
        assertThat(last.code()).as(last.err).isZero();
        assertThat(last.err).contains("the search goes on after ");
        assertThat(content(model)).as("moments drawn from %d", seed).isEqualTo(content(whole));
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("whole", "model", "err.txt", "out.txt");
    }

    /** Bytes of the finished trials. */
    private static long trials(Path model) {
        return checkpoints(model, "search.trials.jsonl").stream()
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    @Test
    void aModelIsTrainedByOneRunAtATime() throws Exception {
        Path model = directory.resolve("model");
        second(train(model, 1, 1), () -> newest(checkpoints(model, "epoch-")), "is being trained by another run");
    }

    /** The same command beside itself is refused, and does the first no harm. */
    private void second(List<String> command, LongSupplier progress, String refusal) throws Exception {
        Process first = start(command);
        try {
            await(first, progress, 0);
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int main = command.indexOf(Main.class.getName());
            String[] words = command.subList(main + 1, command.size()).toArray(new String[0]);
            int code = Main.run(words, new PrintStream(OutputStream.nullOutputStream()), new PrintStream(err, true));
            assertThat(err.toString(StandardCharsets.UTF_8)).contains(refusal);
            assertThat(code).isEqualTo(2);
            assertThat(first.isAlive()).isTrue();
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    @Test
    void aSearchThatWasKilledEndsWithTheSameFigures() throws Exception {
        sameAfterKills("tune", "--trials", "9", "--epochs", "27");
    }

    @Test
    void anAblationThatWasKilledEndsWithTheSameFigures() throws Exception {
        sameAfterKills("ablate", "--x", "lambda=1:1.5:4", "--y", "temperature=0.1,0.2,0.3", "--budget", "8");
    }

    private void sameAfterKills(String... verb) throws Exception {
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(1, List.of(TASTES, "--set", "dimension=8", "--json", "--threads", "2"));
        words.addAll(List.of("--report", directory.resolve("page.html").toString(), "--log"));
        Path log = directory.resolve("log.jsonl");
        List<String> command = java(words, log.toString());
        second(command, () -> log.toFile().length(), "is being written to by another run");
        for (int kill = 0; kill < 3; kill++) {
            kill(command, () -> log.toFile().length());
        }
        Ended last = run(command);
        Ended whole = run(java(words, directory.resolve("whole.jsonl").toString()));
        assertThat(last.code()).as(last.err).isZero();
        assertThat(untimed(last.out)).as("moments drawn from %d", seed).isEqualTo(untimed(whole.out));
    }

    /** The document without what differs between any two runs: times. */
    private static JsonNode untimed(String json) {
        JsonNode document = JsonMapper.shared().readTree(json);
        for (JsonNode parent : document.findParents("seconds")) {
            ((ObjectNode) parent).remove(List.of("seconds", "epochSeconds"));
        }
        ((ObjectNode) document).remove("seconds");
        return document;
    }

    private List<String> train(Path model, int threads, int checkpoint) {
        List<String> words = new ArrayList<>(TRAIN);
        words.addAll(List.of("--threads", String.valueOf(threads), "--checkpoint", String.valueOf(checkpoint), "-o"));
        return java(words, model.toString());
    }

    private static List<String> java(List<String> words, String last) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(words);
        command.add(last);
        return command;
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(file("out.txt"))
                .redirectError(file("err.txt"))
                .start();
    }

    private File file(String name) {
        return directory.resolve(name).toFile();
    }

    private Ended run(List<String> command) throws Exception {
        Process process = start(command);
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readString(file("out.txt").toPath(), StandardCharsets.UTF_8),
                Files.readString(file("err.txt").toPath(), StandardCharsets.UTF_8));
    }

    /** Kills the command at some moment after it has come further than whoever went before. */
    private void kill(List<String> command, LongSupplier progress) throws Exception {
        long before = progress.getAsLong();
        Process process = start(command);
        try {
            await(process, progress, before);
            Thread.sleep(moments.nextInt(40));
            assertThat(process.isAlive())
                    .as("still running, moments drawn from %d", seed)
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private void await(Process process, LongSupplier progress, long before) throws Exception {
        while (progress.getAsLong() <= before) {
            assertThat(process.isAlive())
                    .as(Files.readString(file("err.txt").toPath()))
                    .isTrue();
            Thread.sleep(1);
        }
    }

    private static List<Path> checkpoints(Path model, String beginning) {
        try (Stream<Path> files = Files.list(model.resolveSibling(model.getFileName() + ".checkpoint"))) {
            return files.filter(f -> f.getFileName().toString().startsWith(beginning))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long newest(List<Path> checkpoints) {
        return checkpoints.stream()
                .mapToLong(f -> Long.parseLong(f.getFileName().toString().replaceAll("\\D", "")))
                .max()
                .orElse(0);
    }

    /** Each file's name and bytes, as text that a failure can show. */
    private static TreeMap<String, String> content(Path model) throws IOException {
        TreeMap<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                content.put(
                        file.getFileName().toString(),
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }
}
