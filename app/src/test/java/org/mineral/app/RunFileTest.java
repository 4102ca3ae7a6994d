package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.model.ModelInfo;
import org.mineral.model.Models;

@Tag("slow")
class RunFileTest {

    private static final String SMALL = """
            data: 'builtin:tastes:users=200,items=120'   # as on the command line
            loss: infonce+
            seed: 7
            validation: 0.1
            settings:
              dimension: 8
              epochs: 4
              temperature: 0.31
              candidates: uniform:60
            """;

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "mine+, --seed 3 --validation 0.2",
        "sampled-softmax, --set optimizer=adagrad --set history=0.3",
        "ccl, --set margin=0.31 --set temperature=0.2",
        "dcl, --validation 0.2 --retrain --set start=random",
        "dcl, --protocol paper --set averaging=0.5",
        "debiased-infonce, --set user_weight=0.123456789 --set start=random"
    })
    void aModelsOwnConfigTrainsItAgainToTheBit(String loss, String further) throws IOException {
        Path first = home.resolve("first");
        String train = "train builtin:tastes:users=200,items=120 --loss " + loss + " --set dimension=8 --set epochs=3 "
                + further + " -o " + first;
        assertThat(CommandLineTest.run((Object[]) train.split(" ")).code()).isZero();
        CommandLineTest.Run config = CommandLineTest.run("config", first);
        assertThat(config.code()).isZero();
        Path again = home.resolve("again");
        CommandLineTest.Run second = CommandLineTest.run("train", "--config", file(config.out()), "-o", again);
        assertThat(second.code()).as(second.err()).isZero();
        for (String name : List.of("model.json", "factors.safetensors", "users.tsv", "items.tsv")) {
            assertThat(again.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
        }
    }

    @Test
    void settingsAreListedThoseForExperimentsOnlyWhereAllAreAskedFor() {
        CommandLineTest.Run listed = CommandLineTest.run("config", "--settings", "mf");
        assertThat(listed.code()).isZero();
        assertThat(listed.out()).contains("learning_rate", "0.05", "0.001 to 1000", "lambda");
        assertThat(listed.out()).doesNotContain("temperature_exponent", "history_exponent");
        assertThat(CommandLineTest.run("config", "--settings", "mf", "--all").out())
                .contains("temperature_exponent", "history_exponent");
        assertThat(CommandLineTest.run("config", "--settings", "ease").out())
                .contains("l2")
                .doesNotContain("learning_rate");
        assertThat(CommandLineTest.run("config").code()).isEqualTo(2);
        assertThat(CommandLineTest.run("config", home, "--settings", "mf").code())
                .isEqualTo(2);
    }

    @Test
    void aTaughtModelIsTrainedAgainBesideItsTeacher() throws IOException {
        Path teacher = home.resolve("teacher");
        Path first = home.resolve("first");
        String data = "builtin:tastes:users=200,items=120";
        String few = " --preset none --set epochs=3 --set dimension=";
        CommandLineTest.run((Object[]) ("train " + data + few + "16 -o " + teacher).split(" "));
        String train = "train " + data + few + "8 --teacher " + teacher + " -o " + first;
        assertThat(CommandLineTest.run((Object[]) train.split(" ")).code()).isZero();
        String config = CommandLineTest.run("config", first).out();
        assertThat(config).contains("--config FILE -o MODEL --teacher TEACHER");
        Path again = home.resolve("again");
        assertThat(CommandLineTest.run("train", "--config", file(config), "-o", again)
                        .err())
                .contains("without a teacher");
        CommandLineTest.Run second =
                CommandLineTest.run("train", "--config", file(config), "--teacher", teacher, "-o", again);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(again.resolve("factors.safetensors")).hasSameBinaryContentAs(first.resolve("factors.safetensors"));
        assertThat(again.resolve("model.json")).hasSameTextualContentAs(first.resolve("model.json"));
    }

    @Test
    void aTunedModelsConfigTrainsItAgainToTheBit() throws IOException {
        Path first = home.resolve("first");
        String tune = "tune builtin:tastes:users=200,items=120 --trials 3 --epochs 6 --set dimension=8 --log "
                + home.resolve("log.jsonl") + " --report " + home.resolve("page.html") + " -o " + first;
        assertThat(CommandLineTest.run((Object[]) tune.split(" ")).code()).isZero();
        Path file = file(CommandLineTest.run("config", first).out());
        assertThat(file).content().contains("with-valid: true");
        Path again = home.resolve("again");
        CommandLineTest.Run second = CommandLineTest.run("train", "--config", file, "-o", again);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(again.resolve("model.json")).hasSameTextualContentAs(first.resolve("model.json"));
        assertThat(again.resolve("factors.safetensors")).hasSameBinaryContentAs(first.resolve("factors.safetensors"));
    }

    /** What was chosen once is trained with other seeds without choosing again: same epochs of the same schedule, all of train. */
    @Test
    void aRetrainedModelIsTrainedAgainWithAnotherSeed() throws IOException {
        Path first = home.resolve("first");
        String train = "train builtin:tastes:users=200,items=120 --validation 0.2 --retrain --set dimension=8"
                + " --set epochs=6 --set candidates=uniform:60 --loss infonce -o " + first;
        assertThat(CommandLineTest.run((Object[]) train.split(" ")).code()).isZero();
        Path file = file(CommandLineTest.run("config", first).out());
        Path other = home.resolve("other");
        CommandLineTest.Run second = CommandLineTest.run("train", "--config", file, "-o", other, "--seed", 43);
        assertThat(second.code()).as(second.err()).isZero();
        ModelInfo chosen = Models.info(first);
        ModelInfo again = Models.info(other);
        assertThat(again.config()).containsEntry("seed", "43");
        assertThat(again.config().get("stop_after"))
                .isEqualTo(chosen.config().get("stop_after"))
                .isNotEqualTo("0");
        assertThat(again.provenance().facts().get("data_hash"))
                .isEqualTo(chosen.provenance().facts().get("data_hash"));
        assertThat(Files.readAllBytes(other.resolve("factors.safetensors")))
                .isNotEqualTo(Files.readAllBytes(first.resolve("factors.safetensors")));
        assertThat(CommandLineTest.run("ensemble", first, other, "-o", home.resolve("both"))
                        .code())
                .isZero();
    }

    @Test
    void popularityHasAConfigToo() throws IOException {
        Path first = home.resolve("first");
        CommandLineTest.run("train", "builtin:tastes:users=200,items=120", "--model", "popularity", "-o", first);
        Path again = home.resolve("again");
        Path file = file(CommandLineTest.run("config", first).out());
        assertThat(CommandLineTest.run("train", "--config", file, "-o", again).code())
                .isZero();
        assertThat(again.resolve("model.json")).hasSameTextualContentAs(first.resolve("model.json"));
    }

    @Test
    void theCommandLineComesFirst() throws IOException {
        ModelInfo asItStands = info();
        assertThat(asItStands.config())
                .containsEntry("loss", "infonce+")
                .containsEntry("temperature", "0.31")
                .containsEntry("candidates", "uniform:60")
                .containsEntry("seed", "7");
        assertThat(asItStands.provenance().facts()).containsEntry("validation", 0.1);
        ModelInfo changed = info("--loss", "mine+", "--set", "temperature=0.2", "--seed", "8", "--validation=0.2");
        assertThat(changed.config())
                .containsEntry("loss", "mine+")
                .containsEntry("temperature", "0.2")
                .containsEntry("dimension", "8")
                .containsEntry("seed", "8");
        assertThat(changed.provenance().facts()).containsEntry("validation", 0.2);
        assertThat(info("--set", "seed=9").config()).containsEntry("seed", "9");
        assertThat(info("builtin:tastes:users=100,items=80").provenance().facts())
                .containsEntry("source", "builtin:tastes:users=100,items=80");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "los: mine+                   | 2 | unknown name 'los'. Did you mean 'loss'?",
                "loss: mime+                  | 2 | unknown loss 'mime+'. Did you mean 'mine+'?",
                "seed: many                   | 2 | seed: found 'many'; allowed: a whole number.",
                "validation: a bit            | 2 | found the validation 'a bit'; allowed: a share",
                "json: maybe                  | 2 | json: found 'maybe'; allowed: true or false.",
                "output: [a, b]               | 2 | output is a list; one value is expected.",
                "output: {a: b}               | 2 | output contains names; a value is expected.",
                "loss:                        | 2 | loss has no value",
                "settings: 5                  | 2 | settings must consist of lines of the form name: value",
                "settings: {epoch: 5}         | 2 | unknown setting 'epoch'. Did you mean 'epochs'?",
                "settings: {epochs: a few}    | 2 | epochs = 'a few' is not a whole number",
                "settings: {lambda: -3}       | 2 | lambda = -3 is out of range",
                "settings: {epochs: [5, 6]}   | 2 | epochs is a list; one value is expected.",
                "settings: {optimizer: adan}  | 2 | unknown optimizer 'adan'. Did you mean 'adam'?",
                "loss: 'mine+                 | 3 | this is not YAML: ",
                "data: twice                  | 2 | data is given twice; give it once.",
                "just words                   | 3 | this is not YAML: "
            })
    void whatAFileShouldNotHoldIsRefusedWithItsPlace(String line, int number, String message) throws IOException {
        Path file = file("data: builtin:tastes\n" + line + "\n");
        CommandLineTest.Run run = CommandLineTest.run("train", "--config", file, "-o", home.resolve("m"));
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("mineral: " + file + ", line " + number + ": " + message);
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void aMissingOrIncompleteFileIsRefused() throws IOException {
        assertThat(refusal("train", "--config", "nowhere.yaml", "-o", "m"))
                .contains("nowhere.yaml: there is no such file");
        assertThat(refusal("train", "--config", file(""), "-o", "m")).contains("is empty");
        assertThat(refusal("train", "--config", file("loss: mine+"), "-o", "m")).contains("DATA");
        assertThat(refusal("train", "--config", file("data: builtin:tastes"))).contains("--output");
        assertThat(refusal("train", "--config")).contains("--config");
        Files.write(home.resolve("run.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertThat(refusal("train", "--config", home.resolve("run.yaml"), "-o", "m"))
                .contains("run.yaml: found text in UTF-16");
    }

    @Test
    void aFileIsDecodedLikeAnyOther() throws IOException {
        byte[] text = "\ufeffdata: builtin:tastes\r\nloss: nothing\r\n".getBytes(StandardCharsets.UTF_8);
        Path packed = home.resolve("packed.yaml");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(text);
        }
        for (Path file : List.of(Files.write(home.resolve("marked.yaml"), text), packed)) {
            assertThat(refusal("train", "--config", file, "-o", "m")).contains(file + ", line 2: ", "'nothing'");
        }
    }

    @Test
    void searchesTakeAFileToo() throws IOException {
        String common = "data: builtin:tastes:users=200,items=120\njson: true\nsettings: {dimension: 8}\nreport: "
                + home.resolve("page.html") + "\n";
        CommandLineTest.Run compare =
                CommandLineTest.run("compare", "--config", file(common + "losses: [mine+, dcl]\nbudget: 2\n"));
        assertThat(compare.code()).as(compare.err()).isZero();
        assertThat(compare.json().get("entries").size()).isEqualTo(2);
        String log = "log: " + home.resolve("log.jsonl") + "\n";
        CommandLineTest.Run ablate = CommandLineTest.run(
                "ablate", "--config", file(common + log + "x: lambda=1,1.2\nbudget: 5\ntest: true\n"), "--budget", "2");
        assertThat(ablate.code()).as(ablate.err()).isZero();
        assertThat(ablate.json().get("budget").asString()).isEqualTo("2 epochs");
        assertThat(ablate.json().get("cells").get(1).get("test").isNumber()).isTrue();
        Files.delete(home.resolve("log.jsonl"));
        CommandLineTest.Run tune =
                CommandLineTest.run("tune", "--config", file(common + log + "trials: 3\nepochs: 3\nlosses: dcl\n"));
        assertThat(tune.code()).as(tune.err()).isZero();
        assertThat(tune.json().get("chosen").get("settings").get("loss").asString())
                .isEqualTo("dcl");
    }

    /** Trains from the small file, and tells what the model says of itself. */
    private ModelInfo info(String... further) throws IOException {
        Path model = home.resolve("model");
        Object[] args = Stream.concat(
                        Stream.of("train", "--config=" + file(SMALL), "-o", model), Arrays.stream(further))
                .toArray();
        CommandLineTest.Run run = CommandLineTest.run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return Models.info(model);
    }

    private String refusal(Object... args) {
        CommandLineTest.Run run = CommandLineTest.run(args);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        return run.err();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(home.resolve("run.yaml"), text);
    }
}
