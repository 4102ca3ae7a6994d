package org.mineral.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScheduleTest {

    @Test
    void factorsFollowTheirFormulas() {
        double[] progress = {0, 0.25, 0.5, 0.75, 1};
        double[][] expected = {
            {1, 1, 1, 1, 1}, {1, 0.75, 0.5, 0.25, 0}, {1, (2 + Math.sqrt(2)) / 4, 0.5, (2 - Math.sqrt(2)) / 4, 0}
        };
        for (int k = 0; k < progress.length; k++) {
            assertThat(Schedule.CONSTANT.factor(progress[k])).isEqualTo(expected[0][k]);
            assertThat(Schedule.LINEAR.factor(progress[k])).isCloseTo(expected[1][k], within(1e-12));
            assertThat(Schedule.COSINE.factor(progress[k])).isCloseTo(expected[2][k], within(1e-12));
        }
    }

    @Test
    void oneCycleRisesOverAFifthAndThenFollowsTheCosine() {
        assertThat(Schedule.ONE_CYCLE.factor(0)).isCloseTo(0.04, within(1e-12));
        assertThat(Schedule.ONE_CYCLE.factor(0.1)).isCloseTo(0.52 * Schedule.COSINE.factor(0.1), within(1e-12));
        for (int k = 1; k <= 1000; k++) {
            double before = Schedule.ONE_CYCLE.factor((k - 1) / 1000.0);
            double factor = Schedule.ONE_CYCLE.factor(k / 1000.0);
            if (k <= 200) {
                assertThat(factor).isBetween(before, 1.0);
            } else {
                assertThat(factor).isEqualTo(Schedule.COSINE.factor(k / 1000.0));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Schedule.class, mode = EnumSource.Mode.EXCLUDE, names = "ONE_CYCLE")
    void aRateNeverRisesNorTurnsNegative(Schedule schedule) {
        double previous = 1;
        for (int k = 0; k <= 1000; k++) {
            double factor = schedule.factor(k / 1000.0);
            assertThat(factor).isBetween(0.0, previous);
            previous = factor;
        }
    }
}
