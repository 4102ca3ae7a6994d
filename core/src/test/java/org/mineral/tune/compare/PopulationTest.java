package org.mineral.tune.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Updated;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.training.EmbeddingTrainer;
import org.mineral.algorithm.embedding.update.Update;
import org.mineral.algorithm.embedding.update.UpdateOptions;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.eval.information.Information;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Model.Recommendation;
import org.mineral.model.ModelInfo;
import org.mineral.model.Models;
import org.mineral.model.PopularityModel;
import org.mineral.model.Population;
import org.mineral.model.export.ExportFormats;
import org.mineral.model.export.ModelExport;
import org.mineral.model.io.FactorFormat;
import org.mineral.model.rank.Ranking;
import org.mineral.tune.search.SearchBudget;
import org.mineral.tune.search.Tuning;

/** Users and items that nothing was learnt of: one population in everything that is done with a model. */
class PopulationTest {

    private static final Dataset WHOLE = Datasets.read("builtin:tastes:users=240,items=150");

    /** Of every ten users one is in valid and test only, and one in test only; of every fifteen items likewise. */
    private static final Dataset DATA = Dataset.of(
            "parts",
            WHOLE.users(),
            WHOLE.items(),
            only(WHOLE.train(), u -> u % 10 > 1, i -> i % 15 > 1),
            only(WHOLE.seen(), u -> u % 10 > 0, i -> i % 15 > 0)
                    .minus(only(WHOLE.train(), u -> u % 10 > 1, i -> i % 15 > 1)),
            WHOLE.test());

    private static final TrainOptions OPTIONS =
            TrainOptions.defaults().with("dimension", 8).withEpochs(3);
    private static final FactorModel MODEL = train(DATA);
    private static final Population POPULATION = MODEL.population();

    @TempDir
    Path temp;

    private static FactorModel train(Dataset data) {
        return new EmbeddingTrainer(Losses.of("mine+"), OPTIONS).threads(2).fit(data);
    }

    private static Interactions only(Interactions from, IntPredicate users, IntPredicate items) {
        boolean[] kept = new boolean[from.size()];
        for (int u = 0; u < from.users(); u++) {
            for (int k = from.begin(u); k < from.end(u); k++) {
                kept[k] = users.test(u) && items.test(from.columns()[k]);
            }
        }
        return from.select(k -> kept[k]);
    }

    private static boolean testOnly(int user) {
        return user % 10 == 0;
    }

    private static boolean validOnly(int user) {
        return user % 10 == 1;
    }

    private static boolean untrained(String item) {
        return MODEL.items().index(item) % 15 < 2;
    }

    @Test
    void trainedKnownAndRankableAreDistinguished() {
        assertThat(MODEL.trained()).isEqualTo(DATA.train());
        assertThat(MODEL.known()).isEqualTo(DATA.seen());
        for (int u = 0; u < DATA.train().users(); u++) {
            boolean usable = Arrays.stream(DATA.seen().row(u)).anyMatch(i -> i % 15 > 1);
            assertThat(POPULATION.hasUser(u)).isEqualTo(!testOnly(u) && usable);
            assertThat(POPULATION.foldedIn(u)).isEqualTo(validOnly(u) && usable);
            assertThat(isZero(MODEL.userFactors(), u)).isEqualTo(!POPULATION.hasUser(u));
        }
        for (int i = 0; i < DATA.train().items(); i++) {
            assertThat(POPULATION.hasItem(i)).isEqualTo(DATA.train().itemCounts()[i] > 0);
            assertThat(isZero(MODEL.itemFactors(), i)).isEqualTo(!POPULATION.hasItem(i));
        }
    }

    @Test
    void usersOfTheValidPartAloneAreFoldedInFromIt() {
        for (int u = 1; u < 100; u += 10) {
            int[] items =
                    Arrays.stream(DATA.valid().row(u)).filter(i -> i % 15 > 1).toArray();
            assertThat(MODEL.userFactors().row(u)).isEqualTo(FoldIn.vector(MODEL, items));
        }
    }

