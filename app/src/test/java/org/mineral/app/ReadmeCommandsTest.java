package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.CommandLineTest.Run;

/** README.md is short, and its commands print what it shows. */
class ReadmeCommandsTest {

    private static final Path README = Path.of("../README.md");

    private String text;

    @TempDir
    private Path home;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(README);
    }

    @Test
    void itIsShort() {
        assertThat(text.split("\\s+")).hasSizeLessThanOrEqualTo(700);
    }

    @Test
    @Tag("slow")
    void commandsPrintWhatItShows() throws IOException {
        String given = System.getenv("MINERAL_DATA");
        Path data =
                (given == null ? Path.of("..", "..", "shared", "data") : Path.of(given)).resolve("movietweetings-100k");
        assumeTrue(Files.isDirectory(data), "no " + data);
        likeTheSource(data.resolve("ratings.csv"), home.resolve("ratings.dat"));
        likeTheSource(data.resolve("items.csv"), home.resolve("movies.dat"));
        Matcher block = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertThat(block.find()).isTrue();
        for (String turn : block.group(1).split("(?m)^\\$ ")) {
            List<String> lines = turn.lines().toList();
            if (turn.isBlank() || lines.get(0).contains(" serve ")) {
                continue;
            }
            Run run = run(lines.get(0));
            String printed = withoutTimes(run.out() + run.err());
            assertThat(printed.lines())
                    .as(lines.get(0))
                    .containsAll(lines.stream().skip(1).map(this::withoutTimes).toList());
        }
    }

    private Run run(String command) {
        Object[] words = Arrays.stream(command.replace("./mineral ", "").split(" "))
                .map(word -> word.matches("ratings\\.dat|movies\\.dat|data|model")
                        ? home.resolve(word).toString()
                        : word)
                .toArray();
        words[0] = command.split(" ")[1];
        Run run = CommandLineTest.run(words);
        assertThat(run.code()).as(command + "\n" + run.err()).isZero();
        return run;
    }

    /** Times differ, and so do directories, and a narrower processor may end with another last digit. */
    private String withoutTimes(String printed) {
        return printed.replace(home + "/", "")
                .replaceAll("trained in [\\d.]+ s", "trained")
                .replaceAll("(\\d\\.\\d{3})\\d+", "$1");
    }

    /** The file without its header, and with the separator of the data's publisher. */
    private static void likeTheSource(Path csv, Path dat) throws IOException {
        try (var lines = Files.lines(csv)) {
            Files.write(dat, (Iterable<String>) lines.skip(1).map(ReadmeCommandsTest::fields)::iterator);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String fields(String line) {
        return line.replaceAll(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", "::")
                .replaceAll("\"(.*)\"", "$1")
                .replace("\"\"", "\"");
    }
}
