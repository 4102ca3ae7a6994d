package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TallMatrixTest {

    /** More than two chunks of rows, and columns that are no whole vectors. */
    private static final int ROWS = 2500;

    private static final int COLUMNS = 21;

    private final Matrix a = random(ROWS, COLUMNS);

    @Test
    void gramIsTheProductOfTheMatrixWithItself() {
        double[][] gram;
        try (Workers workers = new Workers(2)) {
            gram = TallMatrix.gram(a, workers);
        }
        for (int i = 0; i < COLUMNS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double expected = 0;
                for (int r = 0; r < ROWS; r++) {
                    expected += (double) a.get(r, i) * a.get(r, j);
                }
                assertThat(gram[i][j]).isCloseTo(expected, within(1e-8));
            }
        }
    }

    @Test
    void timesMultipliesWithTheTransposeOfTheSmallMatrix() {
        double[][] b = {{1, 0, 2}, {0, -1, 0.5}};
        Matrix tall = random(1500, 3);
        try (Workers workers = new Workers(2)) {
            Matrix product = TallMatrix.times(tall, b, workers);
            assertThat(product.columns()).isEqualTo(2);
            for (int r : new int[] {0, 1023, 1024, 1499}) {
                assertThat(product.get(r, 0)).isCloseTo(tall.get(r, 0) + 2 * tall.get(r, 2), within(1e-5f));
                assertThat(product.get(r, 1)).isCloseTo(-tall.get(r, 1) + 0.5f * tall.get(r, 2), within(1e-5f));
            }
        }
    }

    @Test
    void orthonormalColumnsSpanTheSameSpace() {
        try (Workers workers = new Workers(2)) {
            Matrix q = TallMatrix.orthonormal(a, workers);
            double[][] gram = TallMatrix.gram(q, workers);
            for (int i = 0; i < COLUMNS; i++) {
                for (int j = 0; j < COLUMNS; j++) {
                    assertThat(gram[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-5));
                }
            }
            // Q Q^T a_0 = a_0
            double[] along = new double[COLUMNS];
            for (int r = 0; r < ROWS; r++) {
                for (int k = 0; k < COLUMNS; k++) {
                    along[k] += (double) q.get(r, k) * a.get(r, 0);
                }
            }
            for (int r = 0; r < ROWS; r += 50) {
                double projected = 0;
                for (int k = 0; k < COLUMNS; k++) {
                    projected += along[k] * q.get(r, k);
                }
                assertThat(projected).isCloseTo(a.get(r, 0), within(1e-4));
            }
        }
    }

    @Test
    void directionsThatAreMissingBecomeZeroColumns() {
        Matrix deficient = random(300, 5);
        for (int r = 0; r < 300; r++) {
            deficient.set(r, 3, 2 * deficient.get(r, 0));
            deficient.set(r, 4, 0);
        }
        try (Workers workers = new Workers(1)) {
            double[][] gram = TallMatrix.gram(TallMatrix.orthonormal(deficient, workers), workers);
            for (int k = 0; k < 5; k++) {
                assertThat(gram[k][k]).isCloseTo(k < 3 ? 1 : 0, within(1e-5));
            }
            Matrix zero = TallMatrix.orthonormal(new Matrix(10, 3), workers);
            assertThat(zero.values()).containsOnly(0);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        float[] first = null;
        for (int threads : new int[] {1, 2, 5}) {
            try (Workers workers = new Workers(threads)) {
                float[] values = TallMatrix.orthonormal(a, workers).values();
                first = first == null ? values : first;
                assertThat(values).isEqualTo(first);
            }
        }
    }

    private static Matrix random(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows);
        Matrix matrix = new Matrix(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                matrix.set(r, k, (float) random.nextDouble(-1, 1));
            }
        }
        return matrix;
    }
}
