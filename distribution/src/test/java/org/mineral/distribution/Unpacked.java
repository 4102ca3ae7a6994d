package org.mineral.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An archive that the build has made, unpacked into a directory of its own, and programs that run from it. */
final class Unpacked {

    static final String VERSION = System.getProperty("mineral.version");

    private static final Map<String, Unpacked> ALL = new TreeMap<>();

    /** The directory {@code mineral-VERSION} of the archive. */
    final Path home;

    private Unpacked(Path home) {
        this.home = home;
    }

    /** The archive whose name ends so, unpacked once for all tests, without what an earlier test has put into it. */
    static synchronized Unpacked of(String kind) {
        return ALL.computeIfAbsent(kind, Unpacked::unpack);
    }

    static Unpacked unpack(String kind) {
        Path archive = archive(kind);
        assertThat(archive).exists();
        try {
            Path place = Files.createTempDirectory("mineral-" + kind);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(place)));
            Result tar = run(place, Map.of(), "tar", "-xzf", archive.toString());
            assertThat(tar.code()).as(tar.text()).isZero();
            return new Unpacked(place.resolve("mineral-" + VERSION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path archive(String kind) {
        return Path.of("target", "mineral-" + VERSION + "-" + kind + ".tar.gz").toAbsolutePath();
    }

    List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    /** Runs {@code bin/mineral} in a directory, by the Java of this test. */
    Result mineral(Path directory, String... words) {
        String[] command = new String[words.length + 1];
        command[0] = home.resolve("bin/mineral").toString();
        System.arraycopy(words, 0, command, 1, words.length);
        return run(directory, Map.of("MINERAL_JAVA_HOME", System.getProperty("java.home")), command);
    }

    /** What a program printed, on standard output and on standard error, and its exit code. */
    record Result(int code, String out, String err) {

        /** Both, one after the other. */
        String text() {
            return out + err;
        }
    }

    static Result run(Path directory, Map<String, String> variables, String... command) {
        try {
            Process process = builder(directory, variables, command).start();
            process.getOutputStream().close();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            String out = read(process.getInputStream());
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            return new Result(process.exitValue(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Both streams are read as one. */
    static Process start(Path directory, Map<String, String> variables, String... command) throws IOException {
        return builder(directory, variables, command).redirectErrorStream(true).start();
    }

    private static ProcessBuilder builder(Path directory, Map<String, String> variables, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MINERAL_"));
        builder.environment().putAll(variables);
        return builder;
    }

    private static void delete(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // The system's temporary directory is emptied by the system.
        }
    }
}
