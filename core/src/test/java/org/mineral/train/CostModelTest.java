package org.mineral.train;

import static org.assertj.core.api.Assertions.assertThat;

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
}
