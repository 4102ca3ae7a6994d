package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;

class ExposureTest {

    private static final int ITEMS = 90;

    private final RandomModel random = RandomModel.of(120, ITEMS, 3, 4);

    private Evaluation evaluate(Evaluator evaluator) {
        try (Workers workers = new Workers(2)) {
            return evaluator.evaluate(random.model(), random.test(), workers);
        }
    }

    /** Every item of the catalogue ranked by its score, the lower index first among equals. */
    private int[] list(int user, int k) {
        float[] scores = random.model().scores(user);
        int[] seen = random.model().known().row(user);
        return IntStream.range(0, ITEMS)
                .filter(i -> Arrays.stream(seen).noneMatch(s -> s == i))
                .boxed()
                .sorted((a, b) -> scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : a - b)
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 90})
    void noveltyIsTheMeanSelfInformationOfEachList(int k) {
        Evaluation evaluation = evaluate(Evaluator.at(3, k).withExposure());
        double[] counts = new double[ITEMS];
        for (int u = 0; u < 120; u++) {
            for (int item : random.model().known().row(u)) {
                counts[item]++;
            }
        }
        assertThat(counts[ITEMS - 1]).as("an item without interactions").isZero();
        double total = Arrays.stream(counts).map(n -> n == 0 ? 1 : n).sum();
        int[] users = evaluation.perUser().userIndices();
        double[] values = evaluation.perUser().values().get("Novelty@" + k);
        double mean = 0;
        for (int p = 0; p < users.length; p++) {
            double expected = Arrays.stream(list(users[p], k))
                    .mapToDouble(i -> -Math.log(Math.max(1, counts[i]) / total) / Math.log(2))
                    .average()
                    .orElseThrow();
            assertThat(values[p]).isCloseTo(expected, within(1e-12));
            mean += expected / users.length;
        }
        assertThat(evaluation.metric("Novelty@" + k)).isCloseTo(mean, within(1e-12));
    }

    /** Gini as half the relative mean difference: sum_ij |x_i - x_j| / (2 n sum x). */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20})
    void giniIsTheMeanDifferenceOfWhatIsShown(int k) {
        Evaluation evaluation = evaluate(Evaluator.at(k, 30).withExposure());
        long[] shown = new long[ITEMS];
        for (int user : evaluation.perUser().userIndices()) {
            for (int item : list(user, k)) {
                shown[item]++;
            }
        }
        double differences = 0;
        for (long a : shown) {
            for (long b : shown) {
                differences += Math.abs(a - b);
            }
        }
        double sum = Arrays.stream(shown).sum();
        assertThat(evaluation.metric("Gini@" + k)).isCloseTo(differences / (2 * ITEMS * sum), within(1e-12));
        assertThat(evaluation.metric("Coverage@" + k))
                .isEqualTo((double) Arrays.stream(shown).filter(n -> n > 0).count() / ITEMS);
        assertThat(evaluation.perUser().values()).doesNotContainKey("Gini@" + k);
    }

    @Test
    void theOtherMetricsAreUnchanged() {
        Evaluation without = evaluate(Evaluator.at(5, 20));
        Map<String, Double> with =
                new LinkedHashMap<>(evaluate(Evaluator.at(5, 20).withExposure()).metrics());
        assertThat(with.keySet()).containsSequence("Coverage@5", "Gini@5", "Novelty@5", "Recall@20");
        with.keySet().removeIf(name -> name.startsWith("Gini@") || name.startsWith("Novelty@"));
        assertThat(with).isEqualTo(without.metrics());
    }

    @Test
    void giniOfEqualAndOfSingleItems() {
        Exposure equal = new Exposure(new int[] {2}, 4);
        equal.add(new int[] {0, 1});
        equal.add(new int[] {3, 2, 0});
        assertThat(equal.gini(0)).isZero();
        assertThat(equal.coverage(0)).isOne();
        Exposure one = new Exposure(new int[] {1}, 4);
        one.add(new int[] {2, 0});
        one.add(new int[] {2, 1});
        assertThat(one.gini(0)).as("1 - 1/4").isEqualTo(0.75);
        assertThat(one.coverage(0)).isEqualTo(0.25);
    }

    @Test
    void anItemHalfAsPopularIsOneBitMoreNovel() {
        Novelty novelty = Novelty.of(Interactions.of(3, new int[] {0, 1}, new int[] {0}, new int[0]));
        assertThat(novelty.value(new int[] {0, 1, 2}, 1)).as("2 of 2 + 1 + 1").isEqualTo(1);
        assertThat(novelty.value(new int[] {1}, 5)).isEqualTo(2);
        assertThat(novelty.value(new int[] {2, 0}, 1)).as("none counts as one").isEqualTo(2);
        assertThat(novelty.value(new int[0], 5)).isZero();
    }
}
