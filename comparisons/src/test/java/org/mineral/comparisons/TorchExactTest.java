package org.mineral.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.algorithm.embedding.training.TrainingSession;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

class TorchExactTest {

    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=300,items=200").withValidInTrain();
    private static final TrainOptions OPTIONS = TrainOptions.defaults()
            .with("dimension", 16)
            .with("block_size", 300)
            .withTemperature(0.15)
            .withEpochs(0);
    private static final FactorModel START = new EmbeddingTrainer(Losses.minePlus(1.2), OPTIONS).fit(DATA);
    private static final int[] EVERYBODY = IntStream.range(0, 300).toArray();

    /** With a rate of 0 Mineral's first epoch reports the objective at the start. */
    @ParameterizedTest
    @EnumSource(TorchExact.Way.class)
    void computesTheObjectiveOfMineral(TorchExact.Way way) {
        EmbeddingTrainer still =
                new EmbeddingTrainer(Losses.minePlus(1.2), OPTIONS.withEpochs(1).with("learning_rate", 0));
        try (TorchExact torch = new TorchExact(DATA.train(), START, way, 0.15, 1.2);
                TrainingSession mineral = still.session(DATA)) {
            assertThat(torch.step(EVERYBODY, 0)).isCloseTo(mineral.next().loss(), within(1e-5));
        }
    }

    @Test
    void theDerivedGradientIsThatOfAutograd() {
        try (TorchExact one = new TorchExact(DATA.train(), START, TorchExact.Way.AUTOGRAD, 0.15, 1.2);
                TorchExact other = new TorchExact(DATA.train(), START, TorchExact.Way.BY_HAND, 0.15, 1.2)) {
            for (int step = 0; step < 5; step++) {
                one.step(EVERYBODY, 0.02);
                other.step(EVERYBODY, 0.02);
            }
            assertThat(other.step(EVERYBODY, 0)).isCloseTo(one.step(EVERYBODY, 0), within(1e-4));
            assertThat(one.step(EVERYBODY, 0)).isLessThan(5);
        }
    }
}
