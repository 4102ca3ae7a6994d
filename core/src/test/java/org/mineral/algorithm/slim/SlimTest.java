package org.mineral.algorithm.slim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.TenUsers;
import org.mineral.model.similarity.ItemWeights;

/**
 * Values of W by SciPy 1.17:
 *
 * <pre>{@code
 * rows = [[0,1,2],[0,1],[1,2,3],[3,4],[0,4],[2,3,4],[1,3],[0,2],[2],[1,4]]
 * X = np.zeros((10, 6))
 * for u, r in enumerate(rows): X[u, r] = 1
 * l1, l2 = .3, .5
 * W = np.zeros((6, 6))
 * for j in range(6):
 *     N = [i for i in range(6) if i != j]
 *     A = X[:, N]; y = X[:, j]
 *     f = lambda w: .5 * ((y - A @ w) ** 2).sum() + l1 * w.sum() + l2 / 2 * (w @ w)
 *     g = lambda w: A.T @ (A @ w - y) + l1 + l2 * w
 *     W[N, j] = minimize(f, np.zeros(5), jac=g, bounds=[(0, None)] * 5, method='L-BFGS-B',
 *                        options=dict(ftol=1e-15, gtol=1e-12)).x
 * }</pre>
 */
class SlimTest {

    private static final double[][] GOLDEN = {
        {0, .355224, .355224, 0, .155556, 0},
        {.218898, 0, .050746, .187402, 0, 0},
        {.218898, .050746, 0, .187402, 0, 0},
        {0, .355224, .355224, 0, .377778, 0},
        {.058268, 0, 0, .294488, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    private static ItemWeights weights(String neighbours, int threads) {
        Slim slim = new Slim();
        return slim.fit(
                        TenUsers.DATA,
                        slim.settings(Map.of("l1", "0.3", "l2", "0.5", "neighbours", neighbours)),
                        FitContext.defaults().withThreads(threads))
                .model()
                .weights();
    }

    @Test
    void theWeightsAreThoseOfSciPy() {
        ItemWeights weights = weights("5", 2);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(weights.get(i, j)).as("%d, %d", i, j).isCloseTo((float) GOLDEN[i][j], within(2e-4f));
            }
        }
        assertThat(weights.size()).isEqualTo(14);
    }

    @Test
    void anItemIsPredictedFromItsNearestAlone() {
        ItemWeights weights = weights("1", 1);
        // The nearest of 0 is 1, and so on; ties go to the lower index.
        int[] nearest = {1, 0, 0, 4, 3};
        assertThat(weights.size()).isEqualTo(5);
        for (int j = 0; j < 5; j++) {
            assertThat(weights.get(nearest[j], j)).isPositive();
        }
    }

    @Test
    void threadsChangeNothing() {
        assertThat(weights("5", 3).values()).isEqualTo(weights("5", 1).values());
    }
}
