package org.mineral.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;

class CostModelTest {

    private static final TrainOptions AUTO = TrainOptions.defaults();
    private static final Interactions LARGE = Interactions.empty(1_000_000, 300_000);

    @Test
    void aCatalogueOfOrdinarySizeIsExact() {
        Interactions ordinary = Interactions.empty(31_668, 38_048);
        assertThat(CostModel.choose(ordinary, Losses.minePlus(1.2), AUTO)).isEqualTo(AUTO);
    }

    @Test
    void aVeryLargeOneIsSampledUnlessTheUserSaysOtherwise() {
        assertThat(CostModel.choose(LARGE, Losses.minePlus(1.2), AUTO).candidates())
                .isEqualTo(CostModel.SAMPLE);
        TrainOptions exact = AUTO.with("candidates", "all");
        assertThat(CostModel.choose(LARGE, Losses.minePlus(1.2), exact)).isEqualTo(exact);
    }

    @Test
    void aLossThatSamplesKeepsItsOwnChoice() {
        assertThat(CostModel.choose(LARGE, Losses.bpr(), AUTO)).isEqualTo(AUTO);
    }

    @Test
    void aBlockThatNoArrayHoldsIsSampled() {
        TrainOptions wide = AUTO.with("block_size", 1_000_000);
        Interactions train = Interactions.empty(200_000, 20_000);
        assertThat(CostModel.choose(train, Losses.minePlus(1.2), wide).candidates())
                .isEqualTo(CostModel.SAMPLE);
    }

    @Test
    void aStartGrowsWithItsThreadsShareOfTheInteractions() {
        Interactions few = Interactions.of(2, new int[] {0, 1}, new int[] {1});
        double random = StartCost.seconds(few, AUTO.with("start", "random"), 2);
        assertThat(random).isCloseTo(1e-7 * 64 * 4, within(1e-12));
        assertThat(StartCost.seconds(LARGE, AUTO, 1)).isGreaterThan(StartCost.seconds(LARGE, AUTO, 2));
        // 24 MB are in cache; twice that costs twice as much a row; from 146 MB on it is all memory
        assertThat(StartCost.gather(6e6)).isCloseTo(0.25e-9, within(1e-15));
        assertThat(StartCost.gather(12e6)).isCloseTo(0.5e-9, within(1e-15));
        assertThat(StartCost.gather(1e9)).isCloseTo(0.9e-9, within(1e-15));
    }
}
