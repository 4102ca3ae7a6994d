package org.mineral.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mineral.app.Main;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("slow")
class BenchCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void everyRowHasItsLimitAndItsShare() {
        String data = "builtin:tastes:users=300,items=200";
        String parts = "training,evaluation,top-k";
        int code = run("bench", data, "--quick", "--dimension", "16", "--only", parts, "--threads", "2", "--json");
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(json.get("data").get("users").asInt()).isEqualTo(300);
        assertThat(json.get("jdk").asString()).isEqualTo(Runtime.version().toString());
        List<String> names = new ArrayList<>();
        for (JsonNode row : json.get("rows")) {
            names.add(row.get("name").asString());
            assertThat(row.get("value").asDouble()).as(row.toString()).isPositive();
            assertThat(row.get("limitValue").asDouble()).as(row.toString()).isPositive();
            assertThat(row.get("fraction").asDouble()).as(row.toString()).isPositive();
        }
        assertThat(names)
                .contains(
                        "multiply-adds in registers, 2 threads",
                        "reading main memory, 1 thread",
                        "exact epoch",
                        "exact epoch, all threads against one",
                        "epoch of 2048 shared samples",
                        "top 20 for one user, 99th percentile")
                .anyMatch(name -> name.startsWith("evaluation of "))
                .noneMatch(name -> name.startsWith("load of "));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("measuring the limits");
    }

    @Test
    void anEpochOfALossStandsBesideOneOfAnother() {
        String data = "builtin:tastes:users=300,items=200";
        int code = run(
                "bench", data, "--quick", "--dimension", "16", "--only", "losses", "--losses", "talos,psl", "--json");
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<String> rows = new ArrayList<>();
        for (JsonNode row : JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("rows")) {
            if (row.get("group").asString().equals("losses")) {
                rows.add(row.get("name").asString() + " / " + row.get("limit").asString());
                assertThat(row.get("value").asDouble())
                        .isPositive()
                        .isEqualTo(row.get("fraction").asDouble());
                assertThat(row.get("threads").asInt()).isOne();
            }
        }
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).startsWith("talos, all / an epoch of mine+");
        assertThat(rows.get(1)).startsWith("psl, uniform:256 / an epoch of bpr");
    }

    @Test
    void anUnknownLossIsRefusedBeforeAnythingIsMeasured() {
        assertThat(run("bench", "--only", "losses", "--losses", "talon")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("unknown loss 'talon'", "talos")
                .doesNotContain("measuring");
    }

    @Test
    void anUnknownPartIsRefusedBeforeAnythingIsMeasured() {
        assertThat(run("bench", "--only", "kernel")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("unknown part of the benchmark 'kernel'", "kernels")
                .doesNotContain("measuring");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void aDimensionOutOfRangeIsRefused() {
        assertThat(run("bench", "--dimension", "0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--dimension 0", "1 to 4096");
    }
}
