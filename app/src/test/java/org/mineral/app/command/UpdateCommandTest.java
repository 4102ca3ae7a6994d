package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.command.DataImportCommandTest.Run;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class UpdateCommandTest {

    @TempDir
    Path home;

    private Path model() {
        Path model = home.resolve("model");
        Run run = run(
                "train", "builtin:tastes:users=100,items=60", "-o", model, "--set", "epochs=2", "--set", "dimension=8");
        assertThat(run.code()).as(run.err()).isZero();
        return model;
    }

    private static Run run(Object... args) {
        return DataImportCommandTest.run(args);
    }

    @Test
    void aModelTakesInNewUsersAndItemsInItsOwnPlace() throws Exception {
        Path model = model();
        String item = Files.readAllLines(model.resolve("items.tsv")).get(0);
        Path news = Files.writeString(home.resolve("news.csv"), "user,item\nnewcomer," + item + "\nnewcomer,novelty\n");
        Run run = run("update", model, news, "-o", model, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(run.out());
        assertThat(json.get("newUsers").asInt()).isEqualTo(1);
        assertThat(json.get("newItems").asInt()).isEqualTo(1);
        assertThat(json.get("newInteractions").asInt()).isEqualTo(2);
        assertThat(json.get("epochs").asInt()).isEqualTo(3);
        Run lists = run("recommend", model, "--user", "newcomer", "-n", "5");
        assertThat(lists.out().lines()).hasSize(5).noneMatch(line -> line.contains("novelty"));
        Run again = run("update", model, news, "-o", model);
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("nothing to update");
    }

    @Test
    void nothingNewIsNoFailureAndChangesNothing() throws Exception {
        Path model = model();
        String user = Files.readAllLines(model.resolve("users.tsv")).get(0);
        String item = run("recommend", model, "--user", user, "-n", 60, "--no-exclude-seen")
                .out()
                .lines()
                .map(line -> line.split("\t")[1])
                .filter(one ->
                        !run("recommend", model, "--user", user, "-n", 60).out().contains("\t" + one + "\t"))
                .findFirst()
                .orElseThrow();
        Path known = Files.writeString(home.resolve("known.csv"), "user,item\n" + user + "," + item + "\n");
        byte[] before = Files.readAllBytes(model.resolve("model.json"));
        Run inPlace = run("update", model, known, "-o", model, "--json");
        assertThat(inPlace.code()).as(inPlace.err()).isZero();
        JsonNode json = JsonMapper.shared().readTree(inPlace.out());
        assertThat(json.get("newInteractions").asInt()).isZero();
        assertThat(json.get("epochs").asInt()).isZero();
        assertThat(Files.readAllBytes(model.resolve("model.json"))).isEqualTo(before);

        Path copy = home.resolve("copy");
        assertThat(run("update", model, known, "-o", copy).code()).isZero();
        assertThat(run("recommend", copy, "--all", "-n", 3).out())
                .isEqualTo(run("recommend", model, "--all", "-n", 3).out());
    }

    /** As a night without orders writes them; only rows that cannot be understood are bad input. */
    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "user,item\n", "user,item,timestamp\r\n", "[]", "[ ]\n", "\ufeffuser\titem\n"})
    void emptyDataAreNothingNew(String text) throws Exception {
        Path model = model();
        byte[] before = Files.readAllBytes(model.resolve("model.json"));
        Path news = Files.writeString(home.resolve("news"), text);
        Run run = run("update", model, news, "-o", model);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("news holds no interactions; nothing to update");
        assertThat(Files.readAllBytes(model.resolve("model.json"))).isEqualTo(before);
        Path copy = home.resolve("copy");
        Run elsewhere = run("update", model, news, "-o", copy, "--json");
        assertThat(elsewhere.code()).as(elsewhere.err()).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(elsewhere.out())
                        .get("newInteractions")
                        .asInt())
                .isZero();
        assertThat(run("recommend", copy, "--all", "-n", 3).out())
                .isEqualTo(run("recommend", model, "--all", "-n", 3).out());
        assertThat(run("train", news, "-o", home.resolve("no")).code()).isEqualTo(2);
    }

    @Test
    void dataOfWhichNothingWasKeptAreBadInput() throws Exception {
        Path model = model();
        Path news = Files.writeString(home.resolve("bad.csv"), "user,item\na\nb\n");
        Run run = run("update", model, news, "-o", model, "--skip-bad");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("bad.csv: found no interactions");
        assertThat(run("update", model, home.resolve("missing.csv"), "-o", model)
                        .code())
                .isEqualTo(2);
    }

    @Test
    void whatAModelCannotDoIsRefused() {
        String source = "builtin:tastes:users=100,items=60";
        Path popular = home.resolve("popular");
        assertThat(run("train", source, "-o", popular, "--model", "popularity").code())
                .isZero();
        String kind = "a model of the kind 'popularity' has no ";
        assertThat(run("similar", popular, "--item", "x").err()).contains(kind + "similar items; kinds that do: ");
        assertThat(run("export", popular, "--format", "npy", "-o", home.resolve("npy"))
                        .err())
                .contains(kind + "vectors of users and items; kinds that do: ");
        Path truth = home.resolve("truth");
        assertThat(run("train", source, "-o", truth, "--model", "planted").code())
                .isZero();
        Run run = run("update", truth, "builtin:tastes:users=90,items=60", "-o", home.resolve("out"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("has no way to take in new interactions; kinds that do: ");
    }

    /** Without epochs: computed again, with what the model knows. */
    @ParameterizedTest
    @ValueSource(strings = {"ease", "ials", "user-knn"})
    void modelsWithoutEpochsAreComputedAgain(String name) throws Exception {
        Path model = home.resolve(name);
        assertThat(run("train", "builtin:tastes:users=100,items=60", "-o", model, "--model", name, "--effort", "quick")
                        .code())
                .isZero();
        String item = run("recommend", model, "--all", "-n", 1).out().split("\t")[1];
        Path news = Files.writeString(home.resolve("day.csv"), "user,item\nnewcomer," + item + "\nnewcomer,novelty\n");
        Run run = run("update", model, news, "-o", model);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("2 new interactions, 1 new users, 1 new items: updated in ");
        Run list = run("recommend", model, "--user", "newcomer", "-n", 5);
        assertThat(list.code()).as(list.err()).isZero();
        assertThat(list.out().lines()).hasSize(5).noneMatch(line -> line.contains("\t" + item + "\t"));
        assertThat(run("update", model, news, "-o", model, "--set", "epochs=3").err())
                .contains("'epochs'", name);
    }

    @Test
    void anUnknownSettingIsRefusedWithTheNearest() throws Exception {
        Path model = model();
        Path news = Files.writeString(home.resolve("news.csv"), "user,item\nnewcomer,novelty\n");
        assertThat(run("update", model, news, "-o", home.resolve("out"), "--set", "epoch=3")
                        .err())
                .contains("'epoch'")
                .contains("epochs");
    }
}
