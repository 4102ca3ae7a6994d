package org.mineral.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;

class SpeedTest {

    private static Interactions random(int users, int items, int each) {
        SplittableRandom random = new SplittableRandom(5);
        int[][] rows = new int[users][];
        Arrays.setAll(rows, u -> random.ints(each, 0, items).toArray());
        return Interactions.of(items, rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "uniform:64", "in-batch", "mixed:32"})
    void everyKindOfCandidatesIsMeasured(String candidates) {
        TrainOptions options = TrainOptions.defaults()
                .with("candidates", candidates)
                .with("dimension", 16)
                .with("block_size", 50);
        Objective objective = Objective.of(Losses.minePlus(1.2), options);
        try (Workers workers = new Workers(2)) {
            for (int items : new int[] {70, 70_000}) {
                Speed speed =
                        Speed.measure(random(130, items, 4), true, objective, options, workers, KernelProvider.best());
                assertThat(speed.stepSeconds(items)).isPositive().isLessThan(60);
                assertThat(speed.perItem()).isNotNegative();
                assertThat(speed.ranking()).isPositive().isLessThan(1);
            }
        }
    }

    @Test
    void aLineThroughTwoMeasurementsGoesOnToAnyCatalogue() {
        Speed speed = Speed.line(8192, 0.002 + 8192e-6, 32_768, 0.002 + 32_768e-6);
        assertThat(speed.fixed()).isCloseTo(0.002, within(1e-9));
        assertThat(speed.stepSeconds(38_048)).isCloseTo(0.002 + 38_048e-6, within(1e-9));
        assertThat(speed.stepSeconds(0)).isCloseTo(0.002, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6, 0.005, 0.01, 0.02, 0.04, 0.08, 5})
    void aNoisyMeasurementOfTheSmallCatalogueHardlyMovesTheLargeOne(double few) {
        Speed speed = Speed.line(8192, few, 32_768, 0.04);
        assertThat(speed.stepSeconds(32_768)).isCloseTo(0.04, within(1e-9));
        assertThat(speed.fixed()).isBetween(0.0, 0.04);
        double proportional = 0.04 / 32_768 * 91_599;
        assertThat(speed.stepSeconds(91_599)).isBetween(0.04 - 1e-9, proportional + 1e-9);
    }

    @Test
    void theMeasurementLeavesNoTraceInTheResult() {
        Interactions train = random(900, 3000, 6);
        TrainOptions options = TrainOptions.defaults().with("dimension", 32).withEpochs(2);
        Dataset data = Dataset.of("random", train, Interactions.empty(900, 3000), Interactions.empty(900, 3000));
        // 2 epochs stay below the arithmetic that is worth measuring, 100 do not
        TrainListener stop = new TrainListener() {
            @Override
            public boolean epoch(Epoch epoch) {
                return epoch.number() < 2;
            }
        };
        TrainResult large = new Trainer(Losses.mine(), options.withEpochs(400).with("schedule", "constant"))
                .listener(stop)
                .train(data);
        TrainResult again = new Trainer(Losses.mine(), options.with("schedule", "constant")).train(data);
        assertThat(large.model().itemFactors().values())
                .isEqualTo(again.model().itemFactors().values());
    }
}
