package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.TestModels;

class AucTest {

    private static final int[] NONE = {};

    private final RandomModel random = RandomModel.of(120, 90, 3, 4);

    /** Pair by pair. */
    private double naive(int user, int unknown) {
        float[] scores = random.model().scores(user);
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                boolean other = !random.test().contains(user, j)
                        && !random.model().known().contains(user, j);
                if (random.test().contains(user, i) && other) {
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        int others = pairs / random.test().count(user);
        return won / (pairs + unknown * others);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void isTheShareOfPairsForAnyNumberOfThreads(int threads) {
        int[] unknown = IntStream.range(0, 120).map(u -> u % 3).toArray();
        try (Workers workers = new Workers(threads)) {
            Evaluation evaluation = Evaluator.at(5)
                    .withAuc()
                    .evaluate(random.model(), random.test(), random.model().known(), unknown, workers);
            int[] users = evaluation.perUser().userIndices();
            double[] values = evaluation.perUser().values().get("AUC");
            double mean = 0;
            for (int p = 0; p < users.length; p++) {
                assertThat(values[p]).isCloseTo(naive(users[p], unknown[users[p]]), within(1e-12));
                mean += values[p] / users.length;
            }
            assertThat(evaluation.metric("AUC")).isCloseTo(mean, within(1e-12));
        }
    }

    @Test
    void theOtherMetricsAreUnchanged() {
        Evaluation without = Evaluator.at(5, 20).evaluate(random.model(), random.test());
        Map<String, Double> with = new LinkedHashMap<>(Evaluator.at(5, 20)
                .withAuc()
                .evaluate(random.model(), random.test())
                .metrics());
        assertThat(with.remove("AUC")).isNotNull();
        assertThat(with).isEqualTo(without.metrics());
    }

    @Test
    void randomScoresGiveOneHalf() {
        Random numbers = new Random(8);
        double mean = 0;
        for (int round = 0; round < 400; round++) {
            float[] scores = new float[200];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = numbers.nextFloat();
            }
            mean += Auc.of(scores, new int[] {3, 40, 41, 90, 199}, new int[] {0, 4, 120}, 0) / 400;
        }
        // One value has the deviation sqrt(1 / (12 * 5)) = 0.13, so this is six of the mean's.
        assertThat(mean).isCloseTo(0.5, within(0.04));
    }

    @Test
    void perfectReversedAndEqualScores() {
        float[] scores = {5, 9, 4, 3, 2, 1};
        assertThat(Auc.of(scores, new int[] {0, 2}, new int[] {1}, 0))
                .as("masked")
                .isOne();
        assertThat(Auc.of(scores, new int[] {4, 5}, new int[] {1}, 0)).isZero();
        assertThat(Auc.of(new float[6], new int[] {0, 2}, NONE, 0)).isEqualTo(0.5);
        float[] zeros = {-0f, 0f, 0f};
        assertThat(Auc.of(zeros, new int[] {0}, NONE, 0)).as("-0 = 0").isEqualTo(0.5);
    }

    @Test
    void unknownTestItemsWinNothing() {
        float[] scores = {5, 9, 4, 3, 2, 1};
        assertThat(Auc.of(scores, new int[] {1}, NONE, 1)).isEqualTo(0.5);
        assertThat(Auc.of(scores, NONE, NONE, 2)).isZero();
    }

    @Test
    void withoutPairsItIsOneHalf() {
        assertThat(Auc.of(new float[] {1, 2, 3}, new int[] {0, 1}, new int[] {2}, 0))
                .isEqualTo(0.5);
    }

    /** One coordinate a user: items have 1 at those who want them. */
    @Test
    void aModelThatKnowsTheTestItemsReachesOne() {
        Matrix users = new Matrix(30, 30);
        Matrix items = new Matrix(60, 30);
        int[][] test = new int[30][];
        for (int u = 0; u < 30; u++) {
            test[u] = new int[] {u, 30 + u};
            users.set(u, u, 1);
            items.set(u, u, 1);
            items.set(30 + u, u, 1);
        }
        FactorModel perfect = TestModels.model(users, items, Interactions.empty(30, 60), Map.of());
        assertThat(Evaluator.at(1)
                        .withAuc()
                        .evaluate(perfect, Interactions.of(60, test))
                        .metric("AUC"))
                .isOne();
    }
}
