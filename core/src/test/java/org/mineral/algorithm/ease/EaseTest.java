package org.mineral.algorithm.ease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Plan;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.ItemWeights;

/**
 * Values of B by NumPy 2:
 *
 * <pre>{@code
 * rows = [[0,1,2],[0,1],[1,2,3],[3,4],[0,4],[2,3,4],[1,3],[0,2],[2],[1,4]]
 * X = np.zeros((10, 6))
 * for u, r in enumerate(rows): X[u, r] = 1
 * P = np.linalg.inv(X.T @ X + 0.5 * np.eye(6))
 * B = -P / np.diag(P)[None, :]; np.fill_diagonal(B, 0)
 * }</pre>
 */
class EaseTest {

    static final Dataset DATA = Dataset.of(
            "ten users",
            Interactions.of(
                    6,
                    new int[][] {{0, 1, 2}, {0, 1}, {1, 2, 3}, {3, 4}, {0, 4}, {2, 3, 4}, {1, 3}, {0, 2}, {2}, {1, 4}}),
            Interactions.empty(10, 6),
            Interactions.empty(10, 6));

    private static final double[][] GOLDEN = {
        {0, .44236, .44236, -.363213, .29734, 0},
        {.344549, 0, .051345, .311991, -.084507, 0},
        {.344549, .051345, 0, .311991, -.084507, 0},
        {-.419919, .463096, .463096, 0, .519562, 0},
        {.25572, -.09331, -.09331, .386496, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    private static ItemWeights weights(Map<String, String> settings, int threads) {
        Ease ease = new Ease();
        ItemSimilarityModel model = ease.fit(
                        DATA, ease.settings(settings), FitContext.defaults().withThreads(threads))
                .model();
        return model.weights();
    }

    @Test
    void theWeightsAreThoseOfNumPy() {
        ItemWeights weights = weights(Map.of("l2", "0.5"), 2);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(weights.get(i, j)).isCloseTo((float) GOLDEN[i][j], within(2e-6f));
            }
        }
    }

    @Test
    void aRowKeepsItsLargestAbsoluteValues() {
        ItemWeights weights = weights(Map.of("l2", "0.5", "neighbours", "2"), 1);
        assertThat(weights.size()).isEqualTo(10);
        // Of row 0 the equal ones of items 1 and 2; of row 3 .519562, and of two equal ones the lower index.
        assertThat(weights.get(0, 1)).isCloseTo(.44236f, within(2e-6f));
        assertThat(weights.get(0, 2)).isCloseTo(.44236f, within(2e-6f));
        assertThat(weights.get(0, 3)).isZero();
        assertThat(weights.get(3, 4)).isCloseTo(.519562f, within(2e-6f));
        assertThat(weights.get(3, 0)).isZero();
    }

    @Test
    void threadsChangeNothing() {
        assertThat(weights(Map.of(), 3).values()).isEqualTo(weights(Map.of(), 1).values());
    }

    @Test
    void thePlanIsHeardBeforeAnythingIsAllocatedAndTooLargeDataAreRefused() {
        Plan[] heard = new Plan[1];
        Ease ease = new Ease();
        EaseSettings settings = ease.settings(Map.of());
        FitContext context = FitContext.defaults().withListener(new FitListener() {
            @Override
            public void plan(Plan plan) {
                heard[0] = plan;
            }
        });
        ease.fit(DATA, settings, context);
        assertThat(heard[0].engine()).contains("6 x 6");
        assertThat(heard[0].bytesEstimate()).isGreaterThan(3 * 8 * 36);
        Dataset wide = Dataset.of(
                "wide", Interactions.empty(1, 46_341), Interactions.empty(1, 46_341), Interactions.empty(1, 46_341));
        assertThatThrownBy(() -> ease.plan(wide, settings, context))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("46,341")
                .hasMessageContaining("rp3beta");
        Dataset large = Dataset.of(
                "large", Interactions.empty(1, 46_000), Interactions.empty(1, 46_000), Interactions.empty(1, 46_000));
        assertThatThrownBy(() -> ease.plan(large, settings, context))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("GB");
    }

    @Test
    void nothingToLearnFromIsRefused() {
        Ease ease = new Ease();
        Dataset none = Dataset.of("none", Interactions.empty(3, 3), Interactions.empty(3, 3), Interactions.empty(3, 3));
        assertThatThrownBy(() -> ease.fit(none, ease.settings(Map.of()), FitContext.defaults()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing to learn");
    }
}
