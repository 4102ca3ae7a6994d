package org.mineral.algorithm.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.loss.TestLosses;
import org.mineral.loss.row.Loss;

/** One user, one step, positives among the candidates: {@code collisions=mask} must be as if they were not there. */
class CollisionsTest {

    private static final int ITEMS = 300;
    private static final int[] POSITIVES = {2, 255, 256, 299};
    private static final int DIMENSION = 8;
    private static final Matrix ITEM_START = SpectralInit.random(ITEMS, DIMENSION, 0.4, 2);

    static Stream<Arguments> losses() {
        return Stream.concat(Losses.names().stream().map(Losses::of), TestLosses.all())
                .filter(loss -> !Losses.typeOf(loss).estimatesTotal())
                .flatMap(loss -> Stream.of("cosine", "dot").map(similarity -> Arguments.of(loss, similarity)));
    }

    private record Step(Matrix users, Matrix items, double loss) {}

    private static Step step(Loss loss, String similarity, String collisions, Candidates candidates, int[] row) {
        TrainOptions options = TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("dimension", DIMENSION)
                .with("similarity", similarity)
                .with("collisions", collisions)
                .with("temperature", 0.5);
        Objective objective = Objective.of(loss, options);
        Kernels kernels = KernelProvider.best();
        Matrix users = SpectralInit.random(1, DIMENSION, 0.4, 1);
        Matrix items = ITEM_START.copy();
        try (Workers workers = new Workers(1)) {
            Encoder left = Encoders.plainUsers(users, objective, options, kernels);
            Encoder right = Encoders.plainItems(items, objective, options, kernels);
            Interactions train = Interactions.of(ITEMS, new int[][] {row});
            double value = new BlockEngine(
                            objective, options, left, right, Targets.of(train, options), workers, kernels)
                    .step(new int[] {0}, candidates, 1, 1);
            return new Step(users, items, value);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void maskedPositivesAreAsIfTheyHadNotBeenDrawn(Loss loss, String similarity) {
        int[] rest = IntStream.range(0, ITEMS)
                .filter(i -> Arrays.binarySearch(POSITIVES, i) < 0)
                .toArray();
        Step masked = step(loss, similarity, "mask", Candidates.all(ITEMS), POSITIVES);
        Step without = step(loss, similarity, "keep", new Candidates(rest, null, rest.length), POSITIVES);
        Step kept = step(loss, similarity, "keep", Candidates.all(ITEMS), POSITIVES);
        assertThat(masked.loss).isCloseTo(without.loss, within(1e-5)).isNotEqualTo(kept.loss);
        assertThat(masked.users.values()).containsExactly(without.users.values(), within(1e-5f));
        assertThat(masked.items.values()).containsExactly(without.items.values(), within(1e-5f));
        assertThat(masked.items.values()).isNotEqualTo(kept.items.values());
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aUserWhoseCandidatesAreAllMaskedLeavesNothingInfinite(Loss loss, String similarity) {
        Step own = step(loss, similarity, "mask", new Candidates(POSITIVES, null, POSITIVES.length), POSITIVES);
        assertThat(own.loss).isFinite();
        for (Matrix side : new Matrix[] {own.users, own.items}) {
            assertThat(IntStream.range(0, side.values().length).allMatch(k -> Float.isFinite(side.values()[k])))
                    .isTrue();
        }
    }
}
