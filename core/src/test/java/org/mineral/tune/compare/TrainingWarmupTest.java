package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.Epoch;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;

class TrainingWarmupTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=200,items=50,seed=3");

    @Test
    void aSampleHasTheFirstUsersThatHaveAnythingAndAllTheirItems() {
        Dataset few = TrainingWarmup.sample(DATA, 64);

        assertThat(few.items()).isEqualTo(DATA.items());
        int[] users =
                IntStream.range(0, 200).filter(u -> few.train().count(u) > 0).toArray();
        int[] first = IntStream.range(0, 200)
                .filter(u -> DATA.train().count(u) > 0)
                .limit(64)
                .toArray();
        assertThat(users).isEqualTo(first);
        for (int u : users) {
            assertThat(few.train().row(u)).isEqualTo(DATA.train().row(u));
        }
        assertThat(few.test().size()).isZero();
        assertThat(few.valid().size()).isPositive().isLessThan(DATA.valid().size());
    }

    @Test
    void itEndsWhenEpochsTakeNoLessTimeThanTheOnesBefore() {
        TrainingWarmup warmup = new TrainingWarmup();

        assertThat(warmup.epoch(ended(1, 0.9))).isTrue();
        assertThat(warmup.epoch(ended(2, 1.1))).as("faster").isTrue();
        assertThat(warmup.epoch(ended(3, 1.3))).as("as fast, once").isTrue();
        assertThat(warmup.epoch(ended(4, 1.5))).as("as fast, twice").isTrue();
        assertThat(warmup.epoch(ended(5, 1.7))).as("as fast, three times").isFalse();
    }

    @Test
    void itEndsAfterTwoSecondsHoweverSlow() {
        assertThat(new TrainingWarmup().epoch(ended(1, 2.1))).isFalse();
    }

    private static Epoch ended(int number, double seconds) {
        return new Epoch(number, 40, 0, seconds, Double.NaN);
    }
}
