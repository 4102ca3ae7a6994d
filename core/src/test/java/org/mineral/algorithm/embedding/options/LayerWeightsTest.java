package org.mineral.algorithm.embedding.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerWeightsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7})
    void whatAutoStoodForSaysTheSame(int layers) {
        String text = LayerWeights.resolved(layers, "auto");
        assertThat(text).isNotEqualTo("auto");
        assertThat(LayerWeights.of(layers, text)).isEqualTo(LayerWeights.of(layers, "auto"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void ofAutoOddPowersHaveAQuarter(int layers) {
        float[] weights = LayerWeights.of(layers, "auto");
        double odd = 0;
        double total = 0;
        for (int k = 0; k <= layers; k++) {
            odd += k % 2 == 1 ? weights[k] : 0;
            total += weights[k];
        }
        assertThat(total).isEqualTo(1, within(1e-6));
        assertThat(odd).isEqualTo(0.25, within(1e-6));
    }

    @Test
    void otherTextsStayAsTheyAre() {
        assertThat(LayerWeights.resolved(2, "1,0.5,1")).isEqualTo("1,0.5,1");
        assertThat(LayerWeights.resolved(2, "uniform")).isEqualTo("uniform");
    }
}
