package org.mineral.algorithm.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.linalg.Kernels;
import org.mineral.loss.Losses;
import org.mineral.loss.TestLosses;
import org.mineral.loss.row.RowLoss;

/** What rows that are kept whole take, beside the engine's own arrays. */
class RowKernelTest {

    /** A quantile, and a sum from there on. */
    private static final RowLoss WHOLE = new TestLosses.SigmoidPowerFromQuantile(3, 2);

    @Test
    void onlyLossesOfSeveralStatisticsKeepRows() {
        int n = 2 * Kernels.STRIP + 1;
        assertThat(RowKernel.bytes(Losses.minePlus(1.2), n)).isZero();
        assertThat(RowKernel.bytes(Losses.bpr(), n)).isZero();
        // Scores, weights, derivatives and the slopes of one sum, in whole strips.
        assertThat(RowKernel.bytes(WHOLE, n)).isEqualTo(4L * Float.BYTES * 3 * Kernels.STRIP);
    }

    @Test
    void thePlanCountsThemForEachThread() {
        Dataset data = Datasets.read("builtin:tastes:users=60,items=50");
        EmbeddingTrainer trainer =
                new EmbeddingTrainer(WHOLE, TrainOptions.defaults().with("candidates", "all"));
        long one = trainer.threads(1).plan(data).bytesEstimate();
        assertThat(trainer.threads(1001).plan(data).bytesEstimate() - one)
                .isGreaterThanOrEqualTo(
                        1000 * RowKernel.bytes(WHOLE, data.items().size()));
        EmbeddingTrainer sums = new EmbeddingTrainer(Losses.minePlus(1.2), TrainOptions.defaults());
        assertThat(sums.threads(1001).plan(data)).isEqualTo(sums.threads(1).plan(data));
    }
}
