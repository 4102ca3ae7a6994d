package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchReportTest {

    /** The chosen settings gain 3.1 % on the same users, while the means are 3.3 % apart: other users are in them. */
    private static SearchReport gained() {
        Map<String, String> narrower = Map.of("temperature", "0.1");
        List<SearchReport.Trial> trials = List.of(
                trial(Map.of(), 0.1, null, null),
                trial(Map.of("temperature", "0.3"), 0.09, -0.1, 0.02),
                trial(narrower, 0.1033, 0.031, 0.009));
        return new SearchReport(
                "mf",
                HeldOut.OWN,
                1,
                300,
                300,
                trials,
                List.of(new SearchReport.Change(narrower, 0.031, 0.009)),
                List.of(),
                narrower,
                0.1,
                0.1033,
                0.0009,
                10,
                1000,
                false);
    }

    private static SearchReport.Trial trial(Map<String, String> settings, double value, Double gain, Double error) {
        return new SearchReport.Trial("mf", settings, value, gain, error, 3, List.of(value), false, 1, null);
    }

    @Test
    void allChangesTogetherGainWhatTheirTrialGained() {
        SearchReport report = gained();
        assertThat(report.gain()).isEqualTo(0.031);
        assertThat(report.gainError()).isEqualTo(0.009);
        assertThat(report.lines())
                .anySatisfy(line -> assertThat(line).contains("temperature=0.1", "+3.1 % (standard error 0.9)"))
                .anySatisfy(line ->
                        assertThat(line).contains("together", "0.1033", "0.1000", "+3.1 % (standard error 0.9)"));
    }

    @Test
    void theFirstSettingsGainNothing() {
        SearchReport all = gained();
        SearchReport first = new SearchReport(
                "mf",
                HeldOut.OWN,
                1,
                300,
                300,
                all.trials(),
                List.of(),
                List.of(),
                Map.of(),
                0.1,
                0.1,
                0.0,
                10,
                1000,
                false);
        assertThat(first.gain()).isNull();
        assertThat(first.lines()).anySatisfy(line -> assertThat(line).contains("nothing was clearly better"));
    }
}
