package org.mineral.model.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {

    @Test
    void ordersNegativeZeroAndInfiniteScoresAsFloatsCompare() {
        float[] scores = {-1, -0f, 0, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -2, 1e-40f};
        TopK best = new TopK(6);
        for (int i = 0; i < scores.length; i++) {
            best.offer(i, scores[i]);
        }
        assertThat(best.ranking().items()).containsExactly(4, 6, 1, 2, 0, 5);
    }

    @Test
    void tiesGoToTheLowerIndexInAnyOrderOfArrival() {
        TopK best = new TopK(2);
        for (int item : new int[] {3, 1, 4, 0, 2}) {
            best.offer(item, 7);
        }
        assertThat(best.ranking().items()).containsExactly(0, 1);
        assertThat(best.threshold()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 20, 21, 64})
    void equalsSortingAll(int k) {
        Random random = new Random(k);
        for (int n : new int[] {1, 5, 63, 64, 65, 1000}) {
            for (int values : new int[] {2, 30, 1 << 20}) {
                TopK best = new TopK(k);
                Map<Integer, Float> scores = new HashMap<>();
                for (int i = 0; i < n; i++) {
                    // Over all ints, so that keys are far apart.
                    int item = random.nextInt() & Integer.MAX_VALUE;
                    float score = (random.nextInt(values) - values / 2) * 1e33f;
                    if (scores.putIfAbsent(item, score) == null) {
                        best.offer(item, score);
                    }
                }
                int[] expected = scores.keySet().stream()
                        .sorted(Comparator.comparing((Integer item) -> -scores.get(item))
                                .thenComparing(Comparator.naturalOrder()))
                        .mapToInt(Integer::intValue)
                        .limit(k)
                        .toArray();
                Ranking kept = best.ranking();
                assertThat(kept.items()).isEqualTo(expected);
                for (int r = 0; r < expected.length; r++) {
                    assertThat(kept.scores()[r]).isEqualTo(scores.get(expected[r]) + 0f);
                }
            }
        }
    }

    @Test
    void keepsNothingWhenAskedForNothing() {
        TopK best = new TopK(0);
        best.offer(0, 1);
        assertThat(best.ranking().items()).isEmpty();
        assertThat(best.threshold()).isEqualTo(Float.POSITIVE_INFINITY);
    }
}
