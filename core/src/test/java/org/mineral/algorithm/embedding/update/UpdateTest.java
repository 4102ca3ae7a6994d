package org.mineral.algorithm.embedding.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.MergedData;
import org.mineral.algorithm.Updated;
import org.mineral.algorithm.embedding.Ensemble;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.config.InputException;
import org.mineral.data.AlignedDataset;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;

/** A model grows: newcomers get vectors that are worth something, and what was there stays. */
class UpdateTest {

    private static final UpdateOptions DEFAULTS = UpdateOptions.defaults();

    private static Dataset all;
    private static Dataset past;
    private static Dataset news;

    /** Of the planted data: users below 300 and items below 150 are there first, the others come later. */
    @BeforeAll
    static void plant() {
        all = Datasets.read("builtin:tastes:users=400,items=200,seed=5").split(Split.random(0.8, 0, 0.2, 1));
        Interactions train = all.train();
        past = part(train, 0, 300, 150);
        int[] offsets = train.offsets();
        boolean[] later = new boolean[train.size()];
        for (int u = 0; u < 400; u++) {
            for (int k = offsets[u]; k < offsets[u + 1]; k++) {
                later[k] = u >= 300 || train.columns()[k] >= 150;
            }
        }
        Interactions rest = train.select(k -> later[k]);
        news = Dataset.of("news", rest, Interactions.empty(400, 200), Interactions.empty(400, 200));
    }

