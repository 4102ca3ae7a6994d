package org.mineral.tune.auto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mineral.algorithm.Epoch;

class EarlyStoppingTest {

    /** The epochs that are run of a schedule of ten. */
    private static EarlyStopping run(double toBeat, double... curve) {
        EarlyStopping race = new EarlyStopping(toBeat, Deadline.none());
        for (int e = 0; e < curve.length; e++) {
            if (!race.epoch(new Epoch(e + 1, 10, 0, 0, curve[e]))) {
                break;
            }
        }
        return race;
    }

    @Test
    void whatIsLowAndFlatEndsEarly() {
        EarlyStopping race = run(0.1, 0.05, 0.051, 0.052, 0.053, 0.054);
        assertThat(race.stopped()).isTrue();
        assertThat(race.curve()).hasSize(3);
    }

    @Test
    void aRunThatWouldPassTheDeadlineEnds() throws InterruptedException {
        EarlyStopping late = new EarlyStopping(Double.NaN, Deadline.inMinutes(0.1));
        EarlyStopping inTime = new EarlyStopping(Double.NaN, Deadline.inMinutes(10));
        late.progress(1e-3);
        Thread.sleep(2_100);
        late.progress(0.9);
        inTime.progress(0.1);
        assertThatThrownBy(() -> late.progress(0.1)).isInstanceOf(EarlyStopping.TimeUpException.class);
    }

    @Test
    void aLongStartIsNotTakenForASlowRun() {
        EarlyStopping.Progress start = new EarlyStopping.Progress(20, 0.01);
        assertThat(new EarlyStopping.Progress(30, 0.51).left(start)).isCloseTo(9.8, within(1e-9));
        assertThat(new EarlyStopping.Progress(21, 0.2).left(start)).isZero();
    }

    @Test
    void whatIsLowAndSteepGoesOn() {
        EarlyStopping race = run(0.1, 0.04, 0.055, 0.07, 0.08, 0.09, 0.095, 0.1, 0.101, 0.102, 0.103);
        assertThat(race.stopped()).isFalse();
        assertThat(race.best()).isEqualTo(0.103);
        assertThat(race.bestEpoch()).isEqualTo(10);
    }

    @Test
    void theFirstHasNobodyToBeatAndEndsWhenItFallsForLong() {
        EarlyStopping race = run(Double.NaN, 0.1, 0.2, 0.15, 0.14, 0.13, 0.12);
        assertThat(race.stopped()).isFalse();
        assertThat(race.curve()).hasSize(5);
        assertThat(race.bestEpoch()).isEqualTo(2);
    }
}
