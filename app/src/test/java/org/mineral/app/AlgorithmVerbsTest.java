package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.ModelSpec;
import org.mineral.app.CommandLineTest.Run;
import org.mineral.data.read.Datasets;
import org.mineral.data.write.DataFormat;
import org.mineral.data.write.DatasetWriter;
import org.mineral.model.Models;

/** Every verb that trains ranges over the algorithms. */
@Tag("slow")
class AlgorithmVerbsTest {

    private static final String DATA = "builtin:tastes:users=150,items=80,activity=20";

    @TempDir
    private Path home;

    static List<String> names() {
        return Algorithms.names();
    }

    /** Generated data have no order; the rows of a file have. */
    private Object data(String name) {
        if (!ModelSpec.of(name).configured().readsOrder()) {
            return DATA;
        }
        Path file = home.resolve("data");
        new DatasetWriter(DataFormat.CSV, true).write(Datasets.read(DATA), file);
        return file;
    }

    private static Run good(Object... args) {
        Run run = CommandLineTest.run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static String refused(Object... args) {
        Run run = CommandLineTest.run(args);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        return run.err();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyAlgorithmIsTrainedEvaluatedAndServes(String name) {
        Path model = home.resolve("model");
        Object data = data(name);
        boolean epochs = ModelSpec.of(name).configured().has("epochs");
        Path features = home.resolve("items.csv");
        write(
                features,
                "item,kind\n"
                        + IntStream.range(0, 80)
                                .mapToObj(k -> "item-" + k + "," + k % 7 + "\n")
                                .collect(Collectors.joining()));
        Run train = epochs
                ? good(
                        "train",
                        data,
                        "-o",
                        model,
                        "--model",
                        name,
                        "--set",
                        "epochs=2",
                        "--set",
                        "dimension=8",
                        "--json")
                : good("train", data, "-o", model, "--model", name, "--item-features", features, "--json");
        assertThat(train.json().get("kind").asString()).isEqualTo(name);
        assertThat(train.json().get("curve").size()).isEqualTo(epochs ? 2 : 0);
        assertThat(good("evaluate", model, data, "--json")
                        .json()
                        .get("metrics")
                        .get("NDCG@20")
                        .asDouble())
                .isPositive();
        assertThat(good("recommend", model, "--user", "user-3", "-n", 5).out().lines())
                .hasSize(5);
        Path file = home.resolve("run.yaml");
        write(file, good("config", model).out());
        Path again = home.resolve("again");
        good("train", "--config", file, "-o", again);
        assertThat(again.resolve("model.json")).hasSameTextualContentAs(model.resolve("model.json"));
        assertThat(again.resolve("factors.safetensors")).hasSameBinaryContentAs(model.resolve("factors.safetensors"));
    }

    @Test
    void modelsOfDifferentKindsAreBlended() {
        Path ease = home.resolve("ease");
        Path walk = home.resolve("walk");
        Path both = home.resolve("both");
        good("train", DATA, "-o", ease, "--model", "ease");
        good("train", DATA, "-o", walk, "--model", "rp3beta");
        Run run = good("ensemble", "--blend", ease, walk, "-o", both, "--json");
        assertThat(run.json().get("members").get(0).get("weight").asDouble()).isBetween(0.05, 1.0);
        good("ensemble", "--blend", ease, walk, "-o", both, "--weights", "0.5,1.5");
        assertThat(good("evaluate", both, DATA, "--json")
                        .json()
                        .get("metrics")
                        .get("NDCG@20")
                        .asDouble())
                .isPositive();
        assertThat(good("recommend", both, "--history", "item-1,item-2", "-n", 5)
                        .out()
                        .lines())
                .hasSize(5);
        assertThat(refused("ensemble", "--blend", ease, walk, "-o", both, "--weights", "1"))
                .contains("1 weights for 2 models");
        assertThat(refused("ensemble", ease, walk, "-o", both, "--weights", "1,1"))
                .contains("--blend");
        assertThat(refused("ensemble", ease, walk, "-o", both))
                .contains("'ease' has no ")
                .contains("or models of any kinds: --blend");
        Path whole = home.resolve("whole");
        Path pairs = home.resolve("pairs.csv");
        write(pairs, "user,item\nu1,a\nu1,b\nu2,b\nu2,c\nu3,a\nu3,c\n");
        good("train", pairs, "-o", whole, "--model", "ease");
        assertThat(refused("ensemble", "--blend", whole, "-o", both))
                .contains("o choose them: mineral train --validation")
                .contains("o set them: --weights");
    }

    private static void write(Path file, String text) {
        try {
            java.nio.file.Files.writeString(file, text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void modelsAreComparedBesideLosses() {
        Run run = good(
                "compare",
                DATA,
                "--models",
                "ease,rp3beta(alpha=0.6,neighbours=20),popularity",
                "--losses",
                "mine+",
                "--set",
                "dimension=8",
                "--set",
                "l2=50",
                "--budget",
                2,
                "--report",
                home.resolve("report.html"),
                "--json");
        assertThat(run.json()
                        .get("entries")
                        .valueStream()
                        .map(e -> e.get("name").asString()))
                .containsExactlyInAnyOrder("mine+", "ease", "rp3beta(alpha=0.6,neighbours=20)");
        run.json().get("entries").valueStream().forEach(entry -> {
            assertThat(entry.get("formula").asString()).isNotEmpty();
            assertThat(entry.get("source").asString()).isNotEmpty();
            if (entry.get("name").asString().equals("ease")) {
                assertThat(entry.get("settings").get("l2").asString()).isEqualTo("50");
                assertThat(entry.get("commands").get(0).asString())
                        .contains("--model ease --set l2=50")
                        .doesNotContain("--loss", "epochs", "dimension");
            }
        });
        assertThat(home.resolve("report.html")).content().contains("Steck 2019", "Paudel et al. 2016");
    }

    @Test
    void closedFormsAreTunedAblatedAndKeptAsPresets() {
        Path preset = home.resolve("found.json");
        Path model = home.resolve("tuned");
        Run tuned = good(
                "tune",
                DATA,
                "--model",
                "ease",
                "--trials",
                4,
                "-o",
                model,
                "--save-preset",
                preset,
                "--log",
                home.resolve("t.jsonl"),
                "--report",
                home.resolve("t.html"),
                "--json");
        assertThat(tuned.json().get("trials").size()).isEqualTo(4);
        assertThat(Models.load(model).name()).isEqualTo("ease");
        String l2 = tuned.json().get("last").get("settings").get("l2").asString();
        Path again = home.resolve("again");
        good("train", DATA, "-o", again, "--model", "ease", "--preset", preset);
        assertThat(Models.info(again).config()).containsEntry("l2", l2);
        Run ablated = good(
                "ablate",
                DATA,
                "--model",
                "rp3beta",
                "--x",
                "beta=0,0.5",
                "--y",
                "alpha=0.5,1",
                "--log",
                home.resolve("a.jsonl"),
                "--report",
                home.resolve("a.html"),
                "--json");
        assertThat(ablated.json().get("cells").size()).isEqualTo(4);
        assertThat(ablated.json().get("commands").get(0).asString()).contains("--model rp3beta");
        assertThat(ablated.json().get("protocol").toString()).doesNotContainIgnoringCase("epoch");
        assertThat(home.resolve("a.html")).content().doesNotContain("Budget a cell");
        assertThat(good(
                                "tune",
                                DATA,
                                "--model",
                                "ease",
                                "--trials",
                                4,
                                "--log",
                                home.resolve("t.jsonl"),
                                "--report",
                                home.resolve("t.html"))
                        .out())
                .contains("ease")
                .doesNotContain("0 of 0");
        assertThat(home.resolve("t.html"))
                .content()
                .contains("Each point is computed once.")
                .doesNotContain("halving");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train DATA -o HOME/m --model ease --loss bpr; --loss",
                "train DATA -o HOME/m --model ease --information; --information",
                "train DATA -o HOME/m --model ease --checkpoint 1; --checkpoint",
                "train DATA -o HOME/m --model ease --protocol paper; --protocol",
                "train DATA -o HOME/m --model ease --preset yelp2018; --preset",
                "train DATA -o HOME/m --model ease --teacher HOME/t; --teacher",
                "train DATA -o HOME/m --model ease --set lambda=1.1; neighbours",
                "train DATA -o HOME/m --model rp3bet; 'rp3beta'",
                "train DATA -o HOME/m --loss bpr --set loss=mse; twice",
                "tune DATA --model popularity; nothing of popularity is left to tune",
                "tune DATA --model ease --losses bpr; lightgcn, mf",
                "tune DATA --model ease --preset yelp2018; none for ease",
                "ablate DATA --model ease --loss bpr --x l2=1,2; lightgcn, mf",
                "compare DATA --models ease --set lambda=1; lambda",
                "compare DATA --models easy; 'ease'",
                "compare DATA --models popularity; floor",
                "compare DATA --models ease --model lightgcn; --losses"
            })
    void whatAnAlgorithmCannotDoIsRefusedWithWhatCan(String line) {
        String[] parts = line.split("; ");
        Object[] args =
                parts[0].replace("DATA", DATA).replace("HOME", home.toString()).split(" ");
        assertThat(refused(args)).contains(parts[1]);
    }
}
