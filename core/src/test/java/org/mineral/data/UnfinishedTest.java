package org.mineral.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves half written is swept away by the next one, what a living one writes is not. */
class UnfinishedTest {

    @TempDir
    Path directory;

    /** What the process does: begins, says so, and never ends. */
    public static final class Writer {
        public static void main(String[] args) throws Exception {
            Unfinished unfinished = new Unfinished(Path.of(args[0]));
            Files.writeString(unfinished.path().resolve("train.csv"), "half");
            System.out.println("x");
            Thread.sleep(60_000);
        }
    }

    @Test
    void onlyWhatNobodyWritesAnyMoreIsSwept() throws Exception {
        Path half = directory.resolve(".data.writing-1");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        half.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(process.getInputStream().read()).isEqualTo('x');
            Unfinished.sweep(directory.resolve("data"), ".data.writing-");
            assertThat(half.resolve("train.csv")).as("its process lives").exists();
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(half.resolve("train.csv")).as("it was killed").exists();
        Files.createDirectory(directory.resolve(".data.writing-foreign"));
        try (Unfinished mine = new Unfinished(directory.resolve(".data.writing-2"))) {
            Unfinished.sweep(directory.resolve("data"), ".data.writing-");
            assertThat(half).doesNotExist();
            assertThat(mine.path()).exists();
            mine.finish(() -> Files.move(mine.path(), directory.resolve("data")));
        }
        try (Stream<Path> inside = Files.list(directory.resolve("data"))) {
            assertThat(inside).as("nothing but what was written").isEmpty();
        }
        assertThat(directory.resolve(".data.writing-foreign"))
                .as("none of ours")
                .exists();
    }
}
