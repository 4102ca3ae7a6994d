package org.mineral.model.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;

class ExpectedPopularityTest {

    private static final float[] ONES = {1, 1, 1};

    private static SparseMatrix rows(int[]... columns) {
        return SparseMatrix.ofOnes(Interactions.of(3, columns));
    }

    /**
     * Two attributes without an item in common: of each, b = sum (ln n - m) / (number + 3). In NumPy: {@code np.linalg.solve(Z.T @ Z + 3 * np.eye(2),
     * Z.T @ (y - y.mean()))}.
     */
    @Test
    void theExpectationIsThatOfTheRidgeRegression() {
        SparseMatrix x = rows(new int[] {0}, new int[] {0}, new int[] {1}, new int[] {0}, new int[] {1}, new int[] {2});
        int[] counts = {20, 10, 2, 0, 0, 0};
        double[] logs = ExpectedPopularity.logCounts(counts, x, ONES);
        double mean = (Math.log(20) + Math.log(10) + Math.log(2)) / 3;
        assertThat(logs[0]).isEqualTo(Math.log(20));
        assertThat(logs[3]).isCloseTo(mean + (Math.log(20) + Math.log(10) - 2 * mean) / 5, within(1e-4));
        assertThat(logs[4]).isCloseTo(mean + (Math.log(2) - mean) / 4, within(1e-4));
        // An attribute that nobody else has says nothing.
        assertThat(logs[5]).isCloseTo(mean, within(1e-4));
    }

    /** Rows have length one: 0.6 and 0.8 of both, whatever the values' scale. */
    @Test
    void rowsCountByTheirDirectionAndWeights() {
        SparseMatrix x =
                new SparseMatrix(Interactions.of(3, new int[][] {{0}, {1}, {0, 1}}), new float[] {5, 7, 30, 20});
        double[] logs = ExpectedPopularity.logCounts(new int[] {100, 1, 0}, x, new float[] {1, 2, 1});
        double mean = Math.log(100) / 2;
        assertThat(logs[2]).isCloseTo(mean + (0.6 - 0.8) * mean / 4, within(1e-4));
    }

    @Test
    void whatNothingIsKnownOfHasOneUser() {
        SparseMatrix x = rows(new int[] {0}, new int[0]);
        assertThat(ExpectedPopularity.logCounts(new int[] {5, 0}, x, ONES)).containsExactly(Math.log(5), 0);
        assertThat(ExpectedPopularity.logCounts(new int[] {0, 0}, x, ONES)).containsExactly(0, 0);
    }
}
