package org.mineral.algorithm.knn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Workers;
import org.mineral.model.AttributeScorer;
import org.mineral.model.Explainable;
import org.mineral.model.History;
import org.mineral.model.HistoryScorer;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model;
import org.mineral.model.Models;
import org.mineral.model.similarity.ItemWeights;

/**
 * Values by Python:
 *
 * <pre>{@code
 * users = [[0, 1], [0, 1, 2], [1, 2], [0, 2]]
 * X = {0: {0: 1, 1: 2}, 1: {0: 1, 2: .5}, 2: {1: 1, 2: 1}, 3: {0: 1, 1: 1, 3: 1}, 4: {}}
 * def sim(rows, cols, N, a, h):
 *     n = [sum(1 for r in rows.values() if c in r) for c in range(cols)]
 *     g = [math.log1p(N / n[c]) if n[c] else 1 for c in range(cols)]
 *     v = {i: {c: x * g[c] for c, x in r.items()} for i, r in rows.items()}
 *     q = {i: sum(x * x for x in r.values()) for i, r in v.items()}
 *     d = lambda i, j: sum(x * v[j].get(c, 0) for c, x in v[i].items())
 *     h *= sum(q.values()) / sum(len(r) for r in rows.values())
 *     return lambda i, j: d(i, j) / (q[i] ** (1 - a) * q[j] ** a + h)
 * sim(X, 4, 4, .5, .5)                                          # content
 * both = {i: {u: 1 for u in range(4) if i in users[u]} | {4 + c: x / 2 for c, x in X[i].items()} for i in X}
 * sim(both, 8, 4, .3, 1)                                        # hybrid
 * }</pre>
 */
class ContentKnnTest {

    private static final double[][] CONTENT = {
        {0, .287186, .446567, .490796, 0},
        {.287186, 0, .303614, .274766, 0},
        {.446567, .303614, 0, .212999, 0},
        {.490796, .274766, .212999, 0, 0},
        {0, 0, 0, 0, 0}
    };

    private static final double[][] HYBRID = {
        {0, .468334, .499940, .161872, 0},
        {.496713, 0, .503608, .059390, 0},
        {.518839, .492787, 0, .057322, 0},
        {.245345, .084775, .083653, 0, 0},
        {0, 0, 0, 0, 0}
    };

    /** Nobody took the last two items; the last has no attributes either. */
    private static final Dataset PLAIN = Dataset.of(
            "four users",
            Interactions.of(5, new int[][] {{0, 1}, {0, 1, 2}, {1, 2}, {0, 2}}),
            Interactions.empty(4, 5),
            Interactions.empty(4, 5));

    private static final Attributes X = new Attributes(
            new SparseMatrix(Interactions.of(4, new int[][] {{0, 1}, {0, 2}, {1, 2}, {0, 1, 3}, {}}), new float[] {
                1, 2, 1, .5f, 1, 1, 1, 1, 1
            }),
            IdMap.of(List.of("a", "b", "c", "d")));

    private static final Dataset DATA = PLAIN.withAttributes(Attributes.none(4), X);

    private static ItemSimilarityModel fit(String spec) {
        return (ItemSimilarityModel) ModelSpec.parse(spec)
                .configured()
                .fit(DATA, FitContext.defaults().withThreads(2))
                .model();
    }

