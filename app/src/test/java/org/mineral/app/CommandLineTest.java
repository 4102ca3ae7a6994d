package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.app.console.Console;
import org.mineral.model.io.ModelLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the verbs promise: results on standard output, everything else on standard error, exit codes 0, 1, 2. */
class CommandLineTest {

    private static final String DATA = "builtin:tastes:users=200,items=120";

    @TempDir
    static Path home;

    private static Path model;

    record Run(int code, String out, String err) {
        JsonNode json() {
            return JsonMapper.shared().readTree(out);
        }

        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Run run(Object... args) {
        return run(System.getenv(), args);
    }

    static Run run(Map<String, String> environment, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] texts = Arrays.stream(args).map(String::valueOf).toArray(String[]::new);
        int code = Main.run(
                texts,
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false),
                environment);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @BeforeAll
    static void train() {
        model = home.resolve("model");
        Run run = run("train", DATA, "-o", model, "--set", "epochs=3", "--set", "dimension=16", "--json");
        assertThat(run.err()).contains("plan: ");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("epochs").asInt()).isEqualTo(3);
    }

    @Test
    void helpListsAllVerbs() {
        Run run = run("--help");
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains(
                        "demo",
                        "compare",
                        "train",
                        "ensemble",
                        "evaluate",
                        "recommend",
                        "similar",
                        "loss",
                        "data",
                        "doctor",
                        "bench");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "ensemble",
                "evaluate",
                "recommend",
                "similar",
                "loss",
                "data",
                "doctor",
                "demo",
                "compare",
                "information",
                "bench",
                "ablate",
                "tune",
                "export",
                "import",
                "update",
                "serve"
            })
    void everyVerbHasHelp(String verb) {
        Run run = run(verb, "--help");
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: mineral " + verb);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void evaluationIsOneJsonDocumentWithUsersAndMetrics() {
        Run run = run("evaluate", model, DATA, "--at", "5,20", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("users").asInt()).isPositive();
        assertThat(run.json().get("metrics").get("Recall@20").asDouble()).isBetween(0.05, 1.0);
        assertThat(run.json().get("metrics").get("NDCG@5").asDouble()).isBetween(0.0, 1.0);
        assertThat(run.json().get("metrics").get("Gini@5").asDouble()).isBetween(0.01, 0.99);
        assertThat(run.json().get("metrics").get("Novelty@5").asDouble()).isBetween(1.0, 20.0);
    }

    @Test
    void informationIsBoundedAndWrittenBothWays() {
        Run run = run("information", model, DATA, "--candidates", 50, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("own").size()).isEqualTo(2);
        for (JsonNode bounds : run.json().get("best")) {
            double tightest = bounds.get("barberAgakov").asDouble();
            assertThat(tightest).isBetween(0.01, run.json().get("information").asDouble());
            assertThat(bounds.get("donskerVaradhan").asDouble()).isLessThanOrEqualTo(tightest);
            assertThat(bounds.get("infoNce").asDouble()).isLessThan(Math.log(50));
        }
        Run table = run("information", model, DATA, "--on", "test");
        assertThat(table.lines().get(0)).startsWith("nats, test part");
        assertThat(table.lines()).hasSize(8);
        assertThat(columns(table.lines()))
                .as("each column is headed by what it is")
                .doesNotHaveDuplicates()
                .containsExactly("as trained b s", "as trained b s - log p(i)", "best b b s", "best b b s - log p(i)");
        assertThat(run("information", model, DATA, "--on", "tset").err()).contains("Did you mean 'test'?");
        assertThat(run("information", model, DATA, "--scale", "-1").code()).isEqualTo(2);
    }

    /** Both lines of the head, column by column. */
    private static List<String> columns(List<String> lines) {
        return IntStream.range(0, 4)
                .map(k -> 26 + 16 * k)
                .mapToObj(at -> lines.get(0).substring(at, at + 16).strip() + " "
                        + lines.get(1).substring(at, at + 16).strip())
                .toList();
    }

    @Test
    void informationIsMeasuredBesideTheEpochs() {
        Object[] args = {
            "train", DATA, "-o", home.resolve("known"), "--set", "epochs=2", "--set", "dimension=8", "--information"
        };
        Run table = run(args);
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.lines()).hasSize(5);
        Object[] json = Arrays.copyOf(args, args.length + 1);
        json[args.length] = "--json";
        JsonNode curve = run(json).json().get("curve");
        JsonNode last = curve.get(1).get("information").get("best").get(1);
        assertThat(last.get("barberAgakov").asDouble())
                .isGreaterThan(curve.get(0)
                        .get("information")
                        .get("best")
                        .get(1)
                        .get("barberAgakov")
                        .asDouble());
    }

    @Test
    void recommendationsAreExactlyNLinesBestFirst() {
        String user = run("recommend", model, "--all", "-n", 1).lines().get(0).split("\t")[0];
        Run run = run("recommend", model, "--user", user, "-n", 7);
        assertThat(run.lines()).hasSize(7);
        double last = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 7; k++) {
            String[] fields = run.lines().get(k).split("\t");
            assertThat(fields).hasSize(4);
            assertThat(fields[0]).isEqualTo(user);
            assertThat(fields[2]).isEqualTo(Integer.toString(k + 1));
            assertThat(Double.parseDouble(fields[3])).isLessThanOrEqualTo(last);
            last = Double.parseDouble(fields[3]);
        }
        assertThat(run("recommend", model, "--user", user, "-n", 9999, "--no-exclude-seen")
                        .lines())
                .hasSize(run("recommend", model, "--user", user, "-n", 500, "--no-exclude-seen", "--json")
                        .json()
                        .size());
    }

    @Test
    void aHistoryIsFoldedInAndItsItemsAreLeftOut() {
        List<String> some = run("recommend", model, "--all", "-n", 2).lines();
        String first = some.get(0).split("\t")[1];
        String second = some.get(1).split("\t")[1];
        Run run = run("recommend", model, "--history", first + "," + second, "-n", 5);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(5).allMatch(line -> line.startsWith("-\t"));
        assertThat(run.lines()).noneMatch(line -> line.split("\t")[1].equals(first));
    }

    @Test
    void usersAreReadFromAFile() throws IOException {
        String user = run("recommend", model, "--all", "-n", 1).lines().get(0).split("\t")[0];
        Path file = Files.writeString(home.resolve("users.txt"), user + "\n\n" + user + "\n");
        assertThat(run("recommend", model, "--users", file, "-n", 3).lines())
                .as("named twice, listed once")
                .hasSize(3);
    }

    @Test
    void neighboursDoNotIncludeTheItemItself() {
        String item = run("recommend", model, "--all", "-n", 1).lines().get(0).split("\t")[1];
        Run run = run("similar", model, "--item", item, "-n", 4);
        assertThat(run.lines()).hasSize(4).allMatch(line -> line.startsWith(item + "\t"));
        assertThat(run.lines()).noneMatch(line -> line.split("\t")[1].equals(item));
    }

    @Test
    void modelsOfTwoSeedsBecomeOne() {
        Path second = home.resolve("second");
        Path both = home.resolve("both");
        Run train = run("train", DATA, "-o", second, "--set", "epochs=3", "--set", "dimension=16", "--seed", 7);
        assertThat(train.code()).as(train.err()).isZero();
        Run run = run("ensemble", model, second, "-o", both, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("dimension").asInt()).isEqualTo(32);
        assertThat(run("evaluate", both, DATA).code()).isZero();
        Run same = run("ensemble", model, model, "-o", both);
        assertThat(same.code()).isEqualTo(2);
        assertThat(same.err()).contains("different seeds");
        try (ModelLock lock = ModelLock.of(both)) {
            Run meanwhile = run("ensemble", model, second, "-o", both);
            assertThat(meanwhile.code()).isEqualTo(2);
            assertThat(meanwhile.err()).contains("by another run");
        }
    }

    /** By hand at t = 0.2: the positives score 4.5 and 1, the candidates -1.5 and 2.5. */
    @Test
    void aLossIsEvaluatedOnNegativeSimilaritiesToo() {
        Run run = run(
                "loss",
                "mine+",
                "--positives",
                "0.9,0.2",
                "--candidates",
                "-0.3,0.5",
                "--set",
                "temperature=0.2",
                "--set",
                "lambda=1.1",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        double expected = -(4.5 + 1) / 2 + 1.1 * Math.log((Math.exp(-1.5) + Math.exp(2.5)) / 2);
        assertThat(run.json().get("value").asDouble()).isCloseTo(expected, within());
        assertThat(run.json().get("gradPositives").get(0).asDouble()).isCloseTo(-0.5 / 0.2, within());
        assertThat(run.json().get("gradCandidates").size()).isEqualTo(2);
        assertThat(run("loss", "mine+", "--positives", "-0.3,0.2", "--candidates", "0.1")
                        .code())
                .isZero();
    }

    /** Losses of the tests' own jar come after Mineral's. */
    @Test
    void theTablesOfThePageOfLossesAreThoseThatArePrinted() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/losses.md"));
        String tables = page.substring(page.indexOf("## The losses"), page.indexOf("Not here, and why"));
        List<String> rows = tables.lines().filter(line -> line.startsWith("| ")).toList();
        List<String> printed = run("loss", "--markdown").out().lines().toList();
        assertThat(rows).filteredOn(row -> row.equals(printed.get(0))).hasSize(2);
        List<String> losses =
                rows.stream().filter(row -> !row.equals(printed.get(0))).toList();
        assertThat(losses).hasSizeGreaterThan(20);
        assertThat(printed.subList(2, printed.size())).startsWith(losses.toArray(String[]::new));
    }

    @Test
    void aSettingOfAnotherLossIsNotedAndIgnored() {
        Run run = run("loss", "mine", "--positives", "0.9", "--candidates", "0.1", "--set", "lambda=2");
        assertThat(run.code()).isZero();
        assertThat(run.err().lines().toList()).hasSize(1);
        assertThat(run.err()).contains("mine does not use lambda");
    }

    @Test
    void aDataSplitIsDescribedAndConverted() {
        Path split = home.resolve("split");
        Run run = run("data", "split", DATA, "-o", split, "--ratios", "0.7,0.1,0.2", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        Run described = run("data", "describe", split, "--json");
        assertThat(described.json().get("interactions").get("train").asInt())
                .isEqualTo(run.json().get("train").asInt());
        assertThat(run("data", "convert", split, "-o", home.resolve("inter"), "--format", "inter")
                        .code())
                .isZero();
        assertThat(home.resolve("inter/test.inter")).exists();
        assertThat(run("data", "split", DATA, "-o", split).code())
                .as("is not replaced")
                .isEqualTo(2);
    }

    @Test
    void doctorSaysWhichKernelsRun() {
        assertThat(run("doctor", "--json").json().get("kernel").asString()).isNotBlank();
        assertThat(run("doctor").out()).contains("Kernels");
    }

    @Test
    void popularityIsTrainedAndServed() {
        Path popular = home.resolve("popular");
        assertThat(run("train", DATA, "-o", popular, "--model", "popularity").code())
                .isZero();
        assertThat(run("evaluate", popular, DATA, "--json").json().get("users").asInt())
                .isPositive();
        assertThat(run("similar", popular, "--item", "x").code()).isEqualTo(2);
    }

    @Test
    void lightgcnIsTrainedAndServedAsFactors() {
        Path propagated = home.resolve("propagated");
        Run run = run(
                "train",
                DATA,
                "-o",
                propagated,
                "--model",
                "lightgcn",
                "--set",
                "epochs=2",
                "--set",
                "dimension=16",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("kind").asString()).isEqualTo("lightgcn");
        assertThat(run.json().get("settings").get("layers").asInt()).isPositive();
        assertThat(run("evaluate", propagated, DATA, "--json")
                        .json()
                        .get("users")
                        .asInt())
                .isPositive();
        assertThat(run("recommend", propagated, "--all", "-n", 2).code()).isZero();

        Run own = run(
                "train",
                DATA,
                "-o",
                propagated,
                "--model",
                "lightgcn",
                "--set",
                "layers=1",
                "--set",
                "epochs=0",
                "--json");
        assertThat(own.json().get("settings").get("layers").asInt()).isEqualTo(1);
    }

    @Test
    void weightsThatDoNotFitTheLayersAreRefused() {
        Run run = run("train", DATA, "-o", home.resolve("never"), "--set", "layers=2", "--set", "layer_weights=1,2");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("layer_weights = 1,2").contains("3 numbers such as 1,0.5,1");
        assertThat(home.resolve("never")).doesNotExist();
    }

    @Test
    void anOutputThatIsNoModelIsRefusedBeforeTraining() throws IOException {
        Path precious = Files.createDirectory(home.resolve("precious"));
        Files.writeString(precious.resolve("letter.txt"), "dear");
        Run run = run("train", DATA, "-o", precious);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).doesNotContain("plan: ").contains("is not a model");
        assertThat(precious.resolve("letter.txt")).hasContent("dear");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "trian",
                "train",
                "train x",
                "train /nowhere -o /tmp/m",
                "loss mnie",
                "train builtin:tastes -o /tmp/m --model ligthgcn",
                "tune builtin:tastes --model popularity",
                "loss mine+ --positives 0.9",
                "loss mine+ --positives a --candidates 0.1",
                "loss mine+ --positives 5 --candidates 0.1",
                "loss mine+ --positives 0.5 --candidates 0.1 --set lamda=1",
                "loss mine+ --positives 0.5 --candidates 0.1 --set l",
                "loss mine+ --positives 0.5 --candidates NaN",
                "loss mine+ --positives , --candidates ,",
                "recommend /nowhere --all",
                "recommend /nowhere",
                "recommend x --user a --all",
                "data",
                "data spilt",
                "data convert builtin:tastes -o x --format xls",
                "data split builtin:tastes -o /tmp/never --ratios 1,2",
                "data generate",
                "data generate -o x --users 0",
                "data generate -o x --interactions 7",
                "data generate -o x --interactions -5",
                "data generate -o x --test 1",
                "data generate -o x --format xls",
                "data generate -o x --set users=3",
                "data generate -o x --set bta=3",
                "doctor --threads 0",
                "doctor --threads many",
                "doctor --jsno",
                "evaluate /nowhere builtin:tastes",
                "evaluate /nowhere builtin:tastes --users 0",
                "evaluate /nowhere builtin:tastes --at 0",
                "evaluate /nowhere builtin:tastes --per-user /"
            })
    void aWrongArgumentIsRefusedInTwoLinesWithExitCode2(String line) {
        Run run = run((Object[]) (line.isEmpty() ? new String[0] : line.split(" ")));
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().toList()).hasSizeBetween(1, 2);
        assertThat(run.err()).startsWith("mineral: ").doesNotContain("\tat ", "Exception");
    }

    @Test
    void evaluateAgainstAnotherModelTestsTheDifference() {
        Path popular = home.resolve("other");
        assertThat(run("train", DATA, "-o", popular, "--model", "popularity").code())
                .isZero();
        Run table = run("evaluate", model, DATA, "--against", popular);
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out()).contains("Against " + popular, "NDCG@20", "verdict");
        assertThat(table.out().lines().filter(l -> l.startsWith("Novelty@20")))
                .last()
                .asString()
                .as("the popularity model is the least novel")
                .endsWith("this is more novel");
        JsonNode lines = run("evaluate", model, DATA, "--against", popular, "--json")
                .json()
                .get("against");
        JsonNode alone = run("evaluate", popular, DATA, "--json").json().get("metrics");
        assertThat(lines.size()).isPositive();
        for (JsonNode line : lines) {
            assertThat(line.get("other").asDouble())
                    .isEqualTo(alone.get(line.get("metric").asString()).asDouble());
            double difference = line.get("first").asDouble() - line.get("other").asDouble();
            assertThat(line.get("difference").get("mean").asDouble()).isCloseTo(difference, offset(1e-12));
        }
        Run same = run("evaluate", model, DATA, "--against", model);
        assertThat(same.out()).contains("not told apart").doesNotContain("is better");
        assertThat(run("evaluate", model, DATA, "--against", "/nowhere").code()).isEqualTo(2);
    }

    @Test
    void theProtocolOfPapersIsCalledOptimisticWhereverItsFiguresAppear() {
        Path paper = home.resolve("paper");
        Run train = run("train", DATA, "-o", paper, "--protocol", "paper", "--set", "epochs=3", "--json");
        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.err()).contains("OPTIMISTIC").contains("test NDCG@20");
        assertThat(train.json().get("optimistic").asBoolean()).isTrue();
        assertThat(paper.resolve("model.json")).content().contains("figures there are optimistic");
        Run evaluate = run("evaluate", paper, DATA, "--json");
        assertThat(evaluate.err()).contains("OPTIMISTIC");
        assertThat(evaluate.json().get("optimistic").asBoolean()).isTrue();
        assertThat(run("evaluate", model, DATA).err()).doesNotContain("OPTIMISTIC");
        assertThat(run("train", DATA, "-o", paper, "--protocol", "papers").err())
                .contains("Did you mean 'paper'?");
        assertThat(run("train", DATA, "-o", paper, "--protocol", "paper", "--retrain")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void retrainingEndsWithAModelOfAllOfTrain() {
        Path again = home.resolve("again");
        Run train = run("train", DATA, "-o", again, "--retrain", "--set", "epochs=3", "--json");
        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.json().get("protocol").asString()).isEqualTo("validation, retrained");
        Path all = home.resolve("all.csv");
        assertThat(run("data", "split", DATA, "-o", home.resolve("parts")).code())
                .isZero();
        Run none = run("train", home.resolve("parts/train.csv"), "-o", all, "--retrain");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("--validation 0.1");
    }

    @Test
    void aPresetGivesSettingsAndExplicitOnesOverrideIt() {
        Path preset = home.resolve("preset");
        Run train =
                run("train", DATA, "-o", preset, "--preset", "amazon-electronics-small", "--set", "epochs=2", "--json");
        assertThat(train.code()).as(train.err()).isZero();
        JsonNode document = train.json();
        assertThat(document.get("preset").asString()).isEqualTo("amazon-electronics-small");
        assertThat(document.get("epochs").asInt()).isEqualTo(2);
        JsonNode found = run("presets", "amazon-electronics-small", "--json")
                .json()
                .get(0)
                .get("found")
                .get(0);
        assertThat(document.get("loss").asString()).isEqualTo(found.get("loss").asString());
        assertThat(document.get("settings").get("temperature").asString())
                .isEqualTo(found.get("settings").get("temperature").asString());
        assertThat(preset.resolve("model.json")).content().contains("\"preset\"");
        assertThat(run("presets").out()).contains("amazon-electronics-small", "./mineral tune");
        assertThat(run("train", DATA, "-o", preset, "--preset", "amazon-electronic-small")
                        .err())
                .contains("Did you mean 'amazon-electronics-small'?");
        assertThat(run("presets", "yelp").code()).isEqualTo(2);
    }

    @Test
    void evaluateOnASampleOfUsersReportsIt() {
        Run run = run("evaluate", model, DATA, "--users", 30);
        assertThat(run.out()).contains("30 of ").contains("drawn with seed 42");
        JsonNode document =
                run("evaluate", model, DATA, "--users", 30, "--json").json();
        assertThat(document.get("users").asInt()).isEqualTo(30);
        assertThat(document.get("usersDrawnFrom").asInt()).isBetween(100, 200);
        assertThat(document.get("metrics").has("AUC")).isFalse();
    }

    @Test
    void evaluateReportsAucWhenAsked() throws Exception {
        Path perUser = home.resolve("auc.tsv");
        JsonNode metrics = run("evaluate", model, DATA, "--auc", "--per-user", perUser, "--json")
                .json()
                .get("metrics");
        assertThat(metrics.get("AUC").asDouble()).isBetween(0.55, 1.0);
        assertThat(Files.readAllLines(perUser).get(0)).endsWith("\tNovelty@20\tAUC");
    }

    @Test
    void generatedDataIsWrittenReportedAndReadable() {
        Path made = home.resolve("made");
        Run run = run(
                "data",
                "generate",
                "-o",
                made,
                "--users",
                300,
                "--items",
                80,
                "--interactions",
                6000,
                "--set",
                "beta=3",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("settings").get("beta").asString()).isEqualTo("3");
        int total = run.json().get("train").asInt() + run.json().get("test").asInt();
        assertThat(total).isBetween(5900, 6100);
        JsonNode described = run("data", "describe", made, "--json").json();
        assertThat(described.get("users").asInt()).isEqualTo(300);
        assertThat(described.get("interactions").get("test").asInt())
                .isEqualTo(run.json().get("test").asInt());
        assertThat(run("data", "generate", "-o", made).code()).isEqualTo(2);
    }

    @Test
    void misspeltNamesSuggestTheNearest() {
        assertThat(run("trian").err()).contains("'train'");
        assertThat(run("loss", "mine++").err()).contains("'mine+'");
        assertThat(run("doctor", "--jsno").err()).contains("'--json'");
        assertThat(run("train", DATA, "-o", home.resolve("n"), "--set", "epoch=3")
                        .err())
                .contains("'epochs'");
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }

    @Test
    void aDeviceIsNotReplacedByAFile() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("null"), Path.of("/dev/null"));
        Run run = run("evaluate", "/nowhere", "builtin:tastes", "--per-user", link);
        Files.delete(link);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--per-user", "device");
    }
}
