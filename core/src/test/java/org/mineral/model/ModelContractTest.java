package org.mineral.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.io.ModelFormats;
import org.mineral.model.rank.Ranking;
import org.mineral.model.similarity.ItemWeights;

/**
 * What every kind of model keeps, on a checkerboard: users and items are even or odd, and users take items of their own parity only,
 * all but a few. A new format has to put a model of its kind here.
 */
class ModelContractTest {

    private static final int USERS = 48;
    private static final int ITEMS = 30;
    private static final int LATE = USERS;
    private static final int NOBODY = USERS + 1;

    private static final IdMap USER_IDS = ids("user", USERS + 2);
    private static final IdMap ITEM_IDS = ids("item", ITEMS + 1);

    /** Of the last two users nothing is in training; the last item nobody took. */
    private static final Interactions TRAINED = interactions(false);

    /** The last but one, and one item of each of the first eight, were held out. */
    private static final Interactions KNOWN = interactions(true);

    private static final Interactions NONE = Interactions.empty(USERS + 2, ITEMS + 1);

    private static final List<Class<?>> CAPABILITIES = List.of(
            HistoryScorer.class,
            HistoryEncoder.class,
            VectorModel.class,
            SimilarItems.class,
            UserRanker.class,
            Explainable.class);

    private static final Map<String, Model> MODELS = models();

    @TempDir
    Path temp;

    private static IdMap ids(String prefix, int n) {
        return IdMap.of(IntStream.range(0, n).mapToObj(k -> prefix + "-" + k).toList());
    }

    private static Interactions interactions(boolean heldOut) {
        int[][] rows = new int[USERS + 2][];
        for (int u = 0; u < USERS; u++) {
            int user = u;
            rows[u] = IntStream.range(0, ITEMS)
                    .filter(i -> i % 2 == user % 2 && ((i / 2 + user / 2) % 5 != 0 || heldOut && user < 8 && i < 10))
                    .toArray();
        }
        rows[LATE] = heldOut ? new int[] {0, 4, 8, 12} : new int[0];
        rows[NOBODY] = new int[0];
        return Interactions.of(ITEMS + 1, rows);
    }

    private static Map<String, Model> models() {
        Map<String, Model> models = new TreeMap<>();
        models.put(
                "mf",
                new EmbeddingTrainer(
                                Losses.of("mine+"),
                                TrainOptions.defaults()
                                        .with("dimension", 2)
                                        .with("temperature", 0.2)
                                        .withEpochs(5))
                        .fit(Dataset.of("checkerboard", USER_IDS, ITEM_IDS, TRAINED, KNOWN.minus(TRAINED), NONE)));
        models.put("popularity", new PopularityModel(USER_IDS, ITEM_IDS, TRAINED, KNOWN, ModelInfo.of("popularity")));
        models.put(
                "item-similarity",
                new ItemSimilarityModel(cosines(), USER_IDS, ITEM_IDS, TRAINED, KNOWN, ModelInfo.of("cosines")));
        models.put(
                "user-knn",
                new UserNeighboursModel(USER_IDS, ITEM_IDS, TRAINED, KNOWN, ModelInfo.of(UserNeighboursModel.NAME)));
        models.put(
                "blend",
                new BlendModel(List.of(
                        new BlendModel.Member(models.get("item-similarity"), 1),
                        new BlendModel.Member(models.get("user-knn"), 0.5))));
        models.put("sequence", sequence());
        return models;
    }

    /** Of users who took their items by ascending index. */
    private static Model sequence() {
        Dataset data = Dataset.of("checkerboard", USER_IDS, ITEM_IDS, TRAINED, KNOWN.minus(TRAINED), NONE);
        long[] order = LongStream.range(0, data.all().size()).toArray();
        return ModelSpec.of("sequence")
                .with(Map.of("dimension", "4", "temperature", "0.2", "epochs", "20"))
                .configured()
                .fit(data.withEvents(new Events(data.all(), null, null, order)), FitContext.defaults())
                .model();
    }

