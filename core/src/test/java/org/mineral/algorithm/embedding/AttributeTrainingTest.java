package org.mineral.algorithm.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.ModelSpec;
import org.mineral.algorithm.Updatable;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.Split;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.eval.EvaluatedModel;
import org.mineral.eval.Evaluation;
import org.mineral.eval.Evaluator;
import org.mineral.linalg.Workers;
import org.mineral.model.AttributeScorer;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.Models;

/** Factorisation of data whose items have attributes that say something of their planted vectors; a fifth of the items is new. */
class AttributeTrainingTest {

    private static final SyntheticData TASTES =
            SyntheticData.generate("builtin:tastes:users=400,items=150,activity=20");
    private static final Dataset PLAIN = TASTES.data().split(Split.parse("cold-item:0.8:0:0.2", 3));
    private static final Dataset DATA = PLAIN.withAttributes(
            Attributes.none(400), PlantedSigns.of(TASTES.truth().items()));
    private static final int COLD = IntStream.range(0, 150)
            .filter(i -> PLAIN.train().itemCounts()[i] == 0)
            .findFirst()
            .orElseThrow();
    private static final String MF = "mf(dimension=16,epochs=8,learning_rate=0.03,attribute_weight=3)";

    private static FactorModel fit(String spec, Dataset data, FitContext context) {
        return (FactorModel)
                ModelSpec.parse(spec).configured().fit(data, context).model();
    }

