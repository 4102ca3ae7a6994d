package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.Main;
import org.mineral.model.Model;
import org.mineral.model.Models;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users and items that only the valid or the test part knows, in every verb. */
@Tag("slow")
class PopulationCommandsTest {

    private static final int USERS = 60;
    private static final int ITEMS = 30;

    /** In the valid and the test part only; in the test part only. */
    private static final String LATE = "late";

    private static final String COLD = "cold";

    @TempDir
    static Path home;

    private static Path data;
    private static Path model;
    private static Path popularity;

    private record Run(int code, String out, String err) {}

    private static Run run(Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                Arrays.stream(args).map(String::valueOf).toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Run good(Object... args) {
        Run run = run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode json(Object... args) {
        return JsonMapper.shared().readTree(good(args).out());
    }

    @Test
    void anItemThatNothingWasLearntOfHasNoNeighbours() {
        Run run = run("similar", model, "--item", "newest");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("item 'newest' has no training interactions")
                .doesNotContain("bug in Mineral");
    }

    @Test
    void aDirectoryIsNoListOfIds() {
        Run run = run("recommend", model, "--users", home);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(home.toString(), "a directory");
    }

    @BeforeAll
    static void make() throws IOException {
        data = Files.createDirectories(home.resolve("data"));
        StringBuilder train = new StringBuilder("user,item\n");
        StringBuilder valid = new StringBuilder("user,item\n");
        StringBuilder test = new StringBuilder("user,item\n");
        for (int u = 0; u < USERS; u++) {
            for (int k = 0; k < 6; k++) {
                (k < 4 ? train : k == 4 ? valid : test).append("u%d,i%d\n".formatted(u, (u + k * k) % ITEMS));
            }
        }
        for (int k = 0; k < 3; k++) {
            valid.append("%s,i%d\n".formatted(LATE, 3 * k));
        }
        test.append("%s,i12\n%s,i13\n%s,newest\nu0,newest\n".formatted(LATE, COLD, COLD));
        Files.writeString(data.resolve("train.csv"), train);
        Files.writeString(data.resolve("valid.csv"), valid);
        Files.writeString(data.resolve("test.csv"), test);
        model = home.resolve("model");
        popularity = home.resolve("popularity");
        good("train", data, "-o", model, "--loss", "mine+", "--set", "epochs=3", "--set", "dimension=8");
        good("train", data, "-o", popularity, "--model", "popularity");
    }

    @Test
    void modelJsonCountsWhatWasTrainedOn() throws IOException {
        for (Path place : List.of(model, popularity)) {
            JsonNode shape = JsonMapper.shared()
                    .readTree(Files.readString(place.resolve("model.json")))
                    .get("shape");
            assertThat(shape.get("interactions").asInt()).isEqualTo(4 * USERS);
            assertThat(shape.get("heldOut").asInt()).isEqualTo(USERS + 3);
        }
    }

    @Test
    void listsOfAFileAreThoseOfOneUser() throws IOException {
        Path users = Files.writeString(home.resolve("users.txt"), "u1\n" + COLD + "\n" + LATE + "\n");
        Run both = good("recommend", model, "--users", users, "-n", 100);
        assertThat(both.out()).doesNotContain(COLD).doesNotContain("newest");
        assertThat(both.err()).contains("1 of 3 users").contains("nothing was learnt");
        assertThat(both.out())
                .isEqualTo(good("recommend", model, "--user", "u1", "-n", 100).out()
                        + good("recommend", model, "--user", LATE, "-n", 100).out());
        Path cold = Files.writeString(home.resolve("cold.txt"), COLD + "\n");
        Run file = run("recommend", model, "--users", cold);
        Run one = run("recommend", model, "--user", COLD);
        assertThat(one.code()).isEqualTo(2);
        assertThat(file).isEqualTo(one);
        assertThat(good("recommend", model, "--all").out())
                .contains("u59\t")
                .contains(LATE + "\t")
                .doesNotContain(COLD);
    }

    @Test
    void similarItemsOfAnUnlearntItemAreRefused() {
        assertThat(good("similar", model, "--user", "u1", "-n", 100).out())
                .contains(LATE)
                .doesNotContain(COLD);
        assertThat(good("similar", model, "--item", "i1", "-n", 100).out()).doesNotContain("newest");
        assertThat(run("similar", model, "--user", COLD).code()).isEqualTo(2);
        assertThat(run("similar", model, "--item", "newest").code()).isEqualTo(2);
        assertThat(run("recommend", model, "--history", "newest").err()).contains("nothing was learnt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine+", "bce"})
    void evaluateCompareAndTuneCountTheSameUsers(String loss) {
        JsonNode evaluation = json("evaluate", model, data, "--json");
        assertThat(evaluation.get("users").asInt()).isEqualTo(USERS + 1);
        assertThat(evaluation.get("skippedUsers").asInt()).isEqualTo(1);
        assertThat(evaluation.get("foldedInUsers").asInt()).isEqualTo(1);
        assertThat(json("evaluate", popularity, data, "--json").get("users").asInt())
                .isEqualTo(USERS + 1);
        JsonNode comparison = json(
                "compare",
                data,
                "--losses",
                loss,
                "--budget",
                "1 epoch",
                "--set",
                "dimension=8",
                "--report",
                home.resolve(loss + ".html"),
                "--json");
        assertThat(comparison.get("data").get("testUsers").asInt()).isEqualTo(USERS + 1);
        Path tuned = home.resolve("tuned-" + loss);
        JsonNode tuning = json(
                "tune",
                data,
                "--losses",
                loss,
                "--trials",
                "1",
                "--epochs",
                "1",
                "--set",
                "dimension=8",
                "-o",
                tuned,
                "--report",
                home.resolve(loss + "-tuning.html"),
                "--log",
                home.resolve(loss + ".jsonl"),
                "--json");
        JsonNode last = json("evaluate", tuned, data, "--json");
        assertThat(tuning.get("data").get("testUsers").asInt())
                .isEqualTo(last.get("users").asInt());
        assertThat(tuning.get("last").get("metrics").get("NDCG@20").asDouble())
                .isEqualTo(last.get("metrics").get("NDCG@20").asDouble());
    }

    @Test
    void evaluateReportsTestPairsThatTheModelHasSeen() throws IOException {
        Path all = Files.createDirectories(home.resolve("all"));
        StringBuilder text = new StringBuilder(Files.readString(data.resolve("train.csv")));
        for (String part : List.of("valid.csv", "test.csv")) {
            text.append(Files.readString(data.resolve(part)).substring("user,item\n".length()));
        }
        Files.writeString(all.resolve("train.csv"), text);
        Path seen = home.resolve("seen");
        good("train", all, "-o", seen, "--set", "epochs=1", "--set", "dimension=4", "--loss", "mine+");
        Run run = good("evaluate", seen, data, "--json");
        JsonNode document = JsonMapper.shared().readTree(run.out());
        int pairs = USERS + 4;
        assertThat(document.get("seenTestPairs").asInt()).isEqualTo(pairs);
        assertThat(run.err()).contains("has seen " + pairs + " of the " + pairs + " test pairs");
        assertThat(good("evaluate", model, data).err()).doesNotContain("has seen");
        assertThat(good("evaluate", model, data, "--against", seen).err())
                .contains("has seen " + pairs)
                .contains("trained on 240 interactions")
                .contains("on 367");
    }

    @Test
    void informationOnAPartLeavesOutWhatWentIntoTheVectors() {
        JsonNode valid = json("information", model, data, "--on", "valid", "--json");
        assertThat(valid.get("pairs").asInt()).isEqualTo(USERS);
        assertThat(valid.get("leftOut").asInt()).isEqualTo(3);
        JsonNode test = json("information", model, data, "--on", "test", "--json");
        assertThat(test.get("pairs").asInt()).isEqualTo(USERS + 1);
        assertThat(test.get("unlearnt").asInt()).isEqualTo(3);
    }

    @Test
    void aPopularityModelTakesThePartsThatItIsGiven() {
        Path with = home.resolve("with");
        good("train", data, "-o", with, "--model", "popularity", "--with-valid");
        Model model = Models.load(with);
        assertThat(model.trained().size()).isEqualTo(4 * USERS + USERS + 3);
        assertThat(model.info().provenance().facts()).containsEntry("with_valid", true);
        good("train", data, "-o", with, "--model", "popularity", "--retrain");
        assertThat(Models.load(with).trained()).isEqualTo(model.trained());
        good("train", data, "-o", with, "--model", "popularity", "--validation", "0.25");
        assertThat(Models.load(with).trained().size()).isEqualTo(3 * USERS);
        assertThat(Models.load(with).known()).isEqualTo(model.trained());
        for (String[] useless : new String[][] {
            {"--loss", "bce"},
            {"--set", "dimension=8"},
            {"--information"},
            {"--protocol", "paper"},
            {"--preset", "yelp2018"}
        }) {
            Object[] args = {"train", data, "-o", with, "--model", "popularity", useless[0]};
            if (useless.length > 1) {
                args = Arrays.copyOf(args, args.length + 1);
                args[args.length - 1] = useless[1];
            }
            Run refused = run(args);
            assertThat(refused.code()).as(useless[0]).isEqualTo(2);
            assertThat(refused.err())
                    .contains("has no use for")
                    .contains(useless[0].equals("--set") ? "dimension" : useless[0]);
        }
    }

    @Test
    void popularityRecommendsNothingThatIsKnown() {
        String list = good("recommend", popularity, "--user", LATE, "-n", 100).out();
        assertThat(list.lines().map(line -> line.split("\t")[1]))
                .doesNotContain("i0", "i3", "i6", "newest")
                .hasSize(ITEMS - 3);
    }

    /** As another program leaves it: factors, ids in an order of its own, who took what; nothing of ours. */
    @Test
    void anImportedTeacherOverTheSameDataIsAccepted() throws IOException {
        Path with = home.resolve("plain");
        Path export = home.resolve("export");
        good("train", data, "-o", with, "--loss", "mine+", "--set", "epochs=1", "--set", "dimension=8");
        good("export", with, "--format", "csv", "-o", export);
        Files.delete(export.resolve("seen.csv"));
        Files.move(export.resolve("trained.csv"), export.resolve("seen.csv"));
        for (String table : List.of("users.csv", "items.csv")) {
            List<String> lines = Files.readAllLines(export.resolve(table));
            List<String> rows = new ArrayList<>(lines.subList(1, lines.size()));
            rows.removeIf(row -> row.matches("(?:[^,]*)(?:,0\\.0)+"));
            Collections.reverse(rows);
            rows.add(0, lines.get(0));
            Files.write(export.resolve(table), rows);
        }
        Files.writeString(
                export.resolve("export.json"),
                JsonMapper.shared()
                        .writeValueAsString(
                                Map.of("format", "mineral-export", "version", 1, "model", "mf", "files", "csv")));
        Path teacher = home.resolve("teacher");
        good("import", export, "-o", teacher);
        good(
                "train",
                data,
                "-o",
                home.resolve("student"),
                "--teacher",
                teacher,
                "--loss",
                "mine+",
                "--set",
                "epochs=1",
                "--set",
                "dimension=4");
        Run refused = run(
                "train",
                data,
                "-o",
                home.resolve("student"),
                "--teacher",
                teacher,
                "--loss",
                "mine+",
                "--set",
                "epochs=1",
                "--set",
                "dimension=4",
                "--with-valid");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("240 interactions").contains("not on the 303");
    }
}
