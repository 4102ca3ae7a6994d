package org.mineral.model.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.model.TestModels;

class PackedItemsTest {

    private final Kernels kernels = KernelProvider.best();

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 256, 257, 300})
    void panelsAreTheSameWhereverTheyBegin(int rows) {
        Matrix items = TestModels.gaussian(rows, 20, new Random(rows));
        float[] expected = panels(PackedItems.of(items, kernels, (array, otherwise) -> otherwise), rows);
        assertThat(expected).contains(items.get(rows - 1, 19));
        for (int begin = 0; begin < 16; begin += 2) {
            int place = begin;
            PackedItems packed = PackedItems.of(items, kernels, (array, otherwise) -> place);
            assertThat(packed.begin()).isEqualTo(begin);
            assertThat(panels(packed, rows)).isEqualTo(expected);
            PackedItems moved = packed.aligned((array, otherwise) -> 14 - place);
            assertThat(moved.begin()).isEqualTo(14 - begin);
            assertThat(panels(moved, rows)).isEqualTo(expected);
            assertThat(panels(packed, rows)).isEqualTo(expected);
            assertThat(packed.aligned((array, otherwise) -> otherwise)).isSameAs(packed);
        }
    }

    private static float[] panels(PackedItems packed, int rows) {
        int last = packed.at((rows + Kernels.PANEL - 1) / Kernels.PANEL * Kernels.PANEL);
        return Arrays.copyOfRange(packed.values(), packed.at(0), last);
    }
}
