package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CacheLineTest {

    @Test
    void thePlaceIsWithinALineAndTheArrayStaysAsItIs() {
        float[] values = new float[5000];
        Arrays.fill(values, 1000, 3000, 0.5f);
        float[] before = values.clone();
        for (int otherwise : new int[] {0, 6, 14}) {
            assertThat(CacheLine.begin(values, otherwise)).isBetween(0, CacheLine.FLOATS - 1);
        }
        assertThat(values).isEqualTo(before);
    }

    @Test
    void anArrayTooShortToTellBeginsWhereItDid() {
        assertThat(CacheLine.begin(new float[0], 0)).isZero();
        assertThat(CacheLine.begin(new float[1000], 4)).isEqualTo(4);
    }
}
