package org.mineral.algorithm.embedding.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;

class CandidateChoiceTest {

    private static final TrainOptions AUTO = TrainOptions.defaults();
    private static final Interactions LARGE = Interactions.empty(1_000_000, 300_000);

    @Test
    void aCatalogueOfOrdinarySizeIsExact() {
        Interactions ordinary = Interactions.empty(31_668, 38_048);
        assertThat(CandidateChoice.choose(ordinary, Losses.minePlus(1.2), AUTO)).isEqualTo(AUTO);
    }

    @Test
    void aVeryLargeOneIsSampledUnlessTheUserSaysOtherwise() {
        assertThat(CandidateChoice.choose(LARGE, Losses.minePlus(1.2), AUTO)
                        .objective()
                        .candidates())
                .isEqualTo(CandidateChoice.SAMPLE);
        TrainOptions exact = AUTO.with("candidates", "all");
        assertThat(CandidateChoice.choose(LARGE, Losses.minePlus(1.2), exact)).isEqualTo(exact);
    }

    @Test
    void aLossThatSamplesKeepsItsOwnChoice() {
        assertThat(CandidateChoice.choose(LARGE, Losses.bpr(), AUTO)).isEqualTo(AUTO);
    }

    @Test
    void aBlockThatNoArrayHoldsIsSampled() {
        TrainOptions wide = AUTO.with("block_size", 1_000_000);
        Interactions train = Interactions.empty(200_000, 20_000);
        assertThat(CandidateChoice.choose(train, Losses.minePlus(1.2), wide)
                        .objective()
                        .candidates())
                .isEqualTo(CandidateChoice.SAMPLE);
    }
}
