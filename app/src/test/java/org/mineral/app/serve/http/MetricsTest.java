package org.mineral.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.Server;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The metrics of a running server: their names, and that dashboard, alerts and documentation use no others. */
class MetricsTest {

    private static final Path EXAMPLES = Path.of("../docs/how-to/production");
    private static final Pattern NAME = Pattern.compile("\\b(?:mineral|process|jvm)_[a-z0-9_]+\\b");

    @TempDir
    static Path home;

    private static String text;

    /** Paths, and whether the answer has metrics. */
    private static final Map<String, Boolean> PATHS = new LinkedHashMap<>();

    /** Name to type, from the lines of TYPE. */
    private static final Map<String, String> TYPES = new LinkedHashMap<>();

    /** Names of the samples, each with its labels. */
    private static final Map<String, Set<String>> SAMPLES = new LinkedHashMap<>();

    @BeforeAll
    static void scrape() throws Exception {
        ServeFixture.make(home);
        try (Server server = Server.of(home.resolve("model"))
                .feedback(home.resolve("feedback.jsonl"))
                .writeKey(ServeFixture.KEY)
                .start()) {
            Client client = new Client(server.url(), ServeFixture.KEY);
            client.get("/v1/recommend/user-1");
            client.get("/v1/recommend/nobody?n=x");
            client.post("/v1/feedback", "{\"events\":[{\"event\":\"1\",\"user\":\"user-1\",\"item\":\"item-1\"}]}");
            client.post("/v1/model/reload", "");
            text = client.get("/metrics").body();
            for (String path : List.of(
                    "/metrics",
                    "/metrics/",
                    "/metrics//",
                    "//metrics",
                    "/metrics;a",
                    "/metrics/a",
                    "/METRICS",
                    "/v1/model")) {
                PATHS.put(path, client.get(path).body().contains("mineral_ready"));
            }
        }
        text.lines().forEach(MetricsTest::line);
    }

