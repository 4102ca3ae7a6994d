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
import org.mineral.model.FactorModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class TuneCommandTest {

    private static final String TASTES = "builtin:tastes:users=200,items=120";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... extra) {
        List<String> args = new ArrayList<>(List.of("tune", TASTES, "--epochs", "6", "--set", "dimension=8"));
        args.addAll(List.of("--report", directory.resolve("t.html").toString()));
        args.addAll(List.of("--log", directory.resolve("t.jsonl").toString()));
        args.addAll(List.of(extra));
        return Main.run(args.toArray(new String[0]), new PrintStream(out, true), new PrintStream(err, true));
    }

    @Test
    void keepsWhatItFoundAsAPresetThatASearchCanBeginWith() throws Exception {
        Path preset = directory.resolve("mine.json");
        assertThat(run("--trials", "4", "--save-preset", preset.toString())).isZero();
        assertThat(Files.readString(preset))
                .contains("\"search\"", "\"points\": 4", "\"validation\"")
                .doesNotContain("--");
        String[] again = {
            "tune",
            TASTES,
            "--epochs",
            "2",
            "--trials",
            "1",
            "--preset",
            preset.toString(),
            "--json",
            "--log",
            directory.resolve("again.jsonl").toString(),
            "--report",
            directory.resolve("t.html").toString()
        };
        out.reset();
        assertThat(Main.run(again, new PrintStream(out, true), new PrintStream(err, true)))
                .isZero();
        JsonNode result = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        JsonNode found = JsonMapper.shared()
                .readTree(Files.readString(preset))
                .get("found")
                .get(0);
        assertThat(result.get("last").get("settings").get("dimension").asInt()).isEqualTo(8);
        assertThat(result.get("last").get("loss").asString())
                .isEqualTo(found.get("loss").asString());
        assertThat(run("--save-preset", directory.resolve("mine.txt").toString()))
                .isEqualTo(2);
        assertThat(run("--save-preset", preset.toString(), "--protocol", "paper"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("does not end in .json", "is chosen on validation data");
    }

    @Test
    void printsTheLeaderboardSavesTheModelAndWritesTheReport() throws Exception {
        Path model = directory.resolve("model");
        assertThat(run("--trials", "9", "-o", model.toString())).isZero();
        String table = out.toString(StandardCharsets.UTF_8);
        assertThat(table.lines().skip(1).findFirst().orElseThrow()).contains("1  mine+");
        assertThat(table).contains("Test, looked at once: Recall@20 0.", "trainings, 9 points a loss, seed 42.");
        assertThat(FactorModel.load(model).dimension()).isEqualTo(8);
        String page = Files.readString(directory.resolve("t.html"));
        assertThat(page)
                .contains("<g class=\"main\"", "lambda of mine+: importance ", "prefers-color-scheme: dark")
                .doesNotContain("{{", "http://", "src=", "NaN,");
    }

    @Test
    void jsonIsOneDocument() {
        assertThat(run("--trials", "3", "--losses", "mine+,dcl", "--json")).isZero();
        JsonNode document = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(document.get("trials").size()).isEqualTo(10);
        assertThat(document.get("last").get("metrics").get("NDCG@20").isNumber())
                .isTrue();
        assertThat(document.get("chosen").get("settings").get("loss").asString())
                .isIn("mine+", "dcl");
    }

    @Test
    void wrongArgumentsAreRefused() throws Exception {
        assertThat(run("--trials", "0")).isEqualTo(2);
        assertThat(run("--losses", "mime+")).isEqualTo(2);
        assertThat(run("--set", "epochs=3")).isEqualTo(2);
        Files.writeString(directory.resolve("note.txt"), "mine");
        assertThat(run("-o", directory.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("0 trials", "Did you mean 'mine+'?", "is not a model, so it is not replaced")
                .doesNotContain("\tat ");
        assertThat(directory.resolve("t.jsonl")).doesNotExist();
    }
}