    @Test
    void otherVectorsAreThoseOfATrainingWithoutThem() {
        Dataset alone = Dataset.of("alone", DATA.users(), DATA.items(), DATA.train(), none(), DATA.test());
        FactorModel model = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.with("patience", 100)).fit(alone);
        FactorModel judged = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.with("patience", 100))
                .judgedBy(none())
                .fit(DATA);
        for (int u = 0; u < 240; u++) {
            if (!validOnly(u)) {
                assertThat(judged.userFactors().row(u))
                        .isEqualTo(model.userFactors().row(u));
            }
        }
        assertThat(judged.itemFactors().values()).isEqualTo(model.itemFactors().values());
    }

    @Test
    void nothingIsRecommendedThatWasNotLearntAndNothingThatIsKnown() {
        int all = DATA.items().size();
        for (String user : List.of(MODEL.users().id(2), MODEL.users().id(11))) {
            int row = MODEL.users().index(user);
            List<Recommendation> list = MODEL.recommend(user, all);
            assertThat(list).noneMatch(r -> untrained(r.item()));
            assertThat(list)
                    .noneMatch(r -> DATA.seen().contains(row, MODEL.items().index(r.item())));
            assertThat(list).hasSize(POPULATION.items() - POPULATION.usable(row).length);
        }
        assertThatThrownBy(() -> MODEL.recommend(MODEL.users().id(10), 5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing was learnt");
        int[] users = IntStream.range(0, 240).toArray();
        try (Workers workers = new Workers(2)) {
            for (Ranking ranking : MODEL.rank(users, all, DATA.seen(), workers)) {
                assertThat(Arrays.stream(ranking.items())).noneMatch(i -> i % 15 < 2);
            }
        }
    }

    @Test
    void onlyWhatWasLearntHasNeighbours() {
        assertThat(MODEL.similarUsers(MODEL.users().id(2), 240))
                .hasSize(POPULATION.users() - 1)
                .noneMatch(r -> testOnly(MODEL.users().index(r.item())));
        assertThat(MODEL.similarItems(MODEL.items().id(2), 150))
                .hasSize(POPULATION.items() - 1)
                .noneMatch(r -> untrained(r.item()));
        assertThatThrownBy(() -> MODEL.similarUsers(MODEL.users().id(10), 5)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> MODEL.similarItems(MODEL.items().id(15), 5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing was learnt");
    }

    @Test
    void anEvaluationLeavesOutAndCountsThemAndSaysWhoWasFoldedIn() {
        Evaluation evaluation = Evaluator.at(20).evaluate(MODEL, DATA.test());
        int tested = 240 - DATA.test().emptyRows();
        int judged = (int) IntStream.range(0, 240)
                .filter(u -> DATA.test().count(u) > 0 && POPULATION.hasUser(u))
                .count();
        int folded = (int) IntStream.range(0, 240)
                .filter(u -> DATA.test().count(u) > 0 && POPULATION.foldedIn(u))
                .count();
        assertThat(evaluation.users()).isEqualTo(judged).isLessThan(tested);
        assertThat(evaluation.skipped()).isEqualTo(tested - judged);
        assertThat(evaluation.foldedIn()).isEqualTo(folded).isPositive();
        assertThat(evaluation.seenTest()).isZero();
    }

    @Test
    void aModelThatHasSeenTestPairsSaysHowMany() {
        Dataset all = Dataset.of("all", DATA.users(), DATA.items(), DATA.all(), none(), none());
        FactorModel model = train(all);
        Evaluation evaluation = Evaluator.at(20).evaluate(model, DATA.test());
        assertThat(evaluation.seenTest()).isEqualTo(DATA.test().size());
        assertThat(evaluation.metric("NDCG@20")).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void compareAndEvaluateAgree(boolean retrain) {
        ComparisonResult result = Comparison.of(DATA)
                .losses(List.of("mine+"))
                .settings(Map.of("dimension", "8"))
                .budget(Budget.epochs(3))
                .selection(SelectionProtocol.DEFAULTS.retrained(retrain))
                .threads(2)
                .run();
        ComparisonResult.Entry entry = result.entries().get(0);
        ConfiguredAlgorithm<?> algorithm = ComparedModel.of("mine+", Map.of("dimension", "8"), Comparison.DEFAULT_SEED)
                .epochs(3)
                .algorithm();
        FitContext context = FitContext.defaults().withThreads(2);
        Model model = retrain
                ? Retraining.train(algorithm, entry.bestEpoch(), DATA, context).model()
                : algorithm.fit(DATA, context).model();
        Evaluation evaluation = Evaluator.at(10, 20, 50).evaluate(model, DATA.test());
        assertThat(result.data().testUsers()).isEqualTo(evaluation.users());
        assertThat(entry.metric("NDCG@20")).isEqualTo(evaluation.metric("NDCG@20"));
        Interactions trained = retrain ? DATA.seen() : DATA.train();
        PopularityModel popularity =
                new PopularityModel(DATA.users(), DATA.items(), trained, DATA.seen(), MODEL.info());
        Evaluation floor = Evaluator.at(20).evaluate(popularity, DATA.test());
        assertThat(floor.users()).isEqualTo(evaluation.users());
        assertThat(result.floor().metric("NDCG@20")).isEqualTo(floor.metric("NDCG@20"));
    }

    @Test
    void tuneAndEvaluateAgree() {
        Tuning.Outcome outcome = Tuning.of(DATA)
                .selection(SelectionProtocol.DEFAULTS)
                .losses(List.of("mine+"))
                .budget(SearchBudget.points(1))
                .epochs(2)
                .settings(Map.of("dimension", "8"))
                .seed(42)
                .threads(2)
                .run();
        Evaluation evaluation = Evaluator.at(20).evaluate(outcome.model(), DATA.test());
        assertThat(outcome.result().data().testUsers()).isEqualTo(evaluation.users());
        assertThat(outcome.result().last().metrics().get("NDCG@20")).isEqualTo(evaluation.metric("NDCG@20"));
    }

    @Test
    void noveltyGoesByTrainingInteractions() {
        Evaluator evaluator = Evaluator.at(20).withExposure();
        PopularityModel alone = new PopularityModel(DATA.users(), DATA.items(), DATA.train());
        PopularityModel both = new PopularityModel(DATA.users(), DATA.items(), DATA.train(), DATA.seen(), MODEL.info());
        Interactions test = only(DATA.test(), u -> !validOnly(u), i -> true);
        try (Workers workers = new Workers(1)) {
            assertThat(evaluator
                            .evaluate(both, test, DATA.seen(), null, workers)
                            .metrics())
                    .isEqualTo(evaluator
                            .evaluate(alone, test, DATA.seen(), null, workers)
                            .metrics());
        }
    }

    @Test
    void popularityCountsTrainingInteractionsAndLeavesOutKnownItems() {
        PopularityModel model =
                new PopularityModel(DATA.users(), DATA.items(), DATA.train(), DATA.seen(), MODEL.info());
        for (int u = 0; u < 240; u++) {
            int user = u;
            assertThat(model.recommend(model.users().id(u), 150))
                    .noneMatch(r -> DATA.seen().contains(user, model.items().index(r.item())))
                    .noneMatch(r -> untrained(r.item()))
                    .allMatch(r ->
                            r.score() == DATA.train().itemCounts()[model.items().index(r.item())]);
        }
    }

    @Test
    void informationLeavesOutPairsThatNothingWasLearntOf() {
        try (Workers workers = new Workers(1)) {
            Information.Result result = Information.of(MODEL).measure(DATA.test(), DATA.seen(), workers);
            int learnt =
                    only(DATA.test(), POPULATION::hasUser, POPULATION::hasItem).size();
            assertThat(result.pairs()).isEqualTo(learnt);
            assertThat(result.unlearnt()).isEqualTo(DATA.test().size() - learnt).isPositive();
        }
    }

    /** What was folded in from a pair knows it as well as what was trained on it. */
    @Test
    void allThatVectorsWereMadeOf() {
        Interactions made = POPULATION.learntFrom();
        assertThat(made.minus(DATA.train())).isEqualTo(only(DATA.valid(), PopulationTest::validOnly, i -> i % 15 > 1));
    }

    @Test
    void aModelDirectoryKeepsThemApart() throws IOException {
        Path place = temp.resolve("model");
        MODEL.save(place);
        assertThat(Models.load(place).population()).isEqualTo(POPULATION);
        assertThat(Files.readString(place.resolve("model.json")))
                .contains("\"interactions\": " + DATA.train().size())
                .contains("\"heldOut\": " + DATA.valid().size());
        new PopularityModel(DATA.users(), DATA.items(), DATA.train(), DATA.seen(), ModelInfo.of("popularity"))
                .save(place);
        assertThat(Models.load(place).trained()).isEqualTo(DATA.train());
        assertThat(Models.load(place).known()).isEqualTo(DATA.seen());
    }

    static List<FactorFormat> formats() {
        return ExportFormats.all();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anExportKeepsThemApart(FactorFormat format) {
        Path place = temp.resolve("export");
        ModelExport.write(MODEL, format, place);
        FactorModel back = ModelExport.read(place, formats());
        assertThat(back.population()).isEqualTo(POPULATION);
        assertThat(back.userFactors().values()).isEqualTo(MODEL.userFactors().values());
    }

    /** As older versions wrote them: nothing tells the parts apart, and start vectors stand where nothing was learnt. */
    @Test
    void ofAnOlderModelStartVectorsAreForgotten() throws IOException {
        Matrix users = MODEL.userFactors().copy();
        Matrix items = MODEL.itemFactors().copy();
        users.set(10, 0, 1);
        items.set(15, 0, 1);
        Path place = temp.resolve("old");
        new FactorModel(users, items, MODEL.users(), MODEL.items(), DATA.seen(), MODEL.info()).save(place);
        Path head = place.resolve("model.json");
        Files.writeString(head, Files.readString(head).replace("\"unlearnt\": \"zeros\",", ""));
        Model old = Models.load(place);
        assertThat(old.trained()).isEqualTo(DATA.seen());
        assertThat(old.population().hasUser(10)).isFalse();
        assertThat(old.population().hasItem(15)).isFalse();
        assertThat(old.population().hasUser(11)).isTrue();
    }

    @Test
    void anUpdateTrainsOnAllThatWasKnown() {
        Interactions more = only(DATA.test(), u -> u < 40, i -> true);
        Dataset news = Dataset.of("news", DATA.users(), DATA.items(), more, none(), none());
        UpdateOptions options = UpdateOptions.defaults().with("epochs", 1).with("fold_steps", 5);
        Updated<FactorModel> result = Update.of(MODEL, news, options, 2, FitListener.NONE);
        assertThat(result.newPairs()).isEqualTo(more.size());
        assertThat(result.model().trained()).isEqualTo(DATA.seen().union(more));
        assertThat(result.model().population().hasUser(10)).isTrue();
    }

    @Test
    void factorsWithoutInteractionsAreOfEverybodyWhoHasAVector() {
        Matrix users = MODEL.userFactors().copy();
        FactorModel imported =
                new FactorModel(users, MODEL.itemFactors(), MODEL.users(), MODEL.items(), none(), MODEL.info());
        assertThat(imported.population().users()).isEqualTo(POPULATION.users());
        assertThat(imported.population().items()).isEqualTo(POPULATION.items());
        assertThat(Evaluator.at(20).evaluate(imported, DATA.test()).users())
                .isEqualTo(Evaluator.at(20).evaluate(MODEL, DATA.test()).users());
    }

    @Test
    void aFoldedInUserIsServedBetterThanByChance() {
        Interactions theirs = only(DATA.test(), PopulationTest::validOnly, i -> true);
        FactorModel model = new EmbeddingTrainer(Losses.of("mine+"), OPTIONS.withEpochs(10)).fit(DATA);
        Evaluation folded = Evaluator.at(20).evaluate(model, theirs);
        assertThat(folded.foldedIn()).isEqualTo(folded.users());
        // 20 of 130 items at random would find 0.15 of them.
        assertThat(folded.metric("Recall@20")).isGreaterThan(0.25).isLessThan(1).isNotCloseTo(0, within(0.1));
    }

    private static Interactions none() {
        return Interactions.empty(DATA.users().size(), DATA.items().size());
    }

    private static boolean isZero(Matrix matrix, int row) {
        float[] values = matrix.row(row);
        return IntStream.range(0, values.length).allMatch(k -> values[k] == 0);
    }
}
