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

/** What {@code train} begins with where nothing says how. */
@Tag("slow")
class TrainDefaultsTest {

    private static final String DATA = "builtin:tastes:users=60,items=40,activity=6";

    @TempDir
    Path home;

    private Run train(String name, String more) {
        String words = "train " + DATA + " -o " + home.resolve(name) + " --json" + (more.isEmpty() ? "" : " " + more);
        Run run = DataImportCommandTest.run((Object[]) words.split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode json(Run run) {
        return JsonMapper.shared().readTree(run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--loss softmax", "--set dimension=8 --seed 3"})
    void theRulesOfAutoAreTheDefault(String more) {
        Run run = train("model", more);
        JsonNode json = json(run);
        assertThat(json.get("preset").asString()).isEqualTo("auto");
        assertThat(json.get("settings").get("item_bias").asString()).isEqualTo("true");
        assertThat(json.get("settings").get("temperature").asString()).isEqualTo("0.5");
        assertThat(run.err()).contains("preset auto: temperature=0.5", "--preset none");
        Run named = train("named", more + (more.isEmpty() ? "" : " ") + "--preset auto");
        assertThat(json(named).get("settings")).isEqualTo(json.get("settings"));
        assertThat(named.err()).doesNotContain("--preset none");
    }

    @Test
    void whereThereIsEnoughToMeasureASearchBegins() {
        String more = "--set dimension=8 --seed 3";
        String words = "train builtin:tastes:users=300,items=150 -o " + home.resolve("model") + " --json " + more;
        Run run = DataImportCommandTest.run((Object[]) words.split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode search = json(run).get("search");
        assertThat(search.get("trials").size()).isGreaterThan(2);
        assertThat(search.get("trials").get(0).get("curve").size()).isGreaterThan(1);
        assertThat(json(run).get("settings").get("dimension").asString()).isEqualTo("8");
        assertThat(run.err()).contains("search: ", "settings: temperature=", "--effort quick");
        assertThat(home.resolve("model.checkpoint")).doesNotExist();
        Run quick = DataImportCommandTest.run((Object[]) (words + " --effort quick").split(" "));
        assertThat(json(quick).has("search")).isFalse();
        assertThat(quick.err()).contains("preset auto: ").doesNotContain("search");
        assertThat(DataImportCommandTest.run((Object[]) (words + " --effort most").split(" "))
                        .err())
                .contains("quick, normal");
        assertThat(DataImportCommandTest.run((Object[]) (words + " --effort normal --set epochs=2").split(" "))
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aLossThatIsNamedHasASearchOfItsOwn() {
        String words = "train builtin:tastes:users=300,items=150 -o " + home.resolve("model")
                + " --json --set dimension=8 --loss bpr";
        Run run = DataImportCommandTest.run((Object[]) words.split(" "));
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode json = json(run);
        assertThat(json.get("search").get("trials").size()).isGreaterThan(2);
        assertThat(json.get("settings").get("loss").asString()).isEqualTo("bpr");
        assertThat(json.has("preset")).isFalse();
        assertThat(run.err())
                .contains("the model's own defaults", "first settings")
                .doesNotContain("by rules", "preset auto");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--preset none",
                "--set learning_rate=0.05",
                "--set epochs=2",
                "--set lambda=1.2",
                "--set similarity=dot --set epochs=3",
                "--set candidates=uniform:20",
                "--loss bpr --effort quick",
                "--loss bpr --preset none",
                "--model lightgcn",
            })
    void otherwiseTheLossBeginsWithItsOwn(String more) {
        Run run = train("model", more);
        JsonNode json = json(run);
        assertThat(json.has("preset")).isFalse();
        assertThat(json.get("settings").get("item_bias").asString()).isEqualTo("false");
        assertThat(json.get("settings").get("history").asDouble()).isZero();
        assertThat(run.err()).doesNotContain("preset");
    }

    @Test
    void noneIsAnAllowedValue() {
        Run run = DataImportCommandTest.run("train", "builtin:tastes", "-o", home.resolve("no"), "--preset", "non");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean 'none'?", "yelp2018, none");
    }

    @Test
    void aFileSaysAllOfARun() throws Exception {
        train("model", "--preset none");
        Run config = DataImportCommandTest.run("config", home.resolve("model"));
        Path file = Files.writeString(home.resolve("run.yaml"), config.out());
        Run again = DataImportCommandTest.run("train", "--config", file, "-o", home.resolve("again"), "--json");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(json(again).has("preset")).isFalse();
        assertThat(Files.readAllBytes(home.resolve("again/factors.safetensors")))
                .isEqualTo(Files.readAllBytes(home.resolve("model/factors.safetensors")));
    }
}
