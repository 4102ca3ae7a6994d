package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MatrixTest {

    @Test
    void rowsArePaddedToWholeVectors() {
        assertThat(Matrix.pad(0)).isZero();
        assertThat(Matrix.pad(1)).isEqualTo(16);
        assertThat(Matrix.pad(16)).isEqualTo(16);
        assertThat(Matrix.pad(17)).isEqualTo(32);
        Matrix matrix = new Matrix(3, 19);
        assertThat(matrix.stride()).isEqualTo(32);
        assertThat(matrix.values()).hasSize(96).containsOnly(0);
        assertThat(matrix.offset(2)).isEqualTo(64);
    }

    @Test
    void valuesAreStoredAndPaddingStaysZero() {
        Matrix matrix = new Matrix(2, 3);
        matrix.set(1, 2, 5);
        matrix.setRow(0, new float[] {1, 2, 3});
        assertThat(matrix.get(1, 2)).isEqualTo(5);
        assertThat(matrix.row(0)).containsExactly(1, 2, 3);
        assertThat(matrix.row(1)).containsExactly(0, 0, 5);
        for (int k = 3; k < 16; k++) {
            assertThat(matrix.values()[k]).isZero();
            assertThat(matrix.values()[16 + k]).isZero();
        }
    }

    @Test
    void aCopyAndARowAreIndependent() {
        Matrix matrix = new Matrix(1, 2);
        Matrix copy = matrix.copy();
        float[] row = matrix.row(0);
        matrix.set(0, 0, 7);
        assertThat(copy.get(0, 0)).isZero();
        assertThat(row).containsExactly(0, 0);
    }

    @Test
    void movedRowsAreAtTheirPlacesAmongZeros() {
        Matrix matrix = new Matrix(3, 2);
        for (int r = 0; r < 3; r++) {
            matrix.setRow(r, new float[] {r + 1, -r});
        }
        Matrix moved = matrix.moved(new int[] {3, -1, 0}, 4);
        assertThat(moved.rows()).isEqualTo(4);
        assertThat(moved.row(0)).containsExactly(3, -2);
        assertThat(moved.row(1)).containsExactly(0, 0);
        assertThat(moved.row(2)).containsExactly(0, 0);
        assertThat(moved.row(3)).containsExactly(1, 0);
    }

    @Test
    void moreThanOneArrayCanHoldIsRefused() {
        assertThatThrownBy(() -> new Matrix(200_000_000, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("200000000 x 4");
    }
}
