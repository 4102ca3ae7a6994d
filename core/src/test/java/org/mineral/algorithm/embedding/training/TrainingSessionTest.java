package org.mineral.algorithm.embedding.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Dataset;
import org.mineral.data.read.Datasets;
import org.mineral.linalg.KernelProvider;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

class TrainingSessionTest {

    private static final Dataset DATA =
            Datasets.read("builtin:tastes:users=150,items=120").holdOut(0.1, 1);

    @TempDir
    Path directory;

    private static EmbeddingTrainer trainer(int epochs) {
        TrainOptions options = TrainOptions.defaults()
                .with("dimension", 10)
                .with("block_size", 48)
                .with("epochs", epochs);
        return new EmbeddingTrainer(Losses.minePlus(1.2), options)
                .kernels(KernelProvider.scalar())
                .threads(2);
    }

    private static void assertSame(FactorModel found, FactorModel expected) {
        assertThat(found.userFactors().values())
                .isEqualTo(expected.userFactors().values());
        assertThat(found.itemFactors().values())
                .isEqualTo(expected.itemFactors().values());
    }

    @Test
    void stepsAreThoseOfAWholeRun() {
        Fit<FactorModel> whole = trainer(4).train(DATA);
        try (TrainingSession session = trainer(4).session(DATA)) {
            assertThat(session.plan().describe()).isEqualTo(whole.plan().describe());
            for (Epoch expected : whole.curve()) {
                assertThat(session.hasNext()).isTrue();
                Epoch found = session.next();
                assertThat(found.number()).isEqualTo(expected.number());
                assertThat(found.loss()).isEqualTo(expected.loss());
                assertThat(found.validation()).isEqualTo(expected.validation());
            }
            assertThat(session.hasNext()).isFalse();
            assertThatThrownBy(session::next).isInstanceOf(NoSuchElementException.class);
            assertSame(session.model(), whole.model());
            assertThat(session.fit().bestEpoch()).isEqualTo(whole.bestEpoch());
        }
    }

    @Test
    void aModelOnTheWayIsThatOfARunThatStopsThere() {
        FactorModel stopped = trainer(5).stopAfter(2).fit(DATA);
        FactorModel whole = trainer(5).fit(DATA);
        try (TrainingSession session = trainer(5).session(DATA)) {
            session.next();
            session.next();
            assertSame(session.model(), stopped);
            while (session.hasNext()) {
                session.next();
            }
            assertSame(session.model(), whole);
        }
    }

    @Test
    void modelsOutliveTheSession() {
        FactorModel model;
        try (TrainingSession session = trainer(1).session(DATA)) {
            session.next();
            model = session.model();
        }
        assertThat(model.rank(new float[model.dimension()], 3, new int[0]).items())
                .hasSize(3);
    }

    @Test
    void whatIsWaitedBetweenEpochsCountsNowhere() throws InterruptedException {
        try (TrainingSession session = trainer(2).session(DATA)) {
            double first = session.next().seconds();
            Thread.sleep(1500);
            long began = System.nanoTime();
            double both = session.next().seconds();
            double second = (System.nanoTime() - began) / 1e9;
            assertThat(both - first).isLessThan(second + 0.5);
        }
    }

    @Test
    void aSessionGoesOnFromTheCheckpointOfAnother() {
        FactorModel whole = trainer(3).fit(DATA);
        EmbeddingTrainer kept = trainer(3)
                .checkpoints(Checkpoints.beside(directory.resolve("model")).every(1));
        try (TrainingSession session = kept.session(DATA)) {
            session.next();
            session.next();
        }
        try (TrainingSession session = kept.session(DATA)) {
            assertThat(session.next().number()).isEqualTo(3);
            assertSame(session.model(), whole);
        }
    }

    @Test
    void aRunThatDivergesEndsAndLeavesNoCheckpoint() {
        EmbeddingTrainer wild = new EmbeddingTrainer(
                        Losses.mse(50),
                        TrainOptions.defaults()
                                .with("similarity", "dot")
                                .with("optimizer", "sgd")
                                .with("learning_rate", 90)
                                .with("schedule", "constant")
                                .with("epochs", 20))
                .checkpoints(Checkpoints.beside(directory.resolve("model")).every(1));
        try (TrainingSession session = wild.session(DATA.withValidInTrain())) {
            assertThatThrownBy(() -> {
                        while (session.hasNext()) {
                            session.next();
                        }
                    })
                    .isInstanceOf(DivergedException.class);
            assertThat(session.hasNext()).isFalse();
        }
        assertThat(Files.exists(directory.resolve("model.checkpoint"))).isFalse();
    }
}
