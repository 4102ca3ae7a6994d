package org.mineral.algorithm.ease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.Plan;
import org.mineral.algorithm.SharedWork;
import org.mineral.algorithm.TenUsers;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.linalg.SymmetricTiles;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.similarity.ItemWeights;

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

    private static final double[][] GOLDEN = {
        {0, .44236, .44236, -.363213, .29734, 0},
        {.344549, 0, .051345, .311991, -.084507, 0},
        {.344549, .051345, 0, .311991, -.084507, 0},
        {-.419919, .463096, .463096, 0, .519562, 0},
        {.25572, -.09331, -.09331, .386496, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    /** With {@code X[u, i] = (1 + (u + i) % 4) ** .5}. */
    private static final double[][] RATED = {
        {0, .467727, .523148, -.270778, .150539, 0},
        {.257355, 0, .015596, .301833, -.114341, 0},
        {.319897, .017332, 0, .157465, .035566, 0},
        {-.379184, .76818, .360608, 0, .635729, 0},
        {.138378, -.19102, .053465, .417303, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    private static ItemWeights weights(Map<String, String> settings, int threads) {
        return weights(TenUsers.DATA, settings, threads);
    }

    private static ItemWeights weights(Dataset data, Map<String, String> settings, int threads) {
        Ease ease = new Ease();
        ItemSimilarityModel model = ease.fit(
                        data, ease.settings(settings), FitContext.defaults().withThreads(threads))
                .model();
        return model.weights();
    }

    private static void assertWeights(double[][] golden, ItemWeights weights) {
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(weights.get(i, j)).isCloseTo((float) golden[i][j], within(2e-6f));
            }
        }
    }

    @Test
    void theWeightsAreThoseOfNumPy() {
        assertWeights(GOLDEN, weights(Map.of("l2", "0.5"), 2));
    }

    @Test
    void ratingsAreWeightsOfInteractions() {
        assertWeights(RATED, weights(TenUsers.rated(), Map.of("l2", "0.5", "rating_power", "0.5"), 2));
    }

    @Test
    void equalRatingsOrThePowerZeroChangeNoBit() {
        float[] plain = weights(Map.of(), 2).values();
        assertThat(weights(TenUsers.rated(), Map.of(), 2).values()).isEqualTo(plain);
        assertThat(weights(TenUsers.rated((u, i) -> 1), Map.of("rating_power", "2"), 2)
                        .values())
                .isEqualTo(plain);
    }

    /** Trials of a search share X'X; other ratings, and other data, have another. */
    @Test
    void sharedWorkChangesNoBit() {
        SharedWork shared = new SharedWork();
        for (String settings : List.of("l2=0.5", "l2=30", "l2=30,rating_power=0.5", "l2=0.5")) {
            for (Dataset data : List.of(TenUsers.rated(), TenUsers.rated((u, i) -> 2 + u))) {
                ConfiguredAlgorithm<?> ease =
                        ModelSpec.parse("ease(" + settings + ")").configured();
                FitContext alone = FitContext.defaults().withThreads(2);
                ItemSimilarityModel one =
                        (ItemSimilarityModel) ease.fit(data, alone).model();
                ItemSimilarityModel other = (ItemSimilarityModel)
                        ease.fit(data, alone.withShared(shared)).model();
                assertThat(other.weights().values()).isEqualTo(one.weights().values());
            }
        }
    }

    @Test
    void ratingsThatAreNoWeightsAreRefused() {
        Map<String, String> power = Map.of("rating_power", "1");
        assertThatThrownBy(() -> weights(power, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no ratings");
        assertThatThrownBy(() -> weights(TenUsers.rated((u, i) -> i - 1), power, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("rating -1.0")
                .hasMessageContaining("above 0");
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
        ease.fit(TenUsers.DATA, settings, context);
        assertThat(heard[0].engine()).contains("6 x 6");
        assertThat(heard[0].bytesEstimate()).isGreaterThan(8 * 192 * 192);
        int items = 600_000;
        Dataset large = Dataset.of(
                "large", Interactions.empty(1, items), Interactions.empty(1, items), Interactions.empty(1, items));
        assertThatThrownBy(() -> ease.plan(large, settings, context))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("GB")
                .hasMessageContaining("rp3beta");
    }

    /** X'X + l2 I within the limit that yelp2018's 38,048 items have to keep. */
    @Test
    void thirtyEightThousandItemsFitInEightGigabytes() {
        int items = 38_048;
        Dataset data = Dataset.of(
                "items", Interactions.empty(1, items), Interactions.empty(1, items), Interactions.empty(1, items));
        FitContext two = FitContext.defaults().withThreads(2);
        long tiles = SymmetricTiles.bytes(items, 2);
        assertThat(tiles).isBetween(4L * items * items, 8_000_000_000L - 16L * 1000 * items);
        Ease ease = new Ease();
        if (Runtime.getRuntime().maxMemory() > 8_000_000_000L) {
            assertThat(ease.plan(data, ease.settings(Map.of("neighbours", "1000")), two)
                            .bytesEstimate())
                    .isBetween(tiles, 8_000_000_000L);
        }
    }

    /** More items than a tile has, and than two have; NumPy is replaced by the definition of an inverse. */
    @Test
    void theWeightsOfManyItemsSolveTheirEquations() {
        Dataset data =
                SyntheticData.generate("builtin:tastes:users=900,items=430").data();
        Ease ease = new Ease();
        ItemWeights weights = ease.fit(
                        data,
                        ease.settings(Map.of("l2", "20", "neighbours", "0")),
                        FitContext.defaults().withThreads(2))
                .model()
                .weights();
        Interactions train = data.train();
        // The gradient of |X - X B|^2 + l2 |B|^2 is zero but on the diagonal.
        for (int j = 0; j < 430; j += 43) {
            double[] residual = new double[train.users()];
            for (int u = 0; u < train.users(); u++) {
                residual[u] = train.contains(u, j) ? 1 : 0;
                for (int i : train.row(u)) {
                    residual[u] -= weights.get(i, j);
                }
            }
            for (int i = 0; i < 430; i++) {
                if (i != j) {
                    double gradient = -20 * weights.get(i, j);
                    for (int u = 0; u < train.users(); u++) {
                        gradient += train.contains(u, i) ? residual[u] : 0;
                    }
                    assertThat(gradient).isCloseTo(0, within(2e-4));
                }
            }
        }
    }

    @Test
    void nothingToLearnFromIsRefused() {
        Ease ease = new Ease();
        Dataset none = Dataset.of("none", Interactions.empty(3, 3), Interactions.empty(3, 3), Interactions.empty(3, 3));
        assertThatThrownBy(() -> ease.fit(none, ease.settings(Map.of()), FitContext.defaults()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing to learn");
    }

    @Test
    void largeCataloguesKeepMoreWeights() {
        EaseSettings unsaid = new EaseSettings(200, -1, 0);
        assertThat(unsaid.kept(719)).isEqualTo(500);
        assertThat(unsaid.kept(8_016)).isEqualTo(501);
        assertThat(unsaid.kept(40_981)).isEqualTo(2_561);
        assertThat(new EaseSettings(200, 0, 0).kept(40_981)).isZero();
        assertThat(new EaseSettings(200, 7, 0).kept(40_981)).isEqualTo(7);
    }
}
