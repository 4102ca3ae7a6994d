package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.json.Json;
import org.mineral.json.JsonRecords;
import org.mineral.tune.preset.AutoPreset;
import org.mineral.tune.preset.Preset;

class DefaultSearchTest {

    private static final ModelSpec NARROW = ModelSpec.ofLoss("mine+").with("dimension", "16");

    /** Divided 80/10/10. */
    private static final Dataset DIVIDED = Datasets.read("builtin:tastes:users=500,items=200,noise=0");

    private static final Dataset DATA = DIVIDED.withValidInTrain();

    /** The rules of auto with another temperature. */
    private static Preset at(String temperature) {
        return new Preset() {
            @Override
            public String name() {
                return "wrong";
            }

            @Override
            public List<String> losses() {
                return List.of("mine+");
            }

            @Override
            public Map<String, String> settings(String loss, Interactions train) {
                Map<String, String> settings = new LinkedHashMap<>(new AutoPreset().settings(loss, train));
                settings.put("temperature", temperature);
                return settings;
            }

            @Override
            public Set<String> names(String loss) {
                return settings(loss, DATA.train()).keySet();
            }
        };
    }

    /** Where tastes are clean, cosines of a high temperature cannot tell a user's items from their neighbours, and a low one learns by heart. */
    @ParameterizedTest
    @ValueSource(strings = {"0.9", "0.06"})
    void findsTheTemperatureWhereTheFirstPointIsFarOff(String wrong) {
        SearchReport report = DefaultSearch.of(NARROW.with("start", "random"))
                .beginning(at(wrong))
                .threads(2)
                .search(DATA);
        assertThat(Double.parseDouble(report.settings().get("temperature"))).isBetween(0.1, 0.5);
        assertThat(report.chosen()).isGreaterThan(1.02 * report.rule());
        assertThat(report.changes().get(0).settings()).containsKey("temperature");
        assertThat(report.changes().get(0).gain())
                .isGreaterThan(1.5 * report.changes().get(0).error());
    }

    @Test
    void theFirstPointIsTheRules() {
        SearchReport report = DefaultSearch.of(NARROW).threads(2).search(DATA);
        SearchReport.Trial first = report.trials().get(0);
        assertThat(first.settings()).isEmpty();
        assertThat(first.validation()).isEqualTo(report.rule());
        assertThat(report.chosen()).isGreaterThanOrEqualTo(report.rule());
        assertThat(report.repeats()).isEqualTo(3);
        assertThat(report.settings()).containsKey("stop_after");
        assertThat(report.gigaflops()).isLessThanOrEqualTo(report.limit());
    }

    @Test
    void anyNumberOfThreadsFindsTheSame() {
        DefaultSearch search = DefaultSearch.of(ModelSpec.ofLoss("mine+"));
        Dataset data = Datasets.read("builtin:tastes:users=400,items=300");
        SearchReport one = search.threads(1).search(data);
        assertThat(search.threads(3).search(data)).isEqualTo(one);
        assertThat(one.trials()).anyMatch(t -> t.settings().containsKey("dimension"));
    }

    @Test
    void whatIsGivenStays() {
        SearchReport report =
                DefaultSearch.of(NARROW.with("user_weight", "0.5")).threads(2).search(DATA);
        assertThat(report.trials()).noneMatch(t -> t.settings().containsKey("dimension"));
        assertThat(report.settings()).doesNotContainKeys("dimension", "user_weight");
        assertThatThrownBy(() -> DefaultSearch.of(NARROW.with("temperature", "0.2")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> DefaultSearch.of(ModelSpec.parse("bpr"))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> DefaultSearch.of(ModelSpec.of("ease"))).isInstanceOf(InputException.class);
    }

    @Test
    void aValidationPartJudgesWhereThereIsOne() {
        SearchReport report = DefaultSearch.of(NARROW).threads(2).search(DIVIDED);
        assertThat(report.heldOut()).isEqualTo("valid");
        assertThat(report.repeats()).isEqualTo(1);
        assertThat(report.settings()).doesNotContainKey("stop_after");
    }

    @Test
    void theTestPartChangesNothing() {
        Dataset without = new Dataset(
                DATA.name(),
                DATA.users(),
                DATA.items(),
                DATA.train(),
                DATA.valid(),
                Interactions.empty(DATA.users().size(), DATA.items().size()),
                null,
                DATA.report());
        assertThat(DefaultSearch.of(NARROW).threads(2).search(without))
                .isEqualTo(DefaultSearch.of(NARROW).threads(2).search(DATA));
    }

    @Test
    void whereThereAreTimesTheLastOnesJudge() {
        long[] times = new long[DATA.all().size()];
        for (int k = 0; k < times.length; k++) {
            times[k] = k * 31L % 1000;
        }
        Dataset timed = DATA.withEvents(new Events(DATA.all(), null, times));
        SearchReport report = DefaultSearch.of(NARROW).threads(2).search(timed);
        assertThat(report.heldOut()).isEqualTo("time:0.1");
        assertThat(report.lines().get(0)).contains("the latest tenth");
    }

    @Test
    void aModelWithoutEpochsIsComputedAFewTimesHoweverLongThatTakes() {
        SearchReport report = DefaultSearch.ofAny(ModelSpec.of("ease"))
                .leastWork(0)
                .threads(2)
                .search(DATA);
        assertThat(report.trials()).hasSizeBetween(2, 4);
        assertThat(report.gigaflops()).isPositive().isLessThanOrEqualTo(report.limit());
    }

    @Test
    void littleWorkMeansFewSettingsOnFewerUsers() {
        List<Double> shares = new ArrayList<>();
        Dataset larger = Datasets.read("builtin:tastes:users=3000,items=400").withValidInTrain();
        SearchListener listener = new SearchListener() {
            @Override
            public void trial(SearchReport.Trial trial, double share) {
                shares.add(share);
            }
        };
        SearchReport report = DefaultSearch.of(NARROW)
                .leastWork(0)
                .listener(listener)
                .threads(2)
                .search(larger);
        assertThat(report.users()).isLessThan(report.ofUsers());
        assertThat(report.gigaflops()).isLessThanOrEqualTo(report.limit());
        assertThat(report.settings())
                .containsEntry(
                        "epochs",
                        new AutoPreset().settings("mine+", larger.train()).get("epochs"))
                .doesNotContainKey("stop_after");
        assertThat(shares).hasSameSizeAs(report.trials()).isSorted();
        assertThat(report.lines().get(0)).contains("of 3,000 users and all items");
    }

    @Test
    void tooFewInteractionsLeaveTheRule() {
        Dataset tiny = Datasets.read("builtin:tastes:users=30,items=40");
        SearchReport report = DefaultSearch.of(NARROW).threads(1).search(tiny.withValidInTrain());
        assertThat(report.trials()).isEmpty();
        assertThat(report.settings())
                .isEqualTo(new AutoPreset()
                        .settings("mine+", tiny.withValidInTrain().train()));
        assertThat(report.lines()).singleElement().asString().contains("too few");
    }

    @Test
    void aReportSurvivesJson() {
        SearchReport report = DefaultSearch.of(NARROW).threads(2).search(DIVIDED);
        assertThat(JsonRecords.read(SearchReport.class, Json.parse(Json.pretty(report))))
                .isEqualTo(report);
    }
}