    private static Dataset part(Interactions train, int from, int users, int items) {
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            rows[u] = Arrays.stream(train.row(from + u)).filter(i -> i < items).toArray();
        }
        return Dataset.of(
                "past",
                Interactions.of(items, rows),
                Interactions.empty(users, items),
                Interactions.empty(users, items));
    }

    private static FactorModel base(String loss) {
        return trainer(loss, "").fit(past);
    }

    /** @param settings name=value, with blanks between them */
    private static EmbeddingTrainer trainer(String loss, String settings) {
        TrainOptions options = TrainOptions.defaults().with("dimension", 16).with("epochs", 15);
        for (String setting : settings.isEmpty() ? new String[0] : settings.split(" ")) {
            String[] pair = setting.split("=");
            options = options.with(pair[0], pair[1]);
        }
        return new EmbeddingTrainer(Losses.of(loss, Map.of()), options).threads(2);
    }

    private static double ndcg(FactorModel model, int firstUser) {
        Dataset numbered = Dataset.of("all", all.train(), all.valid(), all.test());
        AlignedDataset aligned = numbered.aligned(model.users(), model.items());
        Interactions test = aligned.test();
        // Items that the model does not know are misses: otherwise it would be asked for less than one that does.
        int[] unknown = aligned.unknownTestItems();
        boolean[] asked = new boolean[test.size()];
        for (int u = 0; u < test.users(); u++) {
            Arrays.fill(asked, test.begin(u), test.end(u), u >= firstUser);
            unknown[u] = u >= firstUser ? unknown[u] : 0;
        }
        try (Workers workers = new Workers(2)) {
            return Evaluator.at(20)
                    .evaluate(model, test.select(k -> asked[k]), model.known(), unknown, workers)
                    .metric("NDCG@20");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "item_bias=true",
                "item_bias=true history=1 learning_rate=0.03",
                "history=1 history_exponent=0.3 learning_rate=0.03",
                "layers=2",
                "layers=2 item_bias=true",
            })
    void foldedInUsersAreRankedForNearlyAsWellAsAfterRetraining(String settings) {
        FactorModel old = trainer("mine+", settings).fit(past);
        Updated<FactorModel> result = Update.of(old, news, DEFAULTS, 2, FitListener.NONE);
        FactorModel updated = result.model();
        assertThat(result.newUsers()).isEqualTo(100);
        assertThat(result.newItems()).isEqualTo(50);
        assertThat(updated.users().ids().subList(0, 300)).isEqualTo(old.users().ids());
        assertThat(updated.items().ids().subList(0, 150)).isEqualTo(old.items().ids());
        assertThat(updated.known().size())
                .isEqualTo(all.train().size())
                .isEqualTo(old.known().size() + result.newPairs());
        Dataset numbered = Dataset.of("all", all.train(), all.valid(), all.test());
        FactorModel again = trainer("mine+", settings).fit(numbered);
        assertThat(ndcg(updated, 0)).isGreaterThan(0.85 * ndcg(again, 0));
        assertThat(ndcg(updated, 300)).as("new users").isGreaterThan(0.8 * ndcg(again, 300));
        assertThat(updated.info().config()).isEqualTo(old.info().config());
        assertThat(updated.info().provenance().facts()).containsKey("update");
    }

    @ParameterizedTest
    @CsvSource({
        "mine+, ''",
        "mine+, item_bias=true history=1",
        "mine+, item_bias=true candidates=uniform:64 candidate_weight=-0.2",
        "softmax, item_bias=true similarity=dot learning_rate=0.02",
        "infonce+, layers=2 item_bias=true",
        "bpr, ''",
        "bpr, item_bias=true",
        "ccl, ''",
        "mse, item_bias=true",
        "debiased-infonce, ''",
    })
    void anUpdateOfAnyLossIsFiniteAndTheSameForAnyNumberOfThreads(String loss, String settings) {
        FactorModel old = trainer(loss, settings).fit(past);
        FactorModel one = Update.of(old, news, DEFAULTS, 1, FitListener.NONE).model();
        FactorModel three = Update.of(old, news, DEFAULTS, 3, FitListener.NONE).model();
        assertThat(one.userFactors().values()).isEqualTo(three.userFactors().values());
        assertThat(one.itemFactors().values()).isEqualTo(three.itemFactors().values());
        assertThat(ndcg(one, 300)).isGreaterThan(0.05);
    }

    @Test
    void withoutEpochsWhatNothingHappenedToStays() {
        FactorModel old = base("mine+");
        FactorModel updated = Update.of(old, news, DEFAULTS.with("epochs", 0), 2, FitListener.NONE)
                .model();
        int moved = 0;
        for (int u = 0; u < 300; u++) {
            if (updated.known().count(u) > old.known().count(u)) {
                moved++;
            } else {
                assertThat(updated.userFactors().row(u))
                        .containsExactly(old.userFactors().row(u), within(1e-6f));
            }
        }
        assertThat(moved).as("users who took something new").isBetween(1, 299);
        int[] counts = old.known().itemCounts();
        for (int i = 0; i < 150; i++) {
            if (counts[i] == 0) {
                continue;
            }
            assertThat(updated.itemFactors().row(i))
                    .containsExactly(old.itemFactors().row(i), within(1e-6f));
        }
        assertThat(ndcg(updated, 300)).as("new users, folded in").isGreaterThan(0.5 * ndcg(updated, 0));
    }

    @Test
    void aUserOfNewItemsAloneAndOneOfNothingGetAlong(@TempDir Path directory) throws java.io.IOException {
        Path file = java.nio.file.Files.writeString(
                directory.resolve("news.csv"), "user,item\nfresh,novel\n3,novel\nlate,5\n");
        FactorModel updated = Update.of(base("mine+"), Datasets.read(file), DEFAULTS, 2, FitListener.NONE)
                .model();
        assertThat(updated.recommend("fresh", 5))
                .hasSize(5)
                .allSatisfy(r -> assertThat(r.score()).isFinite());
        assertThat(updated.recommend("late", 3)).hasSize(3);
        FactorModel saved = updated;
        saved.save(directory.resolve("model"));
        assertThat(FactorModel.load(directory.resolve("model")).recommend("fresh", 5))
                .isEqualTo(updated.recommend("fresh", 5));
    }

    /** New items used to be fitted to their own users alone, and stood above all others then. */
    @ParameterizedTest
    @ValueSource(strings = {"", "item_bias=true history=1 learning_rate=0.03"})
    void withoutEpochsNewItemsDoNotCrowdOutTheKnownOnes(String settings) {
        FactorModel old = trainer("mine+", settings).fit(past);
        FactorModel folded = Update.of(old, onlyNewItems(), DEFAULTS.with("epochs", 0), 2, FitListener.NONE)
                .model();
        assertThat(ndcg(folded, 0)).as("was %s", ndcg(old, 0)).isGreaterThan(1.05 * ndcg(old, 0));
        int above = 0;
        for (int u = 0; u < 300; u++) {
            for (var recommendation : folded.recommend(folded.users().id(u), 20)) {
                above += folded.items().index(recommendation.item()) >= 150 ? 1 : 0;
            }
        }
        // A quarter of the catalogue.
        assertThat(above / 6000.0).isBetween(0.1, 0.4);
    }

    /** What known users took of new items. */
    private static Dataset onlyNewItems() {
        Interactions train = MergedData.select(news.train(), (u, i) -> u < 300 && i >= 150);
        Interactions none = Interactions.empty(400, 200);
        return Dataset.of("novelties", train, none, none);
    }

    @Test
    void biasesOfNewItemsAreThoseOfTrainingAgain() {
        EmbeddingTrainer trainer = trainer("mine+", "item_bias=true");
        FactorModel updated = Update.of(trainer.fit(past), news, DEFAULTS.with("epochs", 0), 2, FitListener.NONE)
                .model();
        FactorModel again = trainer.fit(Dataset.of("all", all.train(), all.valid(), all.test()));
        double[] mine = new double[50];
        double[] theirs = new double[50];
        for (int i = 0; i < 50; i++) {
            String id = updated.items().id(150 + i);
            mine[i] = updated.itemFactors().get(150 + i, 15);
            theirs[i] = again.itemFactors().get(again.items().index(id), 15);
        }
        assertThat(correlation(mine, theirs)).isGreaterThan(0.7);
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).average().orElseThrow();
        double meanB = Arrays.stream(b).average().orElseThrow();
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int k = 0; k < a.length; k++) {
            ab += (a[k] - meanA) * (b[k] - meanB);
            aa += (a[k] - meanA) * (a[k] - meanA);
            bb += (b[k] - meanB) * (b[k] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    /** A model of a split knows the items and users of its other parts by name only. */
    @Test
    void whoWasInTheModelWithoutAnInteractionIsNew() {
        Interactions seen = MergedData.select(all.train(), (u, i) -> u < 300 && i < 150);
        Interactions none = Interactions.empty(400, 200);
        FactorModel old = trainer("mine+", "item_bias=true").fit(Dataset.of("split", seen, none, none));
        assertThat(old.items().size()).isEqualTo(200);
        FactorModel updated = Update.of(old, news, DEFAULTS.with("epochs", 0), 2, FitListener.NONE)
                .model();
        FactorModel apart = Update.of(
                        trainer("mine+", "item_bias=true").fit(past),
                        news,
                        DEFAULTS.with("epochs", 0),
                        2,
                        FitListener.NONE)
                .model();
        assertThat(ndcg(updated, 0)).isGreaterThan(0.85 * ndcg(apart, 0));
        assertThat(ndcg(updated, 300)).isGreaterThan(0.8 * ndcg(apart, 300));
    }

    @Test
    void anUpdatedModelCanBeUpdatedAgain() {
        FactorModel old = trainer("mine+", "item_bias=true history=1").fit(past);
        FactorModel once =
                Update.of(old, onlyNewItems(), DEFAULTS, 2, FitListener.NONE).model();
        FactorModel twice = Update.of(once, news, DEFAULTS, 2, FitListener.NONE).model();
        assertThat(ndcg(twice, 0)).isGreaterThan(ndcg(old, 0));
        assertThat(twice.users().size()).isEqualTo(400);
    }

    /** A model holds no times, so its old interactions count the same from here on. */
    @Test
    void aModelOfRecencyIsUpdatedWithoutIt() {
        FactorModel old = base("mine+");
        var config = new LinkedHashMap<>(old.info().config());
        config.put("recency", "0.5");
        ModelInfo info = new ModelInfo(old.name(), config, old.info().provenance());
        FactorModel recent =
                new FactorModel(old.userFactors(), old.itemFactors(), old.users(), old.items(), old.known(), info);
        FactorModel updated =
                Update.of(recent, news, DEFAULTS, 2, FitListener.NONE).model();
        assertThat(updated.info().config()).containsEntry("recency", "0.5");
        assertThat(updated.itemFactors().values())
                .isEqualTo(Update.of(old, news, DEFAULTS, 2, FitListener.NONE)
                        .model()
                        .itemFactors()
                        .values());
    }

    @Test
    void anEnsembleIsRefusedAndItsUpdatedMembersJoinAgain() {
        EmbeddingTrainer one = trainer("mine+", "item_bias=true seed=1");
        EmbeddingTrainer two = trainer("mine+", "item_bias=true seed=2");
        List<FactorModel> members = List.of(one.fit(past), two.fit(past));
        FactorModel ensemble = Ensemble.of(members);
        assertThatThrownBy(() -> Update.of(ensemble, news, DEFAULTS, 2, FitListener.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("an ensemble")
                .hasMessageContaining("Update each member");
        FactorModel joined = Ensemble.of(members.stream()
                .map(m -> Update.of(m, news, DEFAULTS, 2, FitListener.NONE).model())
                .toList());
        assertThat(joined.users().size()).isEqualTo(400);
    }

    @Test
    void nothingNewLeavesTheModelAsItIs() {
        FactorModel old = base("mine+");
        Dataset known = Dataset.of(
                "known",
                IdMap.of(List.of("0")),
                IdMap.of(List.of(old.items().id(old.known().row(0)[0]))),
                Interactions.of(1, new int[] {0}),
                Interactions.empty(1, 1),
                Interactions.empty(1, 1));
        Updated<FactorModel> result = Update.of(old, known, DEFAULTS, 2, FitListener.NONE);
        assertThat(result.model().userFactors()).isSameAs(old.userFactors());
        assertThat(result.model().info()).isEqualTo(old.info());
        assertThat(result.newPairs() + result.newUsers() + result.newItems()).isZero();
        assertThat(result.training()).isNull();
        assertThatThrownBy(() -> DEFAULTS.with("epochs", -1)).isInstanceOf(InputException.class);
    }
}
