package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class AblateCommandTest {

    private static final String TASTES = "builtin:tastes:users=200,items=120";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... extra) {
        List<String> args = new ArrayList<>(List.of("ablate", TASTES, "--budget", "2", "--set", "dimension=8"));
        args.addAll(List.of("--report", report().toString(), "--log", trials().toString()));
        args.addAll(List.of(extra));
        return Main.run(args.toArray(new String[0]), new PrintStream(out, true), new PrintStream(err, true));
    }

    private Path report() {
        return directory.resolve("map.html");
    }

    private Path trials() {
        return directory.resolve("cells.jsonl");
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsATableWithTheBestStarredAndDrawsTheMap() throws Exception {
        assertThat(run("--x", "lambda=1:1.2:3", "--y", "temperature=0.1,0.2")).isZero();
        List<String> lines = out().lines().toList();
        assertThat(lines.get(1)).startsWith("temperature \\ lambda").endsWith("1.2");
        assertThat(lines.subList(2, 4)).filteredOn(line -> line.contains("*")).hasSize(1);
        assertThat(out()).contains("Best on validation data: lambda=");
        String page = Files.readString(report());
        assertThat(page.split("<rect ", -1)).hasSize(7);
        assertThat(page)
                .contains("<title>lambda=1.2, temperature=0.2: 0.", "not looked at", "prefers-color-scheme: dark")
                .doesNotContain("{{", "http://", "src=");
        // Whole, however few the rows: it was cut off where it stood along the axis.
        assertThat(page)
                .contains("text-anchor=\"start\" class=\"axis\">temperature</text>")
                .doesNotContain("rotate(");
        assertThat(Files.readAllLines(trials())).hasSize(7);
    }

    @Test
    void whatAModelSetsMayBeVaried() {
        assertThat(run("--x", "layers=0,1", "--model", "lightgcn", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(out()).get("cells").size()).isEqualTo(2);
    }

    @Test
    void jsonIsOneDocumentAndOneAxisIsEnough() {
        assertThat(run("--x", "candidates=uniform:32,all", "--test", "--json")).isZero();
        JsonNode document = JsonMapper.shared().readTree(out());
        assertThat(document.get("cells").size()).isEqualTo(2);
        assertThat(document.get("cells")
                        .get(0)
                        .get("settings")
                        .get("candidates")
                        .asString())
                .isEqualTo("uniform:32");
        assertThat(document.get("cells").get(1).get("test").isNumber()).isTrue();
        assertThat(report()).content().contains("choosing by it is optimistic");
    }

    @Test
    void aSecondRunTrainsNothing() {
        assertThat(run("--x", "lambda=1,1.1")).isZero();
        String first = out();
        out.reset();
        err.reset();
        assertThat(run("--x", "lambda=1,1.1")).isZero();
        assertThat(out()).isEqualTo(first);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("best epoch");
    }

    @Test
    void wrongArgumentsAreRefused() throws Exception {
        assertThat(run("--x", "lambda")).isEqualTo(2);
        assertThat(run("--x", "lamda=1:2")).isEqualTo(2);
        String[] args = {"ablate", TASTES, "--x", "lambda=1:2", "--log", directory.toString()};
        assertThat(Main.run(args, new PrintStream(out, true), new PrintStream(err, true)))
                .isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        Path device = Files.createSymbolicLink(directory.resolve("null"), Path.of("/dev/null"));
        args[5] = device.toString();
        assertThat(Main.run(args, new PrintStream(out, true), new PrintStream(err, true)))
                .isEqualTo(2);
        Files.delete(device);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no range", "Did you mean 'lambda'?", "is a directory", "--x", "is a device")
                .doesNotContain("\tat ");
        assertThat(trials()).doesNotExist();
        assertThat(report()).doesNotExist();
    }
}
