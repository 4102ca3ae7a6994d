package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.sequence.SequenceData;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.data.Interactions;
import org.mineral.tune.preset.Preset;

/** The search of a model of what comes next, on sequences whose next items are known but for a tenth. */
class SequenceSearchTest {

    private static final Dataset DIVIDED = SequenceData.of(600, 200, 1);
    private static final Dataset DATA = DIVIDED.withValidInTrain();
    private static final ModelSpec NARROW = ModelSpec.of("sequence").with("dimension", "16");

    private static DefaultSearch search(ModelSpec given) {
        return DefaultSearch.ofAny(given).threads(2);
    }

    /** The model's defaults with other settings. */
    private static Preset at(ModelSpec given, Map<String, String> others) {
        OwnDefaults own = new OwnDefaults(given);
        return new Preset() {
            @Override
            public String name() {
                return "wrong";
            }

            @Override
            public List<String> losses() {
                return own.losses();
            }

            @Override
            public Map<String, String> settings(String loss, Interactions train) {
                Map<String, String> settings = new LinkedHashMap<>(own.settings(loss, train));
                settings.putAll(others);
                return settings;
            }

            @Override
            public Set<String> names(String loss) {
                return settings(loss, DATA.train()).keySet();
            }
        };
    }

    @Test
    void beginsAtTheDefaultsAndIsJudgedByTheLastItems() {
        SearchReport report = search(NARROW).search(DATA);
        assertThat(report.heldOut()).isEqualTo("last:1");
        assertThat(report.judgedBy()).isEqualTo("the last interaction of each user");
        assertThat(report.trials().get(0).settings()).isEmpty();
        assertThat(report.trials().get(0).validation()).isEqualTo(report.rule());
        assertThat(report.chosen()).isGreaterThanOrEqualTo(report.rule());
        assertThat(report.gigaflops()).isLessThanOrEqualTo(report.limit());
        assertThat(report.settings()).containsKeys("epochs", "stop_after").doesNotContainKeys("dimension", "cuts");
    }

    /** After two epochs from a start that knows neighbours, but not which of them comes next. */
    @Test
    void trainsLongerWhileThatGains() {
        SearchReport report = search(NARROW).search(DATA);
        assertThat(Integer.parseInt(report.settings().get("epochs"))).isGreaterThan(3);
        assertThat(Integer.parseInt(report.settings().get("stop_after"))).isGreaterThan(3);
        assertThat(report.changes().get(0).settings()).containsOnlyKeys("epochs");
        assertThat(report.chosen()).isGreaterThan(1.2 * report.rule());
    }

    @Test
    void findsTheTemperatureWhereTheFirstPointIsFarOff() {
        SearchReport report = search(NARROW.with("epochs", "12"))
                .beginning(at(NARROW.with("epochs", "12"), Map.of("temperature", "0.03")))
                .search(DATA);
        assertThat(Double.parseDouble(report.settings().get("temperature"))).isGreaterThan(0.06);
        assertThat(report.chosen()).isGreaterThan(1.02 * report.rule());
    }

    @Test
    void aLongTrainingIsTriedWithFewerDimensions() {
        SearchReport report = search(ModelSpec.of("sequence").with("dimension", "256"))
                .leastWork(100)
                .search(DATA);
        assertThat(report.gigaflops()).isLessThanOrEqualTo(report.limit());
        assertThat(report.trials()).hasSizeGreaterThan(2);
        assertThat(report.settings()).doesNotContainKey("dimension");
    }

    @Test
    void aTrainingThatIsNoLongerThanATrialIsNotSearched() {
        SearchReport report = search(NARROW).leastWork(0).search(DATA);
        assertThat(report.trials()).isEmpty();
        assertThat(report.settings()).containsEntry("epochs", "3").containsEntry("stop_after", "2");
    }

    @Test
    void severalNextItemsAreTriedWhereUsersAreJudgedBySeveral() {
        Dataset stretch = DATA.holdOut(HoldOut.parse("last:0.4"), 1);
        SearchReport report = search(NARROW.with("epochs", "2")).search(stretch);
        assertThat(report.heldOut()).isEqualTo("valid");
        assertThat(report.trials()).anyMatch(trial -> trial.settings().containsKey("next_items"));
        assertThat(search(NARROW.with("epochs", "1")).search(DIVIDED).trials())
                .noneMatch(trial -> trial.settings().containsKey("next_items"));
    }

    @Test
    void anyNumberOfThreadsFindsTheSame() {
        DefaultSearch search = search(NARROW.with("lambda", "1"));
        assertThat(search.threads(3).search(DATA)).isEqualTo(search.threads(1).search(DATA));
    }

    @Test
    void whatIsGivenStays() {
        ModelSpec given = NARROW.with("positions", "7").with("epochs", "2").with("lambda", "1");
        SearchReport report = search(given).search(DATA);
        assertThat(report.settings()).doesNotContainKeys("positions", "epochs", "lambda", "dimension");
        assertThat(report.trials())
                .noneMatch(trial -> trial.settings().containsKey("positions")
                        || trial.settings().containsKey("epochs"));
    }
}
