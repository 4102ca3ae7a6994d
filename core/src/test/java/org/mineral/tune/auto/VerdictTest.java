package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final int USERS = 400;

    /** Users' values with noise of their own; the same seed gives the same users. */
    private static double[] users(double mean, double noise, long seed) {
        SplittableRandom common = new SplittableRandom(1);
        SplittableRandom own = new SplittableRandom(seed);
        double[] values = new double[USERS];
        for (int u = 0; u < USERS; u++) {
            values[u] = mean + 0.1 * common.nextDouble() + noise * (own.nextDouble() - 0.5);
        }
        return values;
    }

    private static Verdict.Entry entry(String name, double servingCost, double[] byUser) {
        TrialResult.Run run = new TrialResult.Run(List.of(), 0, 0, byUser, false, servingCost);
        return new Verdict.Entry(name, Map.of(), new TrialResult(SettingChanges.NONE, List.of(run), 0, 0, null), 1);
    }

    @Test
    void ofTwoThatCannotBeToldApartTheCheaperToServeIsTaken() {
        Verdict verdict = Verdict.of(
                List.of(entry("cheap", 10, users(0.2, 0.05, 2)), entry("dear", 1000, users(0.2005, 0.05, 3))));
        assertThat(verdict.chosen()).isEqualTo("cheap");
        assertThat(verdict.contenders()).noneMatch(SearchReport.Contender::apart);
    }

    @Test
    void whatIsClearlyBetterIsTakenHoweverDearItIs() {
        Verdict verdict =
                Verdict.of(List.of(entry("cheap", 10, users(0.2, 0.02, 2)), entry("dear", 1000, users(0.22, 0.02, 3))));
        assertThat(verdict.chosen()).isEqualTo("dear");
        assertThat(verdict.contenders())
                .extracting(SearchReport.Contender::algorithm)
                .containsExactly("dear", "cheap");
        assertThat(verdict.contenders().get(1).apart()).isTrue();
        assertThat(verdict.contenders().get(1).tPValue()).isLessThan(0.001);
    }

    @Test
    void noiseIsNoReasonToLoseMuch() {
        double[] cheap = users(0.15, 0, 2);
        double[] dear = cheap.clone();
        for (int u = 0; u < USERS; u++) {
            dear[u] += u % 2 == 0 ? 0.30 : -0.28;
        }
        Verdict verdict = Verdict.of(List.of(entry("cheap", 10, cheap), entry("dear", 1000, dear)));
        assertThat(verdict.contenders().get(1).apart()).isFalse();
        assertThat(-verdict.contenders().get(1).difference())
                .isGreaterThan(0.02 * verdict.contenders().get(0).validation());
        assertThat(verdict.chosen()).isEqualTo("dear");
    }

    @Test
    void failuresStandLastAndAreNeverTaken() {
        Verdict.Entry failed = new Verdict.Entry(
                "broken", Map.of(), new TrialResult(SettingChanges.NONE, List.of(), 0, 0, "too large"), 1);
        Verdict verdict = Verdict.of(List.of(failed, entry("whole", 1, users(0.1, 0.1, 2))));
        assertThat(verdict.chosen()).isEqualTo("whole");
        assertThat(verdict.contenders().get(1).failure()).isEqualTo("too large");
        assertThat(Verdict.of(List.of(failed)).chosen()).isNull();
    }
}
