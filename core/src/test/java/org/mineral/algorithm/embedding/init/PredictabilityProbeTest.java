package org.mineral.algorithm.embedding.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mineral.data.Interactions;

class PredictabilityProbeTest {

    /** Users take items of their own one of {@code groups} groups with one probability, other items with another. */
    private static Interactions groups(int groups, double own, double other) {
        SplittableRandom random = new SplittableRandom(5);
        int[][] rows = new int[400][];
        for (int u = 0; u < rows.length; u++) {
            int group = u % groups;
            rows[u] = IntStream.range(0, 300)
                    .filter(i -> random.nextDouble() < (i % groups == group ? own : other))
                    .toArray();
        }
        return Interactions.of(300, rows);
    }

    @Test
    void noiseHasNoGap() {
        assertThat(PredictabilityProbe.gap(groups(1, 0.1, 0.1), 1)).isCloseTo(0, within(0.05));
    }

    @Test
    void whatOthersForetellHasOneTheWiderTheLessNoiseThereIs() {
        double noisy = PredictabilityProbe.gap(groups(20, 0.5, 0.05), 1);
        double clean = PredictabilityProbe.gap(groups(20, 0.5, 0.02), 1);
        double pure = PredictabilityProbe.gap(groups(20, 0.5, 0), 1);
        assertThat(noisy).isBetween(0.0, 0.06);
        assertThat(clean).isBetween(noisy + 0.03, pure - 0.1);
        assertThat(pure).isBetween(0.25, 0.45);
    }

    @Test
    void itRepeatsAndHardlyDependsOnWhichPairsAreHeldOut() {
        Interactions train = groups(20, 0.5, 0.02);
        double gap = PredictabilityProbe.gap(train, 1);
        assertThat(PredictabilityProbe.gap(train, 1)).isEqualTo(gap);
        assertThat(PredictabilityProbe.gap(train, 2)).isCloseTo(gap, within(0.04));
    }

    @Test
    void whereThereIsTooLittleToTellItIsNothing() {
        assertThat(PredictabilityProbe.gap(Interactions.empty(3, 3), 1)).isZero();
        assertThat(PredictabilityProbe.gap(Interactions.of(2, new int[] {0}, new int[] {1}), 1))
                .isZero();
        int[][] alone = IntStream.range(0, 5000).mapToObj(u -> new int[] {u}).toArray(int[][]::new);
        assertThat(PredictabilityProbe.gap(Interactions.of(5000, alone), 1))
                .as("nobody and nothing held out is left in the rest")
                .isZero();
    }
}