    /** Cosines of the items' columns. */
    private static ItemWeights cosines() {
        int n = ITEMS + 1;
        int[] counts = TRAINED.itemCounts();
        float[][] together = new float[n][n];
        for (int u = 0; u < USERS; u++) {
            for (int i : TRAINED.row(u)) {
                for (int j : TRAINED.row(u)) {
                    together[i][j] += 1 / (float) Math.sqrt((double) counts[i] * counts[j]);
                }
            }
        }
        int[] offsets = new int[n + 1];
        List<Integer> columns = new ArrayList<>();
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j && together[i][j] > 0) {
                    columns.add(j);
                    values.add(together[i][j]);
                }
            }
            offsets[i + 1] = columns.size();
        }
        float[] weights = new float[values.size()];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = values.get(k);
        }
        return new ItemWeights(n, offsets, columns.stream().mapToInt(c -> c).toArray(), weights);
    }

    static Stream<Model> kinds() {
        return MODELS.values().stream();
    }

    @Test
    void everyRegisteredKindIsHere() {
        assertThat(MODELS.keySet()).containsExactlyInAnyOrderElementsOf(ModelFormats.names());
    }

    private static Ranking list(Model model, int user, int k, Interactions exclude) {
        try (Workers workers = new Workers(1)) {
            return model.rank(new int[] {user}, k, exclude, workers).get(0);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void thePlantedTruthIsFound(Model model) {
        int[] counts = TRAINED.itemCounts();
        for (int u = 0; u < USERS; u++) {
            int[] best = list(model, u, 3, TRAINED).items();
            for (int r = 0; r < best.length; r++) {
                if (model.name().equals("popularity")) {
                    assertThat(r == 0 || counts[best[r]] <= counts[best[r - 1]]).isTrue();
                } else {
                    assertThat(best[r] % 2).as("user " + u).isEqualTo(u % 2);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void savedAndLoadedItIsTheSame(Model model) {
        model.save(temp.resolve("model"));
        Model loaded = Models.load(temp.resolve("model"));
        assertThat(loaded).hasSameClassAs(model);
        assertThat(loaded.name()).isEqualTo(model.name());
        assertThat(loaded.info().config()).isEqualTo(model.info().config());
        assertThat(loaded.users().ids()).isEqualTo(model.users().ids());
        assertThat(loaded.items().ids()).isEqualTo(model.items().ids());
        assertThat(loaded.population()).isEqualTo(model.population());
        for (int u = 0; u <= LATE; u++) {
            assertThat(loaded.scores(u)).isEqualTo(model.scores(u));
        }
        for (Class<?> capability : CAPABILITIES) {
            assertThat(loaded.as(capability).isPresent())
                    .isEqualTo(model.as(capability).isPresent());
        }
        model.as(HistoryScorer.class)
                .ifPresent(
                        scorer -> assertThat(loaded.require(HistoryScorer.class).scores(History.of(2, 6)))
                                .isEqualTo(scorer.scores(History.of(2, 6))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneIsAsManyAndThreadsChangeNothing(Model model) {
        int[] users =
                IntStream.rangeClosed(0, LATE).map(k -> k * 7 % (LATE + 1)).toArray();
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            List<Ranking> all = model.rank(users, 9, KNOWN, one);
            List<Ranking> shared = model.rank(users, 9, KNOWN, three);
            for (int k = 0; k < users.length; k++) {
                Ranking alone = list(model, users[k], 9, KNOWN);
                for (Ranking same : List.of(shared.get(k), alone)) {
                    assertThat(same.items()).isEqualTo(all.get(k).items());
                    assertThat(same.scores()).isEqualTo(all.get(k).scores());
                }
                assertThat(alone.items()).isEqualTo(byScore(model.scores(users[k]), KNOWN.row(users[k]), 9));
                List<Model.Recommendation> named = model.recommend(model.users().id(users[k]), 9);
                for (int r = 0; r < named.size(); r++) {
                    assertThat(named.get(r).item()).isEqualTo(model.items().id(alone.items()[r]));
                    assertThat(named.get(r).score()).isEqualTo(alone.scores()[r]);
                }
            }
        }
    }

    /** Best first, ties by lower index, without the item that nobody took. */
    private static int[] byScore(float[] scores, int[] without, int k) {
        return IntStream.range(0, ITEMS)
                .filter(i -> Arrays.binarySearch(without, i) < 0)
                .boxed()
                .sorted((a, b) -> Float.compare(scores[b], scores[a]))
                .limit(k)
                .mapToInt(i -> i)
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void unknownIdsAndIndicesAreRefused(Model model) {
        assertThatThrownBy(() -> model.recommend("user-x", 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("user-x");
        assertThatThrownBy(() -> model.recommend("user-1", 0)).isInstanceOf(InputException.class);
        for (int unknown : new int[] {-1, USERS + 2}) {
            assertThatThrownBy(() -> model.scores(unknown)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> list(model, unknown, 3, NONE)).isInstanceOf(IllegalArgumentException.class);
        }
        model.as(HistoryScorer.class).ifPresent(scorer -> {
            for (History bad : List.of(History.of(1, ITEMS + 1), History.of(1, ITEMS))) {
                assertThatThrownBy(() -> scorer.scores(bad)).isInstanceOf(InputException.class);
                assertThatThrownBy(() -> scorer.rank(bad, 3)).isInstanceOf(InputException.class);
            }
            assertThatThrownBy(() -> scorer.rank(History.of(1), 0)).isInstanceOf(InputException.class);
            assertThatThrownBy(() -> scorer.rank(History.of(1), 3, ITEMS + 1)).isInstanceOf(InputException.class);
        });
        model.as(SimilarItems.class).ifPresent(similar -> {
            for (String bad : List.of("item-x", "item-" + ITEMS)) {
                assertThatThrownBy(() -> similar.similarItems(bad, 3))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining(bad);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void listsEndWithTheCatalogueAndLeaveOutKnownItems(Model model) {
        for (int u = 0; u <= LATE; u++) {
            Set<Integer> listed = new HashSet<>();
            for (int item : list(model, u, 1000, KNOWN).items()) {
                listed.add(item);
            }
            assertThat(listed).hasSize(ITEMS - KNOWN.count(u)).doesNotContain(ITEMS);
            assertThat(listed).noneMatch(new HashSet<>(boxed(KNOWN.row(u)))::contains);
            assertThat(model.recommend(model.users().id(u), 1000, false)).hasSize(ITEMS);
        }
        assertThat(model.ranksFor(LATE)).isTrue();
        if (!model.ranksFor(NOBODY)) {
            assertThatThrownBy(() -> model.recommend(model.users().id(NOBODY), 3))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("no training interactions");
        }
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKnownHistoryRanksNearItsUser(Model model) {
        HistoryScorer scorer = model.as(HistoryScorer.class).orElse(null);
        if (scorer == null) {
            return;
        }
        int near = 0;
        for (int u = 0; u < USERS; u++) {
            int[] own = TRAINED.row(u);
            List<Integer> known = boxed(list(model, u, 3, TRAINED).items());
            Ranking list = scorer.rank(History.of(own), 3, own);
            for (int item : list.items()) {
                near += known.contains(item) ? 1 : 0;
            }
            float[] scores = scorer.scores(History.of(own));
            assertThat(scores).hasSize(ITEMS + 1);
            assertThat(list.scores()[0]).isCloseTo(scores[list.items()[0]], within(1e-5f));
        }
        assertThat(near).isGreaterThan(USERS * 3 * 9 / 10);
        int[] mixed = {3, 2, 7};
        History weighted = History.of(mixed, new double[] {1, 1, 1});
        assertThat(scorer.scores(weighted)).isEqualTo(scorer.scores(History.of(mixed)));
        assertThat(scorer.rank(History.of(mixed), 1000, mixed).items()).hasSize(ITEMS - 3);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void explanationsAddUp(Model model) {
        Explainable explainable = model.as(Explainable.class).orElse(null);
        if (explainable == null) {
            return;
        }
        HistoryScorer scorer = model.require(HistoryScorer.class);
        for (int u = 0; u <= LATE; u += 3) {
            for (int i = 0; i < ITEMS; i += 4) {
                Explainable.Contributions why = explainable.explain(u, i);
                assertThat(why.items()).hasSameSizeAs(why.values());
                assertThat(boxed(KNOWN.row(u))).containsAll(boxed(why.items()));
                assertThat(why.score()).isCloseTo(model.scores(u)[i], within(1e-4));
            }
        }
        History history = History.of(new int[] {8, 2, 5}, new double[] {1, 2, 1});
        for (int i = 0; i < ITEMS; i++) {
            Explainable.Contributions why = explainable.explain(history, i);
            assertThat(why.items()).containsExactly(8, 2, 5);
            assertThat(why.score()).isCloseTo(scorer.scores(history)[i], within(1e-4));
        }
        assertThatThrownBy(() -> explainable.explain(0, ITEMS + 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> explainable.explain(history, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void similarItemsAreOfTheSameParity(Model model) {
        SimilarItems similar = model.as(SimilarItems.class).orElse(null);
        if (similar == null) {
            return;
        }
        for (int i = 0; i < ITEMS; i++) {
            List<Model.Recommendation> near = similar.similarItems("item-" + i, 5);
            assertThat(near).hasSize(5);
            for (int r = 0; r < near.size(); r++) {
                int other = Integer.parseInt(near.get(r).item().substring(5));
                assertThat(other).isNotEqualTo(i);
                assertThat(other % 2).isEqualTo(i % 2);
                assertThat(r == 0 || near.get(r).score() <= near.get(r - 1).score())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void usersOfAnItemAreThoseWithTheLargestScores(Model model) {
        UserRanker ranker = model.as(UserRanker.class).orElse(null);
        if (ranker == null) {
            return;
        }
        int[] items = {4, 7};
        Interactions takers = KNOWN.transpose();
        Interactions exclude = Interactions.of(USERS + 2, takers.row(4), takers.row(7));
        try (Workers workers = new Workers(2)) {
            List<Ranking> rankings = ranker.rankUsers(items, 5, exclude, workers);
            for (int k = 0; k < items.length; k++) {
                int item = items[k];
                int[] users = rankings.get(k).items();
                int[] expected = IntStream.rangeClosed(0, LATE)
                        .filter(u -> !KNOWN.contains(u, item))
                        .boxed()
                        .sorted((a, b) -> Float.compare(model.scores(b)[item], model.scores(a)[item]))
                        .limit(5)
                        .mapToInt(u -> u)
                        .toArray();
                assertThat(users).isEqualTo(expected);
                assertThat(rankings.get(k).scores()[0]).isEqualTo(model.scores(users[0])[item]);
            }
            assertThatThrownBy(() -> ranker.rankUsers(new int[] {-1, 3}, 5, exclude, workers))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ranker.rankUsers(items, 5, NONE, workers))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void scoresOfVectorsAreTheirProducts(Model model) {
        VectorModel vectors = model.as(VectorModel.class).orElse(null);
        if (vectors == null) {
            return;
        }
        assertThat(vectors.userVectors().columns()).isEqualTo(vectors.dimension());
        for (int u = 0; u <= LATE; u += 5) {
            float[] vector = vectors.userVectors().row(u);
            assertThat(vectors.scores(vector)).isEqualTo(model.scores(u));
            for (int i = 0; i < ITEMS; i += 3) {
                float product = 0;
                for (int k = 0; k < vector.length; k++) {
                    product += vector[k] * vectors.itemVectors().get(i, k);
                }
                assertThat(model.scores(u)[i]).isCloseTo(product, within(1e-5f));
            }
        }
        assertThatThrownBy(() -> vectors.scores(new float[1])).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatItCannotDoIsRefusedWithWhatCan(Model model) {
        for (Class<?> capability : CAPABILITIES) {
            if (model.as(capability).isEmpty()) {
                assertThatThrownBy(() -> model.require(capability))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("'" + model.name() + "' has no ")
                        .hasMessageMatching(".*kinds that do: .*mf.*");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void inOtherIndicesItScoresTheSame(Model model) {
        List<String> users = new ArrayList<>(model.users().ids());
        List<String> items = new ArrayList<>(model.items().ids());
        Collections.reverse(users);
        Collections.reverse(items);
        items.add(3, "another");
        Model moved = model.in(IdMap.of(users), IdMap.of(items));
        for (int u = 0; u <= LATE; u++) {
            float[] scores = moved.scores(moved.users().index(model.users().id(u)));
            for (int i = 0; i < ITEMS; i++) {
                assertThat(scores[moved.items().index(model.items().id(i))])
                        .isCloseTo(model.scores(u)[i], within(1e-5f));
            }
            assertThat(moved.known().count(moved.users().index(model.users().id(u))))
                    .isEqualTo(KNOWN.count(u));
        }
        assertThat(model.in(model.users(), model.items())).isSameAs(model);
    }
}
