package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricTilesTest {

    private static final int TILE = Kernels.TILE;

    /** A Gram matrix of random vectors plus 1 on the diagonal. */
    private static double[][] matrix(int n) {
        Random random = new Random(n);
        double[][] vectors = new double[n][20];
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < 20; k++) {
                vectors[i][k] = random.nextGaussian();
            }
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < 20; k++) {
                    sum += vectors[i][k] * vectors[j][k];
                }
                matrix[i][j] = sum;
                matrix[j][i] = sum;
            }
        }
        return matrix;
    }

    private static SymmetricTiles inverse(double[][] matrix, int threads, Kernels kernels) {
        SymmetricTiles tiles = new SymmetricTiles(matrix.length);
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                tiles.set(i, j, matrix[i][j]);
            }
        }
        try (Workers workers = new Workers(threads)) {
            tiles.invert(workers, kernels, share -> {});
        }
        return tiles;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, TILE - 1, TILE, TILE + 1, 2 * TILE + 50})
    void theInverseIsThatOfEjml(int n) {
        double[][] matrix = matrix(n);
        DMatrixRMaj expected = new DMatrixRMaj(matrix);
        CommonOps_DDRM.invert(expected);
        SymmetricTiles inverse = inverse(matrix, 2, KernelProvider.best());
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            inverse.row(i, row);
            for (int j = 0; j < n; j++) {
                assertThat(row[j]).isEqualTo(inverse.get(j, i));
                assertThat(row[j]).isCloseTo(expected.get(i, j), within(1e-11));
            }
        }
    }

    @Test
    void threadsChangeNothing() {
        double[][] matrix = matrix(3 * TILE + 5);
        SymmetricTiles one = inverse(matrix, 1, KernelProvider.best());
        SymmetricTiles three = inverse(matrix, 3, KernelProvider.best());
        double[] expected = new double[matrix.length];
        double[] row = new double[matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            one.row(i, expected);
            three.row(i, row);
            assertThat(row).isEqualTo(expected);
        }
    }

    @Test
    void scalarAndVectorKernelsAgree() {
        double[][] matrix = matrix(TILE + 30);
        SymmetricTiles scalar = inverse(matrix, 2, KernelProvider.scalar());
        SymmetricTiles best = inverse(matrix, 2, KernelProvider.best());
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(best.get(i, j)).isCloseTo(scalar.get(i, j), within(1e-12));
            }
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsRefused() {
        double[][] matrix = matrix(TILE + 3);
        matrix[TILE + 1][TILE + 1] = -1;
        assertThatThrownBy(() -> inverse(matrix, 1, KernelProvider.best()))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("positive definite");
    }

    @Test
    void halfOfTheEntriesAreStored() {
        assertThat(SymmetricTiles.bytes(40_000, 2)).isBetween(4L * 40_000 * 40_000, 45L * 4_000 * 40_000);
    }
}
