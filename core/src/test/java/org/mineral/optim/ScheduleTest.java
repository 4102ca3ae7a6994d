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

    @ParameterizedTest
    @EnumSource(Schedule.class)
    void aRateNeverRisesNorTurnsNegative(Schedule schedule) {
        double previous = 1;
        for (int k = 0; k <= 1000; k++) {
            double factor = schedule.factor(k / 1000.0);
            assertThat(factor).isBetween(0.0, previous);
            previous = factor;
        }
    }
}
