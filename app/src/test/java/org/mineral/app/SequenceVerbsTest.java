package org.mineral.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.CommandLineTest.Run;
import org.mineral.app.serve.retrieval.HnswRetrieval;
import org.mineral.model.Models;
import org.mineral.model.VectorModel;
import org.mineral.recommend.Catalogue;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.Feedback;
import org.mineral.recommend.LoadedModel;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.Recommendations;

/** From a file of events with times to lists of what comes next, and everything that is done with a model of sequences. */
@Tag("slow")
class SequenceVerbsTest {

    private static final int ITEMS = 60;
    private static final List<String> SMALL = List.of(
            "--model",
            "sequence",
            "--set",
            "dimension=8",
            "--set",
            "epochs=6",
            "--set",
            "block_size=100",
            "--set",
            "learning_rate=0.05");

    @TempDir
    private Path home;

    private Path data;

    private Path model;

    /** Item i leads to i + 1 or i + 2, round a circle; rows stand in random order, and times say what came when. */
    @BeforeEach
    void train() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        StringBuilder rows = new StringBuilder("user,item,timestamp\n");
        for (int u = 0; u < 200; u++) {
            int item = random.nextInt(ITEMS);
            int[] order = random.ints(0, 8).distinct().limit(8).toArray();
            int[] items = new int[8];
            for (int k = 0; k < 8; k++) {
                items[k] = item;
                item = (item + 1 + random.nextInt(2)) % ITEMS;
            }
            for (int k : order) {
                rows.append("u")
                        .append(u)
                        .append(",i")
                        .append(items[k])
                        .append(',')
                        .append(1000 + k)
                        .append('\n');
            }
        }
        Path events = Files.writeString(home.resolve("events.csv"), rows);
        data = home.resolve("data");
        model = home.resolve("model");
        good("data", "split", events, "-o", data, "--by", "last:1:1");
        good("train", data, "-o", model, SMALL);
    }

    private static Run good(Object... args) {
        Object[] flat = java.util.Arrays.stream(args)
                .flatMap(arg -> arg instanceof List<?> list ? list.stream() : java.util.stream.Stream.of(arg))
                .toArray();
        Run run = CommandLineTest.run(flat);
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    private static List<String> items(Run lists) {
        return lists.out().lines().map(line -> line.split("\t")[1]).toList();
    }

    @Test
    void listsSayWhatComesNextAndTheOrderOfAHistoryCounts() {
        assertThat(items(good("recommend", model, "--history", "i7,i8,i10", "-n", 3)))
                .containsAnyOf("i11", "i12");
        assertThat(items(good("recommend", model, "--history", "i30,i31", "-n", 2)))
                .isNotEqualTo(items(good("recommend", model, "--history", "i31,i30", "-n", 2)));
        assertThat(items(good("recommend", model, "--user", "u3", "-n", 200))).hasSizeLessThan(ITEMS - 6);
        assertThat(items(good("recommend", model, "--user", "u3", "-n", 200, "--allow-repeats")))
                .hasSize(Models.load(model).population().items());
        double hit = good("evaluate", model, data, "--at", 5, "--json")
                .json()
                .get("metrics")
                .get("HitRate@5")
                .asDouble();
        assertThat(hit).isGreaterThan(0.5);
        assertThat(good("evaluate", model, data, "--at", 5, "--allow-repeats", "--json")
                        .json()
                        .get("metrics")
                        .get("HitRate@5")
                        .asDouble())
                .isLessThanOrEqualTo(hit);
    }

    @Test
    void vectorsAreExportedAndLookedAt() {
        assertThat(items(good("similar", model, "--item", "i5", "-n", 4))).hasSize(4);
        assertThat(items(good("similar", model, "--user", "u5", "-n", 4))).hasSize(4);
        good("export", model, "--format", "npy", "-o", home.resolve("npy"));
        good("import", home.resolve("npy"), "-o", home.resolve("plain"));
        VectorModel plain = Models.load(home.resolve("plain"), VectorModel.class);
        VectorModel own = Models.load(model, VectorModel.class);
        assertThat(plain.userVector(9)).isEqualTo(own.userVector(9));
        assertThat(good("information", model, data, "--json").json().isObject()).isTrue();
    }

    @Test
    void listsFromAGraphAreTheExactOnesAndExplanationsAddUpToTheirScores() {
        VectorModel loaded = Models.load(model, VectorModel.class);
        Catalogue catalogue = Catalogue.of(loaded.items());
        LoadedModel exact = LoadedModel.of(loaded, catalogue);
        LoadedModel graph = new LoadedModel(loaded, catalogue, HnswRetrieval.of(loaded, 2), 1);
        Recommendations lists = new Recommendations(Feedback.NONE);
        Map<String, Double> history = new LinkedHashMap<>();
        List.of("i7", "i8", "i10").forEach(item -> history.put(item, 1.0));
        RankedItems found = lists.history(graph, history, Query.of(5));
        assertThat(found.how().retrieval()).isEqualTo("hnsw");
        assertThat(found.ids())
                .isEqualTo(lists.history(exact, history, Query.of(5)).ids());
        String best = found.ids().get(0);
        Explanation why = lists.explainHistory(graph, history, best, 1);
        addsUp(why, found.items().get(0).score());
        assertThat(why.contributions()).hasSize(1);
        RankedItems own = lists.user(graph, "u3", Query.of(5));
        assertThat(own.ids()).isEqualTo(lists.user(exact, "u3", Query.of(5)).ids());
        addsUp(
                lists.explainUser(graph, "u3", own.ids().get(0), 20),
                own.items().get(0).score());
    }

    private static void addsUp(Explanation why, double score) {
        double sum = why.contributions().stream()
                .mapToDouble(Explanation.Contribution::contribution)
                .sum();
        assertThat(sum + why.others() + why.rest()).isCloseTo(score, within(1e-5));
        assertThat(why.score()).isCloseTo(score, within(1e-5));
    }

    @Test
    void newsExtendHistoriesAndBringNewItems() throws IOException {
        Path news = Files.writeString(
                home.resolve("news.csv"),
                "user,item,timestamp\nu3,novelty,5000\nu3,i40,4000\nguest,i1,1\nguest,i2,2\n");
        Path updated = home.resolve("updated");
        Run run = good("update", model, news, "-o", updated, "--json");
        assertThat(run.json().get("newItems").asInt()).isEqualTo(1);
        assertThat(run.json().get("newUsers").asInt()).isEqualTo(1);
        VectorModel loaded = Models.load(updated, VectorModel.class);
        int[] own = loaded.sequence(loaded.users().index("u3"));
        assertThat(loaded.items().id(own[own.length - 1])).isEqualTo("novelty");
        assertThat(loaded.items().id(own[own.length - 2])).isEqualTo("i40");
        assertThat(items(good("recommend", updated, "--user", "guest", "-n", 3)))
                .containsAnyOf("i3", "i4");
    }

    @Test
    void itIsComparedTunedAndVaried() {
        Run compared = good(
                "compare",
                data,
                "--models",
                "mf,sequence(block_size=100),popularity",
                "--set",
                "dimension=8",
                "--budget",
                3,
                "--report",
                home.resolve("report.html"),
                "--json");
        assertThat(compared.json().get("entries").size()).isEqualTo(2);
        assertThat(good(
                                "compare",
                                data,
                                "--model",
                                "sequence",
                                "--losses",
                                "softmax,mse",
                                "--set",
                                "dimension=8",
                                "--budget",
                                2,
                                "--report",
                                home.resolve("losses.html"),
                                "--json")
                        .json()
                        .get("entries")
                        .size())
                .isEqualTo(2);
        List<Object> files = List.of("--log", home.resolve("t.jsonl"), "--report", home.resolve("t.html"));
        good("tune", data, "--model", "sequence", "--trials", 3, "--set", "dimension=8", files);
        good(
                "ablate",
                data,
                List.of("--log", home.resolve("a.jsonl"), "--report", home.resolve("a.html")),
                "--model",
                "sequence",
                "--x",
                "positions=1,4",
                "--set",
                "dimension=8",
                "--budget",
                2);
    }

    @Test
    void dataWithoutAnOrderAreRefused() {
        Run run = CommandLineTest.run("train", "builtin:tastes", "-o", home.resolve("m"), "--model", "sequence");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("timestamp");
    }
}