    private static void line(String line) {
        if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ");
            TYPES.put(words[2], words[3]);
        } else if (!line.startsWith("#") && !line.isBlank()) {
            Matcher sample =
                    Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? \\S+").matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Set<String> labels = SAMPLES.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            Matcher label = Pattern.compile("([a-zA-Z0-9_]+)=\"").matcher(String.valueOf(sample.group(2)));
            while (label.find()) {
                labels.add(label.group(1));
            }
        }
    }

    /** nginx compares what a path is with slashes in a row as one ({@code merge_slashes}), and passes it on as it came. */
    @Test
    void theExampleOfAProxyHidesEveryPathOfTheMetrics() throws IOException {
        Matcher hidden = Pattern.compile("(?m)^ *location ~ (\\S+) \\{ deny all; }$")
                .matcher(Files.readString(EXAMPLES.resolve("nginx.conf")));
        assertThat(hidden.find()).isTrue();
        Pattern pattern = Pattern.compile(hidden.group(1));
        assertThat(PATHS).containsEntry("/metrics", true).containsEntry("/metrics/", true);
        PATHS.forEach((path, metrics) -> {
            boolean hides = pattern.matcher(path.replaceAll("/+", "/")).find();
            assertThat(hides || !metrics).as(path).isTrue();
        });
        assertThat(pattern.matcher("/v1/recommend/metrics").find()).isFalse();
    }

    /** The rules of {@code promtool check metrics} (prometheus/client_golang, {@code testutil/promlint}); those that the names break. */
    private static List<String> broken(String name, String type, boolean help, Set<String> labels) {
        List<String> broken = new ArrayList<>();
        if (!help) {
            broken.add("no help");
        }
        if (type.equals("counter") != name.endsWith("_total")) {
            broken.add("counters end in _total, others do not");
        }
        if (!name.matches("[a-z][a-z0-9_]*")) {
            broken.add("not in snake case");
        }
        if (!type.equals("histogram") && !type.equals("summary") && name.matches(".*_(count|sum|bucket)")) {
            broken.add("ends as a part of a histogram does");
        }
        if (!type.equals("histogram") && labels.contains("le")
                || !type.equals("summary") && labels.contains("quantile")) {
            broken.add("has a label that is reserved");
        }
        for (String word : name.split("_")) {
            if (word.matches("counter|gauge|histogram|summary")) {
                broken.add("has its type in its name");
            }
            if (word.matches("s|ms|us|ns|sec|b|kb|mb|gb|tb|pb|m|h|d")) {
                broken.add("has an abbreviated unit");
            }
            if (word.matches(
                            "(milli|micro|nano)?seconds?|minutes?|hours?|days?|weeks?|(kilo|mega|giga|tera|peta)?bytes?|bits?"
                                    + "|kelvin|fahrenheit|(milli|kilo)?(met(er|re)s?|gram?s|volts?|watts?|joules?)|percent")
                    && !word.matches("seconds|bytes")) {
                broken.add("is not in a base unit");
            }
        }
        return broken;
    }

    @Test
    void theNamesAreOfPrometheus() {
        TYPES.forEach((name, type) -> {
            Set<String> labels = new TreeSet<>();
            SAMPLES.forEach((sample, own) -> {
                if (sample.equals(name)) {
                    labels.addAll(own);
                }
            });
            assertThat(broken(name, type, text.contains("# HELP " + name + " "), labels))
                    .as(name)
                    .isEmpty();
        });
        assertThat(TYPES.keySet())
                .contains(
                        "mineral_build_info",
                        "mineral_requests_total",
                        "mineral_model_loaded_timestamp_seconds",
                        "process_cpu_seconds_total",
                        "process_start_time_seconds",
                        "jvm_memory_used_bytes",
                        "jvm_gc_collection_seconds",
                        "jvm_threads_current");
        assertThat(text).containsPattern("mineral_build_info\\{kernels=\"[^\"]+\",version=\"[0-9][^\"]*\"} 1");
    }

    @ParameterizedTest
    @CsvSource({
        "a_total, gauge",
        "a, counter",
        "aB, gauge",
        "a_count, gauge",
        "a_gauge, gauge",
        "a_ms, gauge",
        "a_megabytes, gauge",
        "a_milliseconds, histogram"
    })
    void theRulesFindWhatBreaksThem(String name, String type) {
        assertThat(broken(name, type, true, Set.of())).hasSize(1);
        assertThat(broken("a_seconds_total", "counter", true, Set.of())).isEmpty();
    }

    @Test
    void theDashboardAsksForWhatThereIs() throws IOException {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(EXAMPLES.resolve("grafana.json")));
        List<String> queries = new ArrayList<>();
        List<String> panels = new ArrayList<>();
        Set<Integer> ids = new LinkedHashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            panels.add(panel.get("title").asString());
            assertThat(ids.add(panel.get("id").asInt())).as("ids are unique").isTrue();
            if (!panel.get("type").asString().equals("row")) {
                assertThat(panel.get("targets").size()).isPositive();
                assertThat(panel.at("/fieldConfig/defaults/unit").asString(""))
                        .as(panel.get("title").asString())
                        .isNotBlank();
            }
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.get("expr").asString());
            }
        }
        assertThat(panels).doesNotHaveDuplicates().hasSizeGreaterThan(8);
        queries.forEach(MetricsTest::check);
    }

    @Test
    void theAlertsAskForWhatThereIs() throws IOException {
        String alerts = Files.readString(EXAMPLES.resolve("alerts.yml"));
        Matcher expression = Pattern.compile("(?m)^ +expr: (.+)$").matcher(alerts);
        int found = 0;
        for (; expression.find(); found++) {
            check(expression.group(1));
        }
        assertThat(found).isGreaterThan(5);
        assertThat(alerts.split("- alert:", -1)).hasSize(found + 1);
    }

    /** Every metric and every label of a query is one that the server exports. */
    private static void check(String query) {
        Matcher metric = NAME.matcher(query);
        Set<String> labels = new TreeSet<>(Set.of("instance", "job"));
        boolean any = false;
        while (metric.find()) {
            any = true;
            assertThat(SAMPLES).as(query).containsKey(metric.group());
            labels.addAll(SAMPLES.get(metric.group()));
        }
        assertThat(any || query.contains("up{")).as(query).isTrue();
        Matcher by = Pattern.compile("(?:by|without) \\(([^)]*)\\)").matcher(query);
        while (by.find()) {
            assertThat(labels).as(query).contains(by.group(1).split(", *"));
        }
        Matcher matcher = Pattern.compile("[{,]([a-z_]+)(?:=|!=|=~|!~)\"").matcher(query);
        while (matcher.find()) {
            assertThat(labels).as(query).contains(matcher.group(1));
        }
    }
}
