package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.command.DataImportCommandTest.Run;
import org.mineral.app.serve.ItemWeightsFixture;
import org.mineral.model.FactorModel;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model.Recommendation;

/** The command line with a model of item-to-item weights. */
class ItemWeightsCommandsTest {

    @TempDir
    static Path home;

    private static Path data;
    private static Path factors;
    private static Path weights;
    private static ItemSimilarityModel model;

    @BeforeAll
    static void make() throws IOException {
        data = home.resolve("data");
        factors = home.resolve("factors");
        weights = home.resolve("weights");
        good("data", "split", "builtin:tastes:users=200,items=100", "-o", data);
        good("train", data, "-o", factors, "--set", "epochs=2", "--set", "dimension=8");
        model = ItemWeightsFixture.save(FactorModel.load(factors), weights);
    }

    private static Run good(Object... args) {
        Run run = DataImportCommandTest.run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @Test
    void recommendsToUsersAndHistories() {
        String user = model.users().id(3);
        List<String> lines = good("recommend", weights, "--user", user, "-n", 5)
                .out()
                .lines()
                .toList();
        List<Recommendation> expected = model.recommend(user, 5);
        for (int r = 0; r < 5; r++) {
            assertThat(lines.get(r).split("\t"))
                    .containsExactly(user, expected.get(r).item(), String.valueOf(r + 1), String.valueOf((float)
                            expected.get(r).score()));
        }
        String history = model.items().id(5) + "," + model.items().id(2) + ","
                + model.items().id(5);
        assertThat(good("recommend", weights, "--history", history, "-n", 7)
                        .out()
                        .lines())
                .hasSize(7)
                .allMatch(line -> line.startsWith("-\t"))
                .noneMatch(line -> line.contains("\t" + model.items().id(5) + "\t"));
    }

    @Test
    void isEvaluatedAgainstFactorsAndTeachesThem() throws IOException {
        assertThat(good("evaluate", weights, data, "--against", factors).out()).contains("NDCG@20");
        Path student = home.resolve("student");
        good("train", data, "-o", student, "--teacher", weights, "--set", "epochs=1", "--set", "dimension=8");
        assertThat(Files.readString(student.resolve("model.json"))).contains("\"teacher_items\"", "neighbours");
    }

    @Test
    void similarItemsAreThoseOfItsRows() {
        String item = model.items().id(7);
        assertThat(good("similar", weights, "--item", item, "-n", 3).out().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith(item + "\t" + model.similarItems(item, 1).get(0).item() + "\t1\t");
    }

    /** Lists that another program makes of the exported weights are the model's. */
    @ParameterizedTest
    @ValueSource(strings = {"npy", "safetensors", "csv", "parquet"})
    void isExported(String format) throws IOException {
        Path to = home.resolve("export-" + format);
        assertThat(good("export", weights, "--format", format, "-o", to, "--json")
                        .out())
                .contains("\"weights\" : " + model.weights().size());
        if (format.equals("csv")) {
            Map<String, Float> scores = new HashMap<>();
            String item = model.items().id(5);
            for (String line : Files.readAllLines(to.resolve("weights.csv"))) {
                String[] fields = line.split(",");
                if (fields[0].equals(item)) {
                    scores.put(fields[1], Float.valueOf(fields[2]));
                }
            }
            model.similarItems(item, 3)
                    .forEach(best -> assertThat(scores.get(best.item())).isEqualTo((float) best.score()));
        }
        Run run = DataImportCommandTest.run("import", to, "-o", home.resolve("again"));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("holds item weights").contains("made of factors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "similar WEIGHTS --user user-1",
                "information WEIGHTS DATA",
                "ensemble WEIGHTS WEIGHTS -o OUT",
                "serve WEIGHTS --retrieval hnsw --port 0"
            })
    void whatItCannotDoIsRefusedWithWhatCan(String command) {
        Run run = DataImportCommandTest.run((Object[]) command.replace("WEIGHTS", weights.toString())
                .replace("DATA", data.toString())
                .replace("OUT", home.resolve("out").toString())
                .split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("'item-knn' has no ")
                .containsPattern("kinds that do: .*\\bmf\\b")
                .doesNotContain("\tat ");
        assertThat(home.resolve("out")).doesNotExist();
    }
}