    private static void check(ItemWeights weights, double[][] expected) {
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat((double) weights.get(i, j)).as(i + ", " + j).isCloseTo(expected[i][j], within(2e-6));
            }
        }
    }

    @Test
    void similaritiesAreThoseOfTheAttributes() {
        check(fit("content-knn(shrinkage=0.5)").weights(), CONTENT);
    }

    @Test
    void usersAndAttributesAreOneMatrix() {
        check(fit("hybrid-knn(attribute_weight=0.5,asymmetry=0.3,shrinkage=1)").weights(), HYBRID);
    }

    @Test
    void withoutWeightAttributesSayNothing() {
        ItemWeights hybrid = fit("hybrid-knn(attribute_weight=0,weighting=none,asymmetry=0.5,shrinkage=0)")
                .weights();
        ItemWeights plain =
                fit("item-knn(weighting=none,asymmetry=0.5,shrinkage=0)").weights();
        assertThat(hybrid.columns()).isEqualTo(plain.columns());
        assertThat(hybrid.values()).isEqualTo(plain.values());
    }

    @Test
    void anItemThatNobodyTookIsRankedByItsAttributes(@TempDir Path directory) {
        Model model = fit("content-knn(shrinkage=0.5)");
        model.save(directory.resolve("model"));
        for (Model each : List.of(model, Models.load(directory.resolve("model")))) {
            assertThat((double) each.scores(0)[3]).isCloseTo(CONTENT[0][3] + CONTENT[1][3], within(4e-6));
            assertThat(each.population().hasItem(3)).isTrue();
            assertThat(each.population().hasItem(4)).isFalse();
            assertThat(each.recommend("0", 5))
                    .extracting(Model.Recommendation::item)
                    .containsExactly("3", "2");
            assertThat(((ItemSimilarityModel) each).similarItems("3", 1).get(0).item())
                    .isEqualTo("0");
            Explainable.Contributions because = each.require(Explainable.class).explain(0, 3);
            assertThat(because.score()).isCloseTo(each.scores(0)[3], within(1e-6));
            HistoryScorer scorer = each.require(HistoryScorer.class);
            assertThat((double) scorer.scores(History.of(3))[0]).isCloseTo(CONTENT[3][0], within(2e-6));
        }
    }

    /** Dense vectors have negative elements, and sums that pass through zero. */
    @Test
    void negativeValuesAreAddedOnceAndMakeNoNeighbours() {
        Dataset data =
                PLAIN.withAttributes(
                        Attributes.none(4),
                        new Attributes(
                                new SparseMatrix(
                                        Interactions.of(3, new int[][] {{0, 1, 2}, {0, 1, 2}, {0, 1}, {2}, {}}),
                                        new float[] {1, 1, 1, 1, -1, 1, -1, -1, 1}),
                                IdMap.of(List.of("a", "b", "c"))));
        ItemSimilarityModel model = (ItemSimilarityModel) ModelSpec.parse("content-knn(weighting=none)")
                .configured()
                .fit(data, FitContext.defaults())
                .model();
        // (1 - 1 + 1) / 3; (-1 - 1) / sqrt(6) is no neighbour; 1 / sqrt(3)
        assertThat(Arrays.copyOfRange(
                        model.weights().values(), 0, model.weights().offsets()[1]))
                .containsExactly(1 / 3f, (float) (1 / Math.sqrt(3)));
        assertThat(Arrays.copyOfRange(
                        model.weights().columns(), 0, model.weights().offsets()[1]))
                .containsExactly(1, 3);
    }

    @Test
    void withoutAttributesItIsRefused() {
        for (String name : List.of("content-knn", "hybrid-knn")) {
            assertThatThrownBy(() -> ModelSpec.of(name).configured().fit(PLAIN, FitContext.defaults()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("attributes of items");
        }
    }

    @Test
    void aModelOfOtherIndicesScoresTheSame() {
        ItemSimilarityModel model = fit("content-knn");
        ItemSimilarityModel moved =
                model.in(IdMap.of(List.of("3", "0", "1", "2")), IdMap.of(List.of("4", "3", "2", "1", "0", "new")));
        assertThat(moved.scores(1)[1]).isEqualTo(model.scores(0)[3]);
        try (Workers workers = new Workers(1)) {
            assertThat(moved.rank(new int[] {1}, 5, moved.known(), workers)
                            .get(0)
                            .items())
                    .containsExactly(2, 1);
        }
    }

    /** The last two items come after training: their weights are those of a training that knew them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-knn(shrinkage=0.5,neighbours=0)",
                "content-knn(weighting=bm25,neighbours=0)",
                "hybrid-knn(attribute_weight=0.5,shrinkage=1,asymmetry=0.3,neighbours=0)"
            })
    void itemsThatComeLaterAreNeighboursAsInTraining(String spec) {
        Dataset before = Dataset.of(
                        "three items",
                        IdMap.numbered(4),
                        IdMap.numbered(3),
                        DATA.train().moved(new int[] {0, 1, 2, 3}, new int[] {0, 1, 2, -1, -1}, 4, 3),
                        Interactions.empty(4, 3),
                        Interactions.empty(4, 3))
                .withAttributes(Attributes.none(4), X.withRows(X.x().rows(new int[] {0, 1, 2})));
        Model model = ModelSpec.parse(spec)
                .configured()
                .fit(before, FitContext.defaults())
                .model();
        AttributeScorer scorer = model.require(AttributeScorer.class);
        ItemWeights all = ((ItemSimilarityModel) ModelSpec.parse(spec)
                        .configured()
                        .fit(DATA, FitContext.defaults())
                        .model())
                .weights();
        ItemSimilarityModel more =
                (ItemSimilarityModel) scorer.withItems(List.of("3", "4"), X.x().rows(new int[] {3, 4}));
        for (int i = 0; i < 5; i++) {
            assertThat(more.weights().get(i, 3)).isCloseTo(all.get(i, 3), within(1e-6f));
            assertThat(more.weights().get(3, i)).isCloseTo(all.get(3, i), within(1e-6f));
        }
        assertThat(more.weights().get(0, 1))
                .isEqualTo(((ItemSimilarityModel) model).weights().get(0, 1));
        assertThat(more.population().hasItem(3)).isTrue();
        assertThat(more.population().hasItem(4)).isFalse();
        float[] taste = scorer.scoresOfItem(X.x().rows(new int[] {3}));
        for (int j = 0; j < 3; j++) {
            assertThat(taste[j]).isCloseTo(all.get(3, j), within(0.2f));
        }
        // Given once more, with other attributes, the last ones count.
        ItemSimilarityModel again = (ItemSimilarityModel)
                more.require(AttributeScorer.class).withItems(List.of("4", "3"), X.x().rows(new int[] {3, 4}));
        assertThat(again.weights().get(0, 4)).isCloseTo(all.get(0, 3), within(1e-6f));
        assertThat(again.weights().get(0, 3)).isZero();
    }

    @Test
    void aNearerItemTakesThePlaceOfTheWeakestNeighbour() {
        Dataset before = Dataset.of(
                        "three items",
                        Interactions.of(3, new int[][] {{0, 1}, {2}}),
                        Interactions.empty(2, 3),
                        Interactions.empty(2, 3))
                .withAttributes(Attributes.none(2), X.withRows(X.x().rows(new int[] {0, 1, 2})));
        Model model = ModelSpec.parse("content-knn(neighbours=1)")
                .configured()
                .fit(before, FitContext.defaults())
                .model();
        ItemSimilarityModel more = (ItemSimilarityModel)
                model.require(AttributeScorer.class).withItems(List.of("like 0"), X.x().rows(new int[] {0}));
        assertThat(more.weights().get(0, 3)).isCloseTo(1, within(1e-5f));
        assertThat(more.weights().offsets()).containsExactly(0, 1, 2, 3, 4);
        assertThatThrownBy(() -> model.require(AttributeScorer.class).scoresOfUser(X.x().rows(new int[] {0})))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no attributes of users");
    }

    @Test
    void aSavedModelTakesInItemsStill(@TempDir Path directory) {
        Model model = ModelSpec.parse("content-knn")
                .configured()
                .fit(DATA, FitContext.defaults())
                .model();
        model.save(directory.resolve("m"));
        Model loaded = Models.load(directory.resolve("m"));
        SparseMatrix one = X.x().rows(new int[] {1});
        assertThat(loaded.require(AttributeScorer.class).scoresOfItem(one))
                .isEqualTo(model.require(AttributeScorer.class).scoresOfItem(one));
    }
}
