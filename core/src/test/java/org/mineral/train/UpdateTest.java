package org.mineral.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.Split;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

/** A model grows: newcomers get vectors that are worth something, and what was there stays. */
class UpdateTest {

    private static final UpdateOptions DEFAULTS = UpdateOptions.defaults();

    private static Dataset all;
    private static Dataset past;
    private static Dataset news;

    /** Of the planted data: users below 300 and items below 150 are there first, the others come later. */
    @BeforeAll
    static void plant() {
        all = Dataset.read("builtin:tastes:users=400,items=200,seed=5").split(Split.random(0.8, 0, 0.2, 1));
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
            rows[u] = java.util.Arrays.stream(train.row(from + u))
                    .filter(i -> i < items)
                    .toArray();
        }
        return Dataset.of(
                "past",
                Interactions.of(items, rows),
                Interactions.empty(users, items),
                Interactions.empty(users, items));
    }

    private static FactorModel base(String loss) {
        TrainOptions options = TrainOptions.defaults().with("dimension", 16).with("epochs", 15);
        return new Trainer(Losses.of(loss, java.util.Map.of()), options)
                .threads(2)
                .fit(past);
    }

    private static double ndcg(FactorModel model, int firstUser) {
        Dataset numbered = Dataset.of("all", all.train(), all.valid(), all.test());
        Interactions test = numbered.aligned(model.users(), model.items()).test();
        boolean[] asked = new boolean[test.size()];
        for (int u = firstUser; u < test.users(); u++) {
            java.util.Arrays.fill(asked, test.begin(u), test.end(u), true);
        }
        try (Workers workers = new Workers(2)) {
            return Evaluator.at(20)
                    .evaluate(model, test.select(k -> asked[k]), model.seen(), null, workers)
                    .metric("NDCG@20");
        }
    }

    @Test
    void newcomersAreServedNearlyAsWellAsByTrainingAgain() {
        FactorModel old = base("mine+");
        Update.Result result = Update.of(old, news, DEFAULTS, 2, TrainListener.NONE);
        FactorModel updated = result.model();
        assertThat(result.newUsers()).isEqualTo(100);
        assertThat(result.newItems()).isEqualTo(50);
        assertThat(updated.users().ids().subList(0, 300)).isEqualTo(old.users().ids());
        assertThat(updated.items().ids().subList(0, 150)).isEqualTo(old.items().ids());
        assertThat(updated.seen().size())
                .isEqualTo(all.train().size())
                .isEqualTo(old.seen().size() + result.newPairs());
        Dataset numbered = Dataset.of("all", all.train(), all.valid(), all.test());
        FactorModel again = new Trainer(
                        Losses.of("mine+", java.util.Map.of()),
                        TrainOptions.defaults().with("dimension", 16).with("epochs", 15))
                .threads(2)
                .fit(numbered);
        assertThat(ndcg(updated, 0)).isGreaterThan(0.85 * ndcg(again, 0));
        assertThat(ndcg(updated, 300)).as("new users").isGreaterThan(0.8 * ndcg(again, 300));
        assertThat(updated.info().config()).isEqualTo(old.info().config());
        assertThat(updated.info().provenance()).containsKey("update");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine+", "bpr", "ccl", "mse", "debiased-infonce"})
    void anUpdateOfAnyLossIsFiniteAndTheSameForAnyNumberOfThreads(String loss) {
        FactorModel old = base(loss);
        FactorModel one = Update.of(old, news, DEFAULTS, 1, TrainListener.NONE).model();
        FactorModel three =
                Update.of(old, news, DEFAULTS, 3, TrainListener.NONE).model();
        assertThat(one.userFactors().values()).isEqualTo(three.userFactors().values());
        assertThat(one.itemFactors().values()).isEqualTo(three.itemFactors().values());
        assertThat(ndcg(one, 300)).isGreaterThan(0.05);
    }

    @Test
    void withoutEpochsWhatWasThereStaysToTheBit() {
        FactorModel old = base("mine+");
        FactorModel updated = Update.of(old, news, DEFAULTS.with("epochs", 0), 2, TrainListener.NONE)
                .model();
        for (int u = 0; u < 300; u++) {
            assertThat(updated.userFactors().row(u))
                    .containsExactly(old.userFactors().row(u), org.assertj.core.api.Assertions.within(1e-6f));
        }
        assertThat(ndcg(updated, 300)).as("new users, folded in").isGreaterThan(0.5 * ndcg(updated, 0));
    }

    @Test
    void aUserOfNewItemsAloneAndOneOfNothingGetAlong(@TempDir Path directory) throws java.io.IOException {
        Path file = java.nio.file.Files.writeString(
                directory.resolve("news.csv"), "user,item\nfresh,novel\n3,novel\nlate,5\n");
        FactorModel updated = Update.of(base("mine+"), Dataset.read(file), DEFAULTS, 2, TrainListener.NONE)
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

    @Test
    void aModelWithBiasesIsRefused() {
        TrainOptions options =
                TrainOptions.defaults().with("dimension", 16).with("epochs", 1).with("item_bias", true);
        FactorModel biased = new Trainer(Losses.of("mine+", java.util.Map.of()), options)
                .threads(2)
                .fit(past);
        assertThatThrownBy(() -> Update.of(biased, news, DEFAULTS, 2, TrainListener.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("item_bias");
    }

    @Test
    void nothingNewIsRefused() {
        FactorModel old = base("mine+");
        Dataset known = Dataset.of(
                "known",
                IdMap.of(List.of("0")),
                IdMap.of(List.of(old.items().id(old.seen().row(0)[0]))),
                Interactions.of(1, new int[] {0}),
                Interactions.empty(1, 1),
                Interactions.empty(1, 1));
        assertThatThrownBy(() -> Update.of(old, known, DEFAULTS, 2, TrainListener.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("known: found no interaction that the model has not seen");
        assertThatThrownBy(() -> DEFAULTS.with("epochs", -1)).isInstanceOf(InputException.class);
    }
}
