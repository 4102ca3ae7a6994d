package org.mineral.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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

    @Test
    void keepsNothingWhenAskedForNothing() {
        TopK best = new TopK(0);
        best.offer(0, 1);
        assertThat(best.ranking().items()).isEmpty();
        assertThat(best.threshold()).isEqualTo(Float.POSITIVE_INFINITY);
    }
}
