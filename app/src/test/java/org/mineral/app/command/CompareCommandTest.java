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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class CompareCommandTest {

    private static final String TASTES = "builtin:tastes:users=300,items=200";

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... extra) {
        List<String> args = new ArrayList<>(List.of("compare", TASTES, "--losses", "mine+,mse", "--budget", "2"));
        args.addAll(List.of("--set", "dimension=16", "--report", report().toString()));
        args.addAll(List.of(extra));
        return Main.run(args.toArray(new String[0]), new PrintStream(out, true), new PrintStream(err, true));
    }

    private Path report() {
        return directory.resolve("report.html");
    }

    @Test
    void prints_a_table_with_the_floor_at_its_end_and_writes_the_report() throws Exception {
        assertThat(run()).isZero();
        String table = out.toString(StandardCharsets.UTF_8);
        assertThat(table).contains("mine+", "mse", "best", "came first");
        assertThat(table.indexOf("popularity")).isGreaterThan(Math.max(table.indexOf("mine+"), table.indexOf("mse")));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[ 2/2] mse");
        assertThat(Files.readString(report())).contains("Which loss serves", TASTES, "--set dimension=16");
    }

    @Test
    void json_is_one_document_with_everything_in_it() {
        assertThat(run("--json")).isZero();
        JsonNode document = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(document.get("entries").size()).isEqualTo(2);
        JsonNode best = document.get("entries").get(0);
        assertThat(best.get("metrics").get("NDCG@20").isNumber()).isTrue();
        assertThat(best.get("intervals").get("NDCG@20").get("low").isNumber()).isTrue();
        assertThat(best.get("curve").size()).isEqualTo(2);
        assertThat(best.get("commands").get(0).asString()).startsWith("./mineral train");
        assertThat(document.get("floor").get("kind").asString()).isEqualTo("POPULARITY");
        assertThat(document.get("data").get("hash").asString()).hasSize(64);
    }

    @Test
    void a_search_for_one_model_is_refused_with_what_does_it() {
        assertThat(run("--effort", "thorough")).isEqualTo(2);
        assertThat(run("--minutes", "5")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("mineral train DATA -o MODEL --effort thorough", "mineral tune DATA", "--budget 60s");
    }

    @Test
    void seeds_stand_in_the_table_the_page_and_the_document() throws Exception {
        assertThat(run("--seeds", "2", "--information")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("NDCG@20 by seed", "      42       43", "nats beyond popularity");
        assertThat(Files.readString(report())).contains("seed 43", "Information in the scores", "users and seeds");
        out.reset();
        assertThat(run("--seeds", "5,3", "--json")).isZero();
        JsonNode best = JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("entries")
                .get(0);
        assertThat(best.get("seeds").get(1).get("seed").asInt()).isEqualTo(3);
        assertThat(run("--seeds", "none")).isEqualTo(2);
        assertThat(run("--seeds", "3,4", "--seed", "5")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("[ 2/4] mine+ 43", "try --seeds 3", "give one of them");
    }

    @Test
    void the_protocol_of_papers_is_labelled_everywhere() throws Exception {
        assertThat(run("--protocol", "paper")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("OPTIMISTIC");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("OPTIMISTIC", "test NDCG@20");
        assertThat(Files.readString(report())).contains("class=\"optimistic\"", "--protocol paper", "on test data");
        assertThat(run("--retrain")).isZero();
        assertThat(Files.readString(report())).contains("--retrain").doesNotContain("class=\"optimistic\"");
    }

    @Test
    void finished_trainings_are_kept_until_the_report_is_written_or_where_a_log_says() throws Exception {
        Path beside = directory.resolve("report.html.trainings");
        Files.writeString(beside, "{\"mineral\":\"0\"}\n");
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("holds trials of something else");
        assertThat(run("--fresh")).isZero();
        assertThat(beside).doesNotExist();
        Path log = directory.resolve("kept.jsonl");
        assertThat(run("--log", log.toString(), "--losses", "mine+")).isZero();
        err.reset();
        assertThat(run("--log", log.toString(), "--losses", "mine+,dcl")).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("[ 3/3] dcl").doesNotContain("] mine+");
        assertThat(Files.readAllLines(log)).hasSize(4);
    }

    @Test
    void wrong_arguments_are_refused_before_anything_is_trained() {
        assertThat(run("--losses", "mime+")).isEqualTo(2);
        assertThat(run("--set", "dimensoin=3")).isEqualTo(2);
        for (Path bad : List.of(directory, directory.resolve("none/report.html"))) {
            String[] args = {"compare", TASTES, "--report", bad.toString()};
            assertThat(Main.run(args, new PrintStream(out, true), new PrintStream(err, true)))
                    .isEqualTo(2);
        }
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Did you mean 'mine+'?", "Did you mean 'dimension'?", "is a directory", "can be written to")
                .doesNotContain("\tat ", "[ 1/");
        assertThat(report()).doesNotExist();
    }
}
