package org.mineral.algorithm.knn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.TenUsers;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.UserNeighboursModel;
import org.mineral.model.similarity.ItemWeights;

/**
 * Values by NumPy 2:
 *
 * <pre>{@code
 * rows = [[0,1,2],[0,1],[1,2,3],[3,4],[0,4],[2,3,4],[1,3],[0,2],[2],[1,4]]
 * X = np.zeros((10, 6))
 * for u, r in enumerate(rows): X[u, r] = 1
 * def sim(Y, weighting, measure, a, h):
 *     N = (Y.sum(1) > 0).sum(); n = Y.sum(0)
 *     g = np.ones(Y.shape[1])
 *     if weighting == 'tf-idf': g = np.log1p(N / np.maximum(n, 1))
 *     if weighting == 'bm25': g = np.log1p((N - n + .5) / (n + .5))
 *     l = Y.sum(1); c = np.ones(len(Y))
 *     if weighting == 'bm25': c = 2.2 / (1 + 1.2 * (.25 + .75 * l / l[l > 0].mean()))
 *     V = c[:, None] * Y * g
 *     D = V @ V.T; q = np.diag(D)
 *     den = np.outer(q ** (1 - a), q ** a) if measure == 'cosine' else q[:, None] + q[None] - D
 *     h = h * (Y * g ** 2).sum() / Y.sum()
 *     S = D / (den + h + (den + h == 0)); np.fill_diagonal(S, 0)
 *     return S
 * W = sim(X.T, ...).T                   # items
 * S = sim(X, 'tf-idf', 'cosine', .6, 1) # users
 * for u in range(10):
 *     near = np.argsort(-S[u], kind='stable')[:3]
 *     scores[u] = S[u, near] @ X[near]
 * }</pre>
 */
class KnnTest {

