package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.Main;
import org.mineral.data.read.Datasets;
import org.mineral.model.Models;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code --validation last} from the command line to what it leaves behind. */
@Tag("slow")
class ValidationLastTest {

    @TempDir
    private Path home;

    private Path data;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Rows in no order of their items, as the standard data sets come. */
    @BeforeEach
    void writeLists() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        data = Files.createDirectory(home.resolve("lists"));
        StringBuilder train = new StringBuilder();
        StringBuilder test = new StringBuilder();
        for (int u = 0; u < 120; u++) {
            train.append(u);
            for (int k = 0; k < 12; k++) {
                train.append(' ').append(10 * (u % 6) + random.nextInt(12));
            }
            train.append('\n');
            test.append(u).append(' ').append(10 * (u % 6) + random.nextInt(12)).append('\n');
        }
        Files.writeString(data.resolve("train.txt"), train);
        Files.writeString(data.resolve("test.txt"), test);
    }

    private int run(String... args) {
        out.reset();
        err.reset();
        return Main.run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    private String path(String name) {
        return home.resolve(name).toString();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--validation=last:0.2", "--validation=last:0.2 --retrain", "--validation=0.2 --retrain"})
    void aModelsConfigTrainsItAgain(String options) throws IOException {
        String first = path("first");
        String train = "train " + data + " -o " + first + " --set dimension=8 --set epochs=4 " + options;
        assertThat(run(train.split(" "))).as(said()).isZero();
        assertThat(run("config", first)).isZero();
        String config = printed();
        Path file = Files.writeString(home.resolve("run.yaml"), config);
        assertThat(run("train", "--config", file.toString(), "-o", path("again")))
                .as(said())
                .isZero();
        assertThat(home.resolve("again/factors.safetensors"))
                .hasSameBinaryContentAs(home.resolve("first/factors.safetensors"));
        boolean retrained = options.contains("--retrain");
        boolean last = options.contains("last");
        assertThat(Models.info(Path.of(first)).provenance().facts().get("chosen_on"))
                .isEqualTo(retrained && last ? "last:0.2" : null);
        assertThat(Models.info(Path.of(path("again"))).provenance().facts().get("validation"))
                .isEqualTo(retrained ? null : "last:0.2");
        assertThat(config.contains("# chosen on last:0.2")).isEqualTo(retrained && last);
    }

    @Test
    void theCommandsOfAComparisonRepeatItsFigure() {
        String[] compare = {
            "compare",
            data.toString(),
            "--losses",
            "mine+",
            "--budget",
            "3",
            "--set",
            "dimension=8",
            "--validation",
            "last",
            "--retrain",
            "--json",
            "--report",
            path("r.html")
        };
        assertThat(run(compare)).as(said()).isZero();
        JsonNode result = json();
        JsonNode entry = result.get("entries").get(0);
        assertThat(result.get("selection").asString()).isEqualTo("validation (last), retrained");
        assertThat(result.get("protocol").get(0).asString()).contains("the last 10 %", "in the order of the file");
        String train = entry.get("commands").get(0).asString().replace("./mineral ", "");
        assertThat(train).contains(" --validation last:0.1 --retrain ");
        assertThat(run(train.replace("model-", path("model-")).split(" ")))
                .as(said())
                .isZero();
        String evaluate = entry.get("commands").get(1).asString().replace("./mineral ", "") + " --json";
        assertThat(run(evaluate.replace("model-", path("model-")).split(" ")))
                .as(said())
                .isZero();
        assertThat(json().get("metrics").get("NDCG@20").asDouble())
                .isCloseTo(entry.get("metrics").get("NDCG@20").asDouble(), within(1e-12));
    }

    @Test
    void theSelectionProtocolOfASearchIsInItsModelAndIdentifiesTheSearch() {
        String[] tune = {
            "tune",
            data.toString(),
            "--trials",
            "3",
            "--epochs",
            "3",
            "--set",
            "dimension=8",
            "--log",
            path("t.jsonl"),
            "--report",
            path("t.html"),
            "--json",
            "-o",
            path("model"),
            "--validation",
            "last"
        };
        assertThat(run(tune)).as(said()).isZero();
        assertThat(json().get("selection").asString()).isEqualTo("validation (last), searched");
        assertThat(Models.info(Path.of(path("model"))).provenance().facts()).containsEntry("chosen_on", "last:0.1");
        tune[tune.length - 1] = "random";
        assertThat(run(tune)).isEqualTo(2);
        assertThat(said()).contains("trials of something else", "validation=last");
        tune[tune.length - 1] = "lst";
        assertThat(run(tune)).isEqualTo(2);
        assertThat(said()).contains("Did you mean 'last'?");
    }

    @Test
    void splitsByFileOrderReportWhatTheyNeed() throws IOException {
        Path file = Files.writeString(home.resolve("f.txt"), "0 9 7 4 8 1 3 2 6 5 0\n");
        assertThat(run("data", "split", file.toString(), "-o", path("tail"), "--by", "tail:0.8:0.1:0.1"))
                .isZero();
        assertThat(home.resolve("tail/test.csv")).hasContent("user,item\n0,0\n");
        assertThat(home.resolve("tail/valid.csv")).hasContent("user,item\n0,5\n");
        assertThat(home.resolve("tail/train.csv")).content().startsWith("user,item\n0,9\n0,7\n0,4\n");
        assertThat(run("data", "split", file.toString(), "-o", path("last"), "--by", "last", "--ratios", "1,1"))
                .as("no times, and the order of the file was not asked for")
                .isEqualTo(2);
        assertThat(said()).contains("no timestamps", "last:1:1:file");
        assertThat(run("data", "split", file.toString(), "-o", path("last"), "--by", "last:0:3:file"))
                .isZero();
        assertThat(home.resolve("last/test.csv")).hasContent("user,item\n0,6\n0,5\n0,0\n");
        assertThat(run(
                        "data",
                        "import",
                        file.toString(),
                        "-o",
                        path("import"),
                        "--split",
                        "tail",
                        "--format",
                        "lightgcn"))
                .isZero();
        assertThat(home.resolve("import/train.txt")).hasContent("0 9 7 4 8 1 3 2 6");
        assertThat(run("data", "convert", file.toString(), "-o", path("lists2"), "--format", "lightgcn"))
                .isZero();
        assertThat(home.resolve("lists2/train.txt")).hasSameTextualContentAs(file);
        assertThat(run("data", "split", file.toString(), "-o", path("x"), "--by", "tail:1:0:0", "--ratios", "1,0,0"))
                .isEqualTo(2);
    }

    /** DuckDB hands the rows of a Parquet file and of a query over as they come. */
    @Test
    void tablesAndQueriesKeepTheOrderOfTheirRows() {
        String[] query = {
            "data",
            "import",
            "-o",
            path("query"),
            "--split",
            "last:0:2:file",
            "--sql",
            "select 'u' as user, 'i' || (97 * k % 101) as item from range(1, 90) t(k)"
        };
        assertThat(run(query)).as(said()).isZero();
        assertThat(home.resolve("query/test.csv"))
                .hasContent("user,item\nu,i%d\nu,i%d\n".formatted(97 * 88 % 101, 97 * 89 % 101));
    }

    @Test
    void whatHasNoOrderOrNoNeedOfItIsRefused() throws IOException {
        assertThat(run("train", "builtin:tastes:users=100,items=80", "-o", path("m"), "--validation", "last"))
                .isEqualTo(2);
        assertThat(said()).contains("generated data", "at random");
        assertThat(run("train", data.toString(), "-o", path("m"), "--validation", "last", "--protocol", "paper"))
                .isEqualTo(2);
        Files.writeString(data.resolve("valid.txt"), "0 1 2\n1 3\n");
        assertThat(Datasets.read(data).valid().size()).isPositive();
        String[] ablate = {
            "ablate",
            data.toString(),
            "--x",
            "lambda=1,1.1",
            "--budget",
            "1",
            "--validation",
            "last",
            "--log",
            path("a.jsonl"),
            "--report",
            path("a.html")
        };
        assertThat(run(ablate)).isEqualTo(2);
        assertThat(said()).contains("leave --validation out");
    }
}
