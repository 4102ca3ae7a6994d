package org.mineral.algorithm.rp3beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.TenUsers;
import org.mineral.model.similarity.ItemWeights;

/**
 * Values of W by NumPy 2:
 *
 * <pre>{@code
 * rows = [[0,1,2],[0,1],[1,2,3],[3,4],[0,4],[2,3,4],[1,3],[0,2],[2],[1,4]]
 * X = np.zeros((10, 6))
 * for u, r in enumerate(rows): X[u, r] = 1
 * ni, nu = X.sum(0), X.sum(1)
 * to_user = X.T / np.maximum(ni, 1)[:, None]
 * to_item = X / nu[:, None]
 * W = to_user ** .7 @ to_item ** .7 * np.where(ni > 0, np.maximum(ni, 1) ** -.3, 0)
 * np.fill_diagonal(W, 0)
 * }</pre>
 */
class Rp3BetaTest {

    private static final double[][] GOLDEN = {
        {0, .252292, .252292, 0, .153893, 0},
        {.230748, 0, .185385, .230748, .131638, 0},
        {.230748, .185385, 0, .19822, .09911, 0},
        {0, .252292, .216727, 0, .269759, 0},
        {.153893, .143928, .108363, .269759, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    private static ItemWeights weights(String neighbours, int threads) {
        Rp3Beta walk = new Rp3Beta();
        Rp3BetaSettings settings = walk.settings(Map.of("alpha", "0.7", "beta", "0.3", "neighbours", neighbours));
        return walk.fit(TenUsers.DATA, settings, FitContext.defaults().withThreads(threads))
                .model()
                .weights();
    }

    @Test
    void theWeightsAreThoseOfNumPy() {
        ItemWeights weights = weights("0", 2);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(weights.get(i, j)).isCloseTo((float) GOLDEN[i][j], within(2e-6f));
            }
        }
    }

    @Test
    void anItemThatIsScoredKeepsItsLargestWeights() {
        ItemWeights weights = weights("1", 1).transpose();
        assertThat(weights.size()).isEqualTo(5);
        // By column of W; ties go to the lower index.
        assertThat(weights.columns()).containsExactly(1, 0, 0, 4, 3);
    }

    @Test
    void anItemOfAHistoryCanKeepThemInstead() {
        Rp3Beta walk = new Rp3Beta();
        Map<String, String> given = Map.of("alpha", "0.7", "beta", "0.3", "neighbours", "1", "kept_by", "history");
        ItemWeights weights = walk.fit(TenUsers.DATA, walk.settings(given), FitContext.defaults())
                .model()
                .weights();
        // By row of W: in row 4, 3; rows 1 and 2 differ from their columns.
        assertThat(weights.columns()).containsExactly(1, 0, 0, 4, 3);
        assertThat(weights.get(0, 1)).isCloseTo((float) GOLDEN[0][1], within(2e-6f));
        assertThat(weights.get(1, 3)).isZero();
    }

    @Test
    void withoutBetaItIsP3alpha() {
        Rp3Beta walk = new Rp3Beta();
        P3Alpha same = new P3Alpha();
        FitContext context = FitContext.defaults();
        ItemWeights expected = walk.fit(TenUsers.DATA, walk.settings(Map.of("alpha", "0.7", "beta", "0")), context)
                .model()
                .weights();
        ItemWeights weights = same.fit(TenUsers.DATA, same.settings(Map.of("alpha", "0.7")), context)
                .model()
                .weights();
        assertThat(weights.columns()).isEqualTo(expected.columns());
        assertThat(weights.values()).isEqualTo(expected.values());
        assertThat(weights.get(0, 1)).isNotEqualTo(weights("0", 1).get(0, 1));
    }

    @Test
    void threadsChangeNothing() {
        assertThat(weights("0", 3).values()).isEqualTo(weights("0", 1).values());
    }
}
