package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LowRankTest {

    private static final int M = 40;
    private static final int N = 30;
    private static final int K = 12;

    /** The error of the nearest matrix of rank d is the root of the sum of the squared singular values that are left out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 11, 12, 20})
    void noMatrixOfThatRankIsNearer(int rank) {
        Matrix a = random(M, K, 1);
        Matrix b = random(N, K, 2);
        double[] sigma = singularValues(product(a, b));
        Matrix[] nearest = of(a, b, rank);
        double left = 0;
        for (int k = rank; k < sigma.length; k++) {
            left += sigma[k] * sigma[k];
        }
        assertThat(distance(product(a, b), product(nearest[0], nearest[1]))).isCloseTo(Math.sqrt(left), within(2e-4));
        for (int k = 0; k < nearest[0].columns(); k++) {
            assertThat(norm(nearest[0], k)).isCloseTo(Math.sqrt(sigma[k]), within(1e-4));
            assertThat(norm(nearest[1], k)).isCloseTo(Math.sqrt(sigma[k]), within(1e-4));
        }
        assertThat(nearest[0].columns()).isEqualTo(Math.min(rank, K));
    }

    /** Columns that say the same twice, and none at all. */
    @Test
    void directionsThatAreNotThereAreZero() {
        Matrix a = random(M, K, 1);
        Matrix b = random(N, K, 2);
        for (int r = 0; r < M; r++) {
            a.set(r, 3, a.get(r, 2));
            a.set(r, 4, 0);
        }
        Matrix[] nearest = of(a, b, K);
        assertThat(distance(product(a, b), product(nearest[0], nearest[1]))).isLessThan(2e-4);
        assertThat(norm(nearest[0], K - 1)).isZero();
        assertThat(norm(nearest[1], K - 1)).isZero();
        Matrix[] nothing = of(new Matrix(M, K), b, 3);
        assertThat(nothing[1].values()).containsOnly(0);
    }

    private static Matrix[] of(Matrix a, Matrix b, int rank) {
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            Matrix[] nearest = LowRank.of(a, b, rank, three);
            assertThat(nearest[0].values()).isEqualTo(LowRank.of(a, b, rank, one)[0].values());
            return nearest;
        }
    }

    private static Matrix random(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Matrix matrix = new Matrix(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                // Columns of different lengths, so that singular values are far from each other.
                matrix.set(r, k, (float) ((random.nextDouble() - 0.5) / (1 + k)));
            }
        }
        return matrix;
    }

    private static double[][] product(Matrix a, Matrix b) {
        double[][] product = new double[a.rows()][b.rows()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.rows(); j++) {
                for (int k = 0; k < a.columns(); k++) {
                    product[i][j] += (double) a.get(i, k) * b.get(j, k);
                }
            }
        }
        return product;
    }

    private static double[] singularValues(double[][] matrix) {
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(M, N, false, false, true);
        assertThat(svd.decompose(new DMatrixRMaj(matrix))).isTrue();
        double[] values = svd.getSingularValues();
        java.util.Arrays.sort(values);
        double[] descending = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            descending[k] = values[values.length - 1 - k];
        }
        return descending;
    }

    private static double distance(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                sum += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
            }
        }
        return Math.sqrt(sum);
    }

    private static double norm(Matrix matrix, int column) {
        double sum = 0;
        for (int r = 0; r < matrix.rows(); r++) {
            sum += matrix.get(r, column) * matrix.get(r, column);
        }
        return Math.sqrt(sum);
    }
}