    private static final double[][] COSINE = {
        {0, .447214, .447214, 0, .25, 0},
        {.447214, 0, .4, .447214, .223607, 0},
        {.447214, .4, 0, .447214, .223607, 0},
        {0, .447214, .447214, 0, .5, 0},
        {.25, .223607, .223607, .5, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    private static final double[][] JACCARD = {
        {0, .285714, .285714, 0, .142857, 0},
        {.285714, 0, .25, .285714, .125, 0},
        {.285714, .25, 0, .285714, .125, 0},
        {0, .285714, .285714, 0, .333333, 0},
        {.142857, .125, .125, .333333, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    /** a = 0.7, h = 2. */
    private static final double[][] ASYMMETRIC = {
        {0, .318627, .318627, 0, .166667, 0},
        {.29957, 0, .285714, .29957, .149785, 0},
        {.29957, .285714, 0, .29957, .149785, 0},
        {0, .318627, .318627, 0, .333333, 0},
        {.166667, .159313, .159313, .333333, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    /** Cosine, h = 1. */
    private static final double[][] TF_IDF = {
        {0, .336271, .316884, 0, .222114, 0},
        {.336271, 0, .225671, .352067, .208478, 0},
        {.316884, .225671, 0, .252321, .120426, 0},
        {0, .352067, .252321, 0, .374834, 0},
        {.222114, .208478, .120426, .374834, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    /** Jaccard, h = 1. */
    private static final double[][] BM25 = {
        {0, .209537, .186614, 0, .153536, 0},
        {.209537, 0, .08864, .233718, .143669, 0},
        {.186614, .08864, 0, .103425, .045179, 0},
        {0, .233718, .103425, 0, .250138, 0},
        {.153536, .143669, .045179, .250138, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    /** Nearest users: TF-IDF, cosine, a = 0.6, h = 1, k = 3. */
    private static final double[][] USERS = {
        {1.2039, 1.049966, 1.049966, .448016, 0, 0},
        {1.304769, .572161, .947527, 0, .357242, 0},
        {.448016, 1.049966, .943649, 1.097583, .495633, 0},
        {0, .726464, .601294, .964526, .964526, 0},
        {.726464, .726464, .363232, 0, .363232, 0},
        {0, .502129, .85509, 1.132448, .630318, 0},
        {0, .572161, .883715, 1.240957, .668796, 0},
        {.947527, .947527, .962899, 0, 0, 0},
        {.667029, .622882, .97847, .311441, 0, 0},
        {.357242, 0, .311554, .668796, 1.026038, 0}
    };

    /** Cosine, h = 1, with {@code X[u, i] = (1 + (u + i) % 4) ** .5}, N and n by X > 0, h times {@code (Y**2 * g**2).sum() / (Y > 0).sum()}. */
    private static final double[][] RATED = {
        {0, .279416, .332859, 0, .099032, 0},
        {.253828, 0, .174116, .361758, .182718, 0},
        {.304867, .175544, 0, .169893, .132441, 0},
        {0, .404833, .188567, 0, .450745, 0},
        {.097844, .198715, .142861, .438113, 0, 0},
        {0, 0, 0, 0, 0, 0}
    };

    private static ItemWeights items(Map<String, String> settings, int threads) {
        ItemKnn knn = new ItemKnn();
        return knn.fit(
                        TenUsers.DATA,
                        knn.settings(settings),
                        FitContext.defaults().withThreads(threads))
                .model()
                .weights();
    }

    private static void assertWeights(double[][] golden, Map<String, String> settings) {
        ItemWeights weights = items(settings, 2);
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(weights.get(i, j)).as("%d, %d", i, j).isCloseTo((float) golden[i][j], within(2e-6f));
            }
        }
    }

    @Test
    void ratingsAreValuesOfTheRows() {
        ItemKnn knn = new ItemKnn();
        ItemWeights weights = knn.fit(
                        TenUsers.rated(),
                        knn.settings(Map.of("shrinkage", "1", "rating_power", "0.5")),
                        FitContext.defaults().withThreads(2))
                .model()
                .weights();
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                assertThat(weights.get(i, j)).as("%d, %d", i, j).isCloseTo((float) RATED[i][j], within(2e-6f));
            }
        }
    }

    private static UserNeighboursModel users() {
        UserKnn knn = new UserKnn();
        return knn.fit(TenUsers.DATA, knn.settings(Map.of("shrinkage", "1", "neighbours", "3")), FitContext.defaults())
                .model();
    }

    @Test
    void theSimilaritiesOfItemsAreThoseOfNumPy() {
        Map<String, String> plain = Map.of("weighting", "none", "asymmetry", "0.5", "shrinkage", "0");
        assertWeights(COSINE, plain);
        assertWeights(JACCARD, Map.of("weighting", "none", "shrinkage", "0", "similarity", "jaccard"));
        assertWeights(ASYMMETRIC, Map.of("weighting", "none", "shrinkage", "2", "asymmetry", "0.7"));
        assertWeights(TF_IDF, Map.of("shrinkage", "1", "asymmetry", "0.5"));
        assertWeights(BM25, Map.of("shrinkage", "1", "weighting", "bm25", "similarity", "jaccard"));
    }

    @Test
    void anItemKeepsItsNearest() {
        ItemWeights weights =
                items(Map.of("weighting", "none", "asymmetry", "0.5", "shrinkage", "0", "neighbours", "1"), 1);
        // Ties go to the lower index: 0 is the nearest of 1 and of 2, whose columns have no other entry.
        assertThat(weights.offsets()).containsExactly(0, 2, 3, 3, 4, 5, 5);
        assertThat(weights.columns()).containsExactly(1, 2, 0, 4, 3);
    }

    @Test
    void threadsChangeNothing() {
        assertThat(items(Map.of(), 3).values()).isEqualTo(items(Map.of(), 1).values());
    }

    @Test
    void theScoresOfUsersAreThoseOfNumPy() {
        UserNeighboursModel model = users();
        for (int u = 0; u < 10; u++) {
            float[] scores = model.scores(u);
            for (int j = 0; j < 6; j++) {
                assertThat(scores[j]).as("%d, %d", u, j).isCloseTo((float) USERS[u][j], within(2e-6f));
            }
        }
    }

    /** Users 5, with the items 2, 3, 4, and 2, with 1, 2, 3, are the two nearest to a history of 2 and 3 in this order. */
    @Test
    void aHistoryIsScoredByTheUsersNearestToIt() {
        UserNeighboursModel model = users();
        float[] scores = model.scores(History.of(3, 2));
        assertThat(scores).isEqualTo(model.scores(History.of(2, 3)));
        assertThat(scores[2]).isGreaterThan(scores[1]);
        assertThat(scores[0]).isZero();
        assertThat(model.rank(History.of(3, 2), 2, 2, 3).items())
                .doesNotContain(2, 3)
                .hasSize(2);
    }

    @Test
    void explanationsAddUpToTheScore() {
        UserNeighboursModel model = users();
        for (int item = 0; item < 5; item++) {
            Explainable.Contributions own = model.explain(5, item);
            assertThat(own.score()).isCloseTo(model.scores(5)[item], within(1e-6));
            History weighted = History.of(new int[] {3, 1}, new double[] {1, 0.5});
            Explainable.Contributions given = model.explain(weighted, item);
            assertThat(given.score()).isCloseTo(model.scores(weighted)[item], within(1e-6));
            assertThat(Arrays.stream(given.values()).min().orElseThrow()).isNotNegative();
        }
    }
}
