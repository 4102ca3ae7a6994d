package org.mineral.algorithm.embedding.foldin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;

/** Steps of some items only, and what new items come to by them. */
class ItemFoldInTest {

    private static final int USERS = 30;
    private static final int ITEMS = 600;
    private static final int D = 10;

    /** Strips are of 128 items or so: some have no moving item, some a few, some nothing else. */
    private static boolean moves(int item) {
        return item % 97 == 5 || item >= 400 && item < 580;
    }

    @ParameterizedTest
    @CsvSource({
        "mine+, all, cosine, true",
        "mine+, uniform:400, cosine, false",
        "softmax, all, dot, true",
        "bpr, uniform:300, dot, false",
        "mse, all, cosine, false",
        "ccl, mixed:64, cosine, true",
    })
    void itemsThatMoveDoSoAsInAStepOfAllAndNothingElseMoves(
            String loss, String candidates, String similarity, boolean biased) {
        TrainOptions options = TrainOptions.defaults()
                .with("dimension", D)
                .with("similarity", similarity)
                .with("candidates", candidates)
                .with("item_bias", biased)
                .with("temperature", 0.3);
        Objective objective = Objective.of(Losses.of(loss), options);
        Interactions train = interactions();
        int[] block = IntStream.range(0, USERS).toArray();
        Candidates drawn = CandidateSampler.of(candidates, train, true).draw(block, 3, 0);
        boolean[] moving = new boolean[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            moving[i] = moves(i);
        }
        Matrix[] start = {SpectralInit.random(USERS, D, 0.4, 1), SpectralInit.random(ITEMS, D, 0.4, 2)};
        BiasColumn.clear(start[0]);
        Matrix[] all = {start[0].copy(), start[1].copy()};
        double whole = step(objective, options, train, all, e -> e.step(block, drawn, 0.1, 7));
        for (int threads : new int[] {1, 3}) {
            Matrix[] some = {start[0].copy(), start[1].copy()};
            double value =
                    step(objective, options, train, some, e -> e.itemsStep(block, drawn, 0.1, 7, moving), threads);
            assertThat(value).isEqualTo(whole);
            assertThat(some[0].values()).isEqualTo(start[0].values());
            for (int i = 0; i < ITEMS; i++) {
                assertThat(some[1].row(i)).isEqualTo((moves(i) ? all[1] : start[1]).row(i));
            }
        }
        assertThat(all[1].values()).isNotEqualTo(start[1].values());
    }

    private interface Step {
        double of(BlockEngine engine);
    }

    private static double step(
            Objective objective, TrainOptions options, Interactions train, Matrix[] tables, Step step) {
        return step(objective, options, train, tables, step, 1);
    }

    private static double step(
            Objective objective, TrainOptions options, Interactions train, Matrix[] tables, Step step, int threads) {
        var kernels = KernelProvider.best();
        try (Workers workers = new Workers(threads)) {
            Encoder users = Encoders.plainUsers(tables[0], objective, options, kernels);
            Encoder items = Encoders.plainItems(tables[1], objective, options, kernels);
            return step.of(
                    new BlockEngine(objective, options, users, items, Targets.of(train, options), workers, kernels));
        }
    }

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        for (int u = 0; u < USERS; u++) {
            rows[u] = random.ints(1 + random.nextInt(12), 0, ITEMS).toArray();
        }
        return Interactions.of(ITEMS, rows);
    }

    /** Biases 1 + 2 log n of known items; a new one of four users begins at 1 + 2 log 4. */
    @Test
    void aFirstBiasLiesOnTheLineOfTheKnownOnes() {
        int[] counts = {1, 3, 9, 4, 0};
        boolean[] isNew = {false, false, false, true, true};
        Matrix items = new Matrix(5, 3);
        for (int i = 0; i < 3; i++) {
            items.set(i, 2, (float) (1 + 2 * Math.log(counts[i])));
        }
        BiasColumn.byCount(items, counts, isNew);
        assertThat(items.get(3, 2))
                .isCloseTo((float) (1 + 2 * Math.log(4)), org.assertj.core.data.Offset.offset(1e-5f));
        assertThat(items.get(4, 2))
                .as("nobody's counts as one user's")
                .isCloseTo(1, org.assertj.core.data.Offset.offset(1e-5f));
        assertThat(items.get(0, 2)).isEqualTo(1);
    }

    @Test
    void scoredBiasesAndParametersAreThereAndBack() {
        Matrix scored = SpectralInit.random(4, 5, 1, 1);
        Matrix parameters = BiasColumn.parameters(scored, 0.25);
        TrainOptions options = TrainOptions.defaults()
                .with("dimension", 5)
                .with("similarity", "dot")
                .with("item_bias", true)
                .withTemperature(0.25);
        Objective objective = Objective.of(Losses.minePlus(1.2), options);
        Matrix again = Encoders.plainItems(parameters, objective, options, KernelProvider.scalar())
                .snapshot();
        for (int i = 0; i < 4; i++) {
            assertThat(parameters.get(i, 4)).isEqualTo(4 * scored.get(i, 4));
            assertThat(again.row(i)).isEqualTo(scored.row(i));
            assertThat(parameters.get(i, 0)).isEqualTo(scored.get(i, 0));
        }
    }
}