    private static double ndcgOfCold(Model model, Dataset data) {
        Evaluator evaluator = Evaluator.at(10);
        try (Workers workers = new Workers(2)) {
            Optional<EvaluatedModel> cold =
                    EvaluatedModel.of("mf", model, data, evaluator, workers).among(true, evaluator, workers);
            return cold.orElseThrow().evaluation().metric("NDCG@10");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine+", "bpr", "softmax"})
    void newItemsAreRankedByTheirAttributes(String loss) {
        FactorModel model = fit(
                ModelSpec.parse(MF).with("loss", loss).toString(),
                DATA,
                FitContext.defaults().withThreads(2));
        assertThat(model.population().hasItem(COLD)).isTrue();
        assertThat(fit(MF, PLAIN, FitContext.defaults()).population().hasItem(COLD))
                .isFalse();
        // Attributes of other items say nothing: what a ranking by chance comes to.
        int[] others = IntStream.range(0, 150).map(i -> (i * 61 + 7) % 150).toArray();
        Dataset mixed = DATA.withAttributes(
                DATA.userAttributes(),
                new Attributes(
                        DATA.itemAttributes().x().rows(others),
                        DATA.itemAttributes().names()));
        double chance =
                ndcgOfCold(fit(ModelSpec.parse(MF).with("loss", loss).toString(), mixed, FitContext.defaults()), mixed);
        assertThat(ndcgOfCold(model, DATA)).isGreaterThan(1.1 * chance);
    }

    @Test
    void withoutWeightNothingIsTakenFromThem() {
        FactorModel none = fit("mf(dimension=16,epochs=2,attribute_weight=0)", DATA, FitContext.defaults());
        FactorModel plain = fit("mf(dimension=16,epochs=2)", PLAIN, FitContext.defaults());
        assertThat(none.itemFactors().values()).isEqualTo(plain.itemFactors().values());
        assertThat(none.userFactors().values()).isEqualTo(plain.userFactors().values());
    }

    @Test
    void threadsAndACheckpointChangeNothing(@TempDir Path directory) {
        FactorModel whole = fit(MF, DATA, FitContext.defaults().withThreads(1));
        Checkpoints kept = Checkpoints.beside(directory.resolve("m")).every(1);
        FitContext context = FitContext.defaults().withThreads(3).withCheckpoints(kept);
        RuntimeException killed = new RuntimeException("killed");
        try {
            fit(MF, DATA, context.withListener(new FitListener() {
                @Override
                public boolean epoch(Epoch epoch) {
                    if (epoch.number() == 5) {
                        throw killed;
                    }
                    return true;
                }
            }));
        } catch (RuntimeException e) {
            assertThat(e).isSameAs(killed);
        }
        boolean[] resumed = new boolean[1];
        FactorModel again = fit(MF, DATA, context.withListener(new FitListener() {
            @Override
            public void resumed(Epoch last, Path from) {
                resumed[0] = true;
            }
        }));
        assertThat(resumed[0]).isTrue();
        assertThat(again.itemFactors().values()).isEqualTo(whole.itemFactors().values());
        assertThat(again.userFactors().values()).isEqualTo(whole.userFactors().values());
    }

    @Test
    void aSavedModelHasThemStill(@TempDir Path directory) {
        FactorModel model = fit(MF, DATA, FitContext.defaults());
        model.save(directory.resolve("m"));
        Model loaded = Models.load(directory.resolve("m"));
        assertThat(loaded.scores(3)).isEqualTo(model.scores(3));
        assertThat(loaded.population()).isEqualTo(model.population());
    }

    @Test
    void anUpdateLeavesThemAsTheyAre() {
        FactorModel model = fit(MF, DATA, FitContext.defaults());
        Interactions news = Interactions.of(150, new int[] {5, 6});
        int taken = news.row(0)[0];
        assertThat(taken).isNotEqualTo(COLD);
        Dataset more = Dataset.of(
                "news",
                IdMap.of(List.of("somebody new")),
                DATA.items(),
                news,
                Interactions.empty(1, 150),
                Interactions.empty(1, 150));
        FactorModel updated = (FactorModel) model.require(Updatable.class)
                .update(more, Map.of("epochs", "2"), 2, FitListener.NONE)
                .model();
        assertThat(updated.population().hasItem(COLD)).isTrue();
        assertThat(updated.itemVectors().row(COLD))
                .isEqualTo(model.itemVectors().row(COLD));
        assertThat(updated.users().size()).isEqualTo(401);
        // New items are still understood, and one that has interactions by now takes its attributes without moving.
        AttributeScorer scorer = updated.require(AttributeScorer.class);
        SparseMatrix cold = DATA.itemAttributes().x().rows(new int[] {COLD});
        FactorModel described = (FactorModel) scorer.withItems(List.of("new"), cold);
        for (int k = 0; k < 16; k++) {
            assertThat(described.itemVectors().get(150, k))
                    .isCloseTo(model.itemVectors().get(COLD, k), within(2e-5f));
        }
        assertThat(updated.attributeTables().items().orElseThrow().vectors().values())
                .isEqualTo(
                        model.attributeTables().items().orElseThrow().vectors().values());
    }

    @Test
    void anUpdateLeavesUsersOfWhomOnlyAttributesAreKnown() {
        Dataset plain = TASTES.data().split(Split.parse("cold-user:0.7:0:0.3", 3));
        int cold = IntStream.range(0, 400)
                .filter(u -> plain.train().count(u) == 0)
                .findFirst()
                .orElseThrow();
        int[] signs = IntStream.range(0, 400).map(u -> u % 5).toArray();
        Interactions entries = Interactions.of(
                5, Arrays.stream(signs).mapToObj(a -> new int[] {a}).toArray(int[][]::new));
        Dataset data = plain.withAttributes(
                new Attributes(SparseMatrix.ofOnes(entries), IdMap.numbered(5)), Attributes.none(150));
        FactorModel model = fit("mf(dimension=8,epochs=2)", data, FitContext.defaults());
        Dataset more = Dataset.of(
                "news",
                IdMap.of(List.of("somebody new")),
                data.items(),
                Interactions.of(150, new int[] {5, 6}),
                Interactions.empty(1, 150),
                Interactions.empty(1, 150));
        FactorModel updated = (FactorModel) model.require(Updatable.class)
                .update(more, Map.of("epochs", "1"), 1, FitListener.NONE)
                .model();
        assertThat(updated.userVectors().row(cold))
                .isEqualTo(model.userVectors().row(cold));
        assertThat(updated.ranksFor(cold)).isTrue();
    }

    /** Three of ten users have no interactions in train; attributes tell their tastes. */
    @Test
    void usersWithoutInteractionsAreRankedForByTheirAttributes() {
        Dataset plain = TASTES.data().split(Split.parse("cold-user:0.7:0:0.3", 3));
        Dataset data = plain.withAttributes(PlantedSigns.of(TASTES.truth().users()), Attributes.none(150));
        FactorModel model = fit(MF, data, FitContext.defaults());
        int[] others = IntStream.range(0, 400).map(u -> (u * 61 + 7) % 400).toArray();
        Dataset mixed = data.withAttributes(
                new Attributes(
                        data.userAttributes().x().rows(others),
                        data.userAttributes().names()),
                data.itemAttributes());
        Evaluation own = Evaluator.at(10).evaluate(model, data.test());
        double chance = Evaluator.at(10)
                .evaluate(fit(MF, mixed, FitContext.defaults()), data.test())
                .metric("NDCG@10");
        assertThat(own.metric("NDCG@10")).isGreaterThan(1.1 * chance);
        assertThat(own.users()).isEqualTo(400 - data.test().emptyRows());
    }
}
