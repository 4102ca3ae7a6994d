package org.mineral.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SmallEigenTest {

    @Test
    void knownEigenvaluesComeLargestFirstWithTheirVectors() {
        // [[2, 1], [1, 2]] has 3 with (1, 1) and 1 with (1, -1)
        SmallEigen eigen = SmallEigen.of(new double[][] {{2, 1}, {1, 2}});
        assertThat(eigen.values()).containsExactly(new double[] {3, 1}, within(1e-12));
        assertThat(eigen.vectors()[0]).containsExactly(new double[] {Math.sqrt(0.5), Math.sqrt(0.5)}, within(1e-12));
        assertThat(eigen.vectors()[1][0] * eigen.vectors()[1][1]).isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void aDiagonalMatrixGivesItsEntriesAndUnitVectors() {
        SmallEigen eigen = SmallEigen.of(new double[][] {{-1, 0, 0}, {0, 5, 0}, {0, 0, 2}});
        assertThat(eigen.values()).containsExactly(new double[] {5, 2, -1}, within(1e-12));
        assertThat(eigen.vectors()[0]).containsExactly(new double[] {0, 1, 0}, within(1e-12));
        assertThat(eigen.vectors()[2]).containsExactly(new double[] {1, 0, 0}, within(1e-12));
    }

    @Test
    void vectorsAreOrthonormalSatisfyTheEquationAndHaveAPositiveLargestEntry() {
        int n = 40;
        SplittableRandom random = new SplittableRandom(4);
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a[i][j] = random.nextDouble(-1, 1);
                a[j][i] = a[i][j];
            }
        }
        SmallEigen eigen = SmallEigen.of(a);
        for (int k = 0; k < n; k++) {
            double[] v = eigen.vectors()[k];
            double largest = 0;
            for (int i = 0; i < n; i++) {
                assertThat(dot(a[i], v)).isCloseTo(eigen.values()[k] * v[i], within(1e-9));
                largest = Math.abs(v[i]) > Math.abs(largest) ? v[i] : largest;
            }
            assertThat(largest).isPositive();
            for (int m = 0; m < n; m++) {
                assertThat(dot(v, eigen.vectors()[m])).isCloseTo(m == k ? 1 : 0, within(1e-9));
            }
        }
        assertThat(eigen.values()).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
