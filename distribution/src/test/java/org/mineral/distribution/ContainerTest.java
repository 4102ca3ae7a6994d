package org.mineral.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.distribution.Unpacked.Result;

/**
 * The steps of {@code docs/how-to/production/Dockerfile}, carried out on an archive in a directory that stands for the container's root: files, the start
 * with nothing but the image's variables and the keys of the page, the check of health, and the stop. Packages and accounts are left out, and Java is that
 * of the test.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "commands of a shell")
@Tag("slow")
class ContainerTest {

    private static final Path MODEL =
            Path.of("..", "core", "src", "test", "resources", "models", "v1-mf").toAbsolutePath();
    private static final Pattern OF_THE_SYSTEM = Pattern.compile("(apt-get|useradd) .*|rm -rf /var/lib/apt/lists/\\*");

    @TempDir
    private Path root;

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "MINERAL_JAVA_HOME",
            System.getProperty("java.home"),
            "MINERAL_READ_KEY",
            "0123456789abcdef-read",
            "MINERAL_WRITE_KEY",
            "0123456789abcdef-write"));

    private Unpacked archive;
    private String port;
    private String[] check;
    private String[] entry;
    private String[] command;

    @Test
    void imageIsBuiltServesAndStops() throws Exception {
        assumeTrue(Unpacked.run(root, Map.of(), "sh", "-c", "command -v curl").code() == 0, "no curl");
        archive = Unpacked.of("bin");
        try (ServerSocket free = new ServerSocket(0)) {
            port = Integer.toString(free.getLocalPort());
        }
        String file = Files.readString(archive.home.resolve("docs/how-to/production/Dockerfile"));
        for (String line :
                file.replaceAll("(?m)^#.*\n", "").replace("\\\n", " ").split("\n")) {
            String[] words = line.strip().split("\\s+", 2);
            carryOut(words[0], words[1]);
        }
        copy(MODEL, root.resolve("data/model"));
        String[] words = Stream.of(entry, command).flatMap(Stream::of).toArray(String[]::new);
        Process server = Unpacked.start(root.resolve("data"), variables, words);
        try {
            long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (Unpacked.run(root, Map.of(), check).code() != 0) {
                assertThat(server.isAlive()).isTrue();
                assertThat(System.nanoTime()).isLessThan(end);
                Thread.sleep(200);
            }
            server.destroy();
            assertThat(server.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    private void carryOut(String instruction, String rest) throws IOException {
        switch (instruction) {
            case "FROM" -> assertThat(rest).matches("eclipse-temurin:(17|21|25)-jre");
            case "COPY" -> copy(archive.home.resolve(rest.split(" ")[0]), place(rest.split(" ")[1]));
            case "RUN" -> {
                for (String[] words : rest.startsWith("[") ? List.<String[]>of(list(rest)) : steps(rest)) {
                    Result result = Unpacked.run(root, variables, words);
                    assertThat(result.code()).as(rest + "\n" + result.text()).isZero();
                }
            }
            case "ENV" ->
                Stream.of(rest.split("\\s+"))
                        .map(variable -> variable.split("=", 2))
                        .forEach(variable -> variables.put(variable[0], here(variable[1])));
            case "WORKDIR", "VOLUME" -> assertThat(place(rest)).isDirectory();
            case "EXPOSE" -> assertThat(variables).containsEntry("MINERAL_PORT", here(rest));
            // From here on the program's files cannot be written: what starts need must be there.
            case "USER" ->
                assertThat(root.resolve("opt/mineral/lib"))
                        .isDirectoryContaining(name -> name.toString().endsWith(".jsa"));
            case "HEALTHCHECK" -> check = list(rest.substring(rest.indexOf("CMD")));
            case "STOPSIGNAL" -> assertThat(rest).isEqualTo("SIGTERM");
            case "ENTRYPOINT" -> entry = list(rest);
            case "CMD" -> command = list(rest);
            default -> throw new AssertionError("unknown: " + instruction);
        }
    }

    private List<String[]> steps(String line) {
        List<String[]> steps = Stream.of(line.split("&&"))
                .map(String::strip)
                .filter(step -> !OF_THE_SYSTEM.matcher(step).matches())
                .map(step -> step.replaceAll(" -[og] mineral", "").replaceAll(" (?=/)", " " + root))
                .map(step -> step.split(" "))
                .toList();
        assertThat(steps).hasSize(1);
        return steps;
    }

    private String[] list(String json) {
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(json)
                .results()
                .map(word -> here(word.group(1)))
                .toArray(String[]::new);
    }

    /** Paths below the directory, and a port that is free. */
    private String here(String word) {
        return word.replaceAll("^/", root + "/").replace("7070", port);
    }

    private Path place(String path) {
        return root.resolve(path.substring(1));
    }

    /** A directory's files into the directory, a file into a directory. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        String what = Files.isDirectory(from) ? from + "/." : from.toString();
        Result result = Unpacked.run(to, Map.of(), "cp", "-R", what, to.toString());
        assertThat(result.code()).as(result.text()).isZero();
    }
}
