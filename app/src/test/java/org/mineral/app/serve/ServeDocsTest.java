package org.mineral.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/how-to/serve.md}, run as they stand; those whose tool is missing are skipped. */
@Tag("slow")
class ServeDocsTest {

    @TempDir
    static Path home;

    private static Server server;
    private static String page;

    @BeforeAll
    static void start() throws IOException {
        server = ServeFixture.serve(home, e -> {});
        page = Files.readString(Path.of("../docs/how-to/serve.md")).replace("http://127.0.0.1:7070", server.url());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static String example(String language, String holding) {
        Matcher blocks = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(page);
        while (blocks.find()) {
            if (blocks.group(1).contains(holding)) {
                return blocks.group(1);
            }
        }
        throw new AssertionError("no example in " + language + " with " + holding);
    }

    private static String run(String... command) throws Exception {
        Path out = home.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("MINERAL_WRITE_KEY", ServeFixture.KEY);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            assumeTrue(false, "no " + command[0]);
            throw e;
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(out);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }

    @Test
    void curl() throws Exception {
        run("curl", "--version");
        List<String> lines = new ArrayList<>(List.of("set -e"));
        example("sh", "curl").lines().forEach(lines::add);
        String out = run("bash", "-c", String.join("\n", lines));
        assertThat(out).contains("\"outcome\":\"stored\"", "\"contributions\":", "\"source\":\"history\"");
    }

    @Test
    void python() throws Exception {
        assertThat(run("python3", "-c", example("python", "urllib")).lines()).hasSize(5);
    }

    @Test
    void java() throws Exception {
        Path source = Files.writeString(home.resolve("Recommend.java"), example("java", "class Recommend"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(run(java, source.toString())).contains("\"source\":\"history\"");
    }
}
