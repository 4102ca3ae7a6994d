package org.mineral.algorithm.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeDropoutTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 0.9})
    void theShareIsMissingByUserByItemAndByStep(double share) {
        EdgeDropout edges = new EdgeDropout(share);
        int n = 20_000;
        int byUser = 0;
        int byItem = 0;
        int byStep = 0;
        for (int k = 0; k < n; k++) {
            byUser += edges.keeps(k, 3, 5) ? 0 : 1;
            byItem += edges.keeps(3, k, 5) ? 0 : 1;
            byStep += edges.keeps(3, 3, k) ? 0 : 1;
        }
        assertThat(new double[] {byUser / (double) n, byItem / (double) n, byStep / (double) n})
                .containsExactly(new double[] {share, share, share}, within(0.02));
        assertThat((double) edges.weight()).isCloseTo(1 / (1 - share), within(1e-6));
    }

    @Test
    void withoutDropoutAllAreThere() {
        EdgeDropout edges = new EdgeDropout(0);
        assertThat(edges.none()).isTrue();
        assertThat(edges.keeps(1, 2, 3)).isTrue();
        assertThat(edges.weight()).isEqualTo(1);
    }
}
