package org.mineral.algorithm.embedding.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.DivergedException;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.init.CachedInit;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.plan.TrainingPlan;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

class EmbeddingTrainerTest {

    private static final double POPULARITY = PlantedFactors.popularity();

    @ParameterizedTest
    @CsvSource({
        "mine+, ",
        "mine+, history=2 averaging=1",
        "mine+, layers=1",
        "mine+, layers=3 edge_dropout=0.4",
        "mine+, layers=2 edge_dropout=0.3 candidates=uniform:300 averaging=0.5",
        "mine+, candidates=uniform:300 collisions=mask dropout=0.3 history=0.5",
        "bpr, ",
        "ccl, candidates=in-batch averaging=0.5"
    })
    void anyNumberOfThreadsGivesTheSameBits(String loss, String settings) {
        TrainOptions options = PlantedFactors.OPTIONS.withEpochs(2);
        for (String setting : settings == null ? new String[0] : settings.split(" ")) {
            options = options.with(setting.split("=")[0], setting.split("=")[1]);
        }
        EmbeddingTrainer trainer = new EmbeddingTrainer(Losses.of(loss), options);
        FactorModel one = trainer.threads(1).fit(PlantedFactors.NO_VALID);
        for (int threads : new int[] {2, 5}) {
            sameFactors(trainer.threads(threads).fit(PlantedFactors.NO_VALID), one);
        }
    }

    @ParameterizedTest
    @CsvSource({"all, dot", "popularity:100:0.5, cosine"})
    void theSeedDecidesEveryBit(String candidates, String similarity) {
        TrainOptions options = PlantedFactors.OPTIONS
                .withEpochs(2)
                .with("start", "random")
                .with("candidates", candidates)
                .with("similarity", similarity);
        FactorModel first = PlantedFactors.train("mine+", options);
        sameFactors(PlantedFactors.train("mine+", options), first);
        assertThat(PlantedFactors.train("mine+", options.withSeed(43))
                        .itemFactors()
                        .values())
                .isNotEqualTo(first.itemFactors().values());
    }

    private static void sameFactors(FactorModel actual, FactorModel expected) {
        assertThat(actual.userFactors().values())
                .isEqualTo(expected.userFactors().values());
        assertThat(actual.itemFactors().values())
                .isEqualTo(expected.itemFactors().values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine+", "softmax"})
    void aTrainedModelLeavesPopularityBehindAndComesNearTheTruth(String loss) {
        TrainOptions options = PlantedFactors.OPTIONS.withEpochs(20).withTemperature(0.2);
        double quality = PlantedFactors.ndcg(PlantedFactors.train(loss, options));
        assertThat(quality).isGreaterThan(2.5 * POPULARITY).isGreaterThan(0.6 * PlantedFactors.truth());
    }

    @Test
    void theLossFallsOverTheEpochs() {
        List<Epoch> curve = new EmbeddingTrainer(Losses.minePlus(1.2), PlantedFactors.OPTIONS.with("start", "random"))
                .train(PlantedFactors.NO_VALID)
                .curve();
        assertThat(curve).hasSize(8).extracting(Epoch::number).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(curve).extracting(Epoch::validation).containsOnly(Double.NaN);
        for (int k = 1; k < curve.size(); k++) {
            assertThat(curve.get(k).loss()).isLessThan(curve.get(k - 1).loss());
            assertThat(curve.get(k).seconds())
                    .isGreaterThanOrEqualTo(curve.get(k - 1).seconds());
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "collisions, mask",
        "dropout, 0.3",
        "regularization, 0.01",
        "optimizer, adam",
        "schedule, constant",
        "schedule, cosine",
        "start, random",
        "candidates, all",
        "candidates, uniform:200",
        "candidates, popularity:200:1",
        "candidates, in-batch",
        "candidates, mixed:100",
        "similarity, dot",
        "correction, none",
        "user_weight, 0",
        "block_size, 100000",
        "block_size, 7",
        "history, 0.3",
        "history, 3",
        "candidate_weight, -0.3",
        "candidate_weight, 0.3",
        "averaging, 2",
        "layers, 1",
        "layers, 4"
    })
    void everySettingTrainsToSomethingBetterThanPopularity(String name, String value) {
        FactorModel model = PlantedFactors.train(
                "mine+", PlantedFactors.OPTIONS.withTemperature(0.25).with(name, value));
        assertThat(PlantedFactors.finite(model)).isTrue();
        assertThat(PlantedFactors.ndcg(model)).isGreaterThan(1.5 * POPULARITY);
    }

    @ParameterizedTest
    @CsvSource({"adagrad, 0.3", "sgd, 20"})
    void theOtherOptimizersLearnFromARandomStart(String optimizer, double rate) {
        TrainOptions options = PlantedFactors.OPTIONS
                .withEpochs(25)
                .withTemperature(0.25)
                .with("start", "random")
                .with("optimizer", optimizer)
                .with("learning_rate", rate);
        assertThat(PlantedFactors.ndcg(PlantedFactors.train("mine+", options))).isGreaterThan(1.5 * POPULARITY);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 310})
    void anyDimensionTrains(int dimension) {
        FactorModel model = PlantedFactors.train(
                "mine+", PlantedFactors.OPTIONS.withEpochs(2).with("dimension", dimension));
        assertThat(model.dimension()).isEqualTo(dimension);
        assertThat(PlantedFactors.finite(model)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"cosine, all", "dot, all", "cosine, in-batch", "dot, uniform:5"})
    void usersAndItemsWithoutInteractionsStayFinite(String similarity, String candidates) {
        Interactions train = Interactions.of(300, new int[][] {{}, {0, 1, 5}, {}, {1, 290}, {5}});
        Interactions none = Interactions.empty(5, 300);
        for (String start : new String[] {"spectral", "random"}) {
            FactorModel model = new EmbeddingTrainer(
                            Losses.minePlus(1.2),
                            PlantedFactors.OPTIONS
                                    .with("similarity", similarity)
                                    .with("candidates", candidates)
                                    .with("start", start))
                    .fit(Dataset.of("sparse", train, none, none));
            assertThat(PlantedFactors.finite(model)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine+", "bpr", "mse", "ccl", "infonce", "debiased-infonce"})
    void aHugeRateDivergesWithAMessageOrStaysFinite(String loss) {
        TrainOptions options = PlantedFactors.OPTIONS
                .with("learning_rate", 1000)
                .with("similarity", "dot")
                .with("optimizer", "sgd");
        try {
            assertThat(PlantedFactors.finite(PlantedFactors.train(loss, options)))
                    .isTrue();
        } catch (DivergedException | InputException e) {
            assertThat(e).hasMessageContaining("learning_rate");
        }
    }

    @Test
    void earlyStoppingKeepsTheBestEpochsWeightsAndWaitsForItsPatience() {
        TrainOptions options = PlantedFactors.OPTIONS
                .withEpochs(200)
                .with("patience", 3)
                .with("learning_rate", 0.2)
                .with("schedule", "constant");
        Fit<FactorModel> result = new EmbeddingTrainer(Losses.minePlus(1.2), options).train(PlantedFactors.DATA);
        List<Double> validations =
                result.curve().stream().map(Epoch::validation).toList();
        double best = validations.stream().mapToDouble(v -> v).max().orElseThrow();
        assertThat(validations.get(result.bestEpoch() - 1)).isEqualTo(best);
        assertThat(result.curve()).hasSize(result.bestEpoch() + 3).hasSizeLessThan(200);
        try (var workers = new org.mineral.linalg.Workers(1)) {
            double kept = org.mineral.eval.Evaluator.at(20)
                    .evaluate(result.model(), PlantedFactors.DATA.valid(), PlantedFactors.DATA.train(), null, workers)
                    .metric("NDCG@20");
            assertThat(kept).isCloseTo(best, within(1e-12));
        }
    }

    @Test
    void aListenerHearsThePlanFirstThenProgressAndMayEndTheRun() {
        List<String> heard = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        FitListener listener = new FitListener() {
            @Override
            public void plan(org.mineral.algorithm.Plan plan) {
                heard.add("plan");
            }

            @Override
            public void progress(double share) {
                shares.add(share);
            }

            @Override
            public boolean epoch(Epoch epoch) {
                heard.add("epoch " + epoch.number() + " of " + epoch.of());
                return epoch.number() < 3;
            }
        };
        Fit<FactorModel> result = new EmbeddingTrainer(Losses.softmax(), PlantedFactors.OPTIONS)
                .listener(listener)
                .train(PlantedFactors.NO_VALID);
        assertThat(heard).containsExactly("plan", "epoch 1 of 8", "epoch 2 of 8", "epoch 3 of 8");
        assertThat(result.curve()).hasSize(3);
        assertThat(result.bestEpoch()).isEqualTo(3);
        assertThat(shares).isSorted().allMatch(share -> share > 0 && share <= 1 + 1e-12);
        assertThat(shares.get(shares.size() - 1)).isCloseTo(3 / 8.0, within(1e-9));
    }

    /** As compare, tune and ablate have it: the start is computed once for all, in the first run. */
    @Test
    void aSharedStartCountsInNobodysTime() {
        int users = 3000;
        Interactions train = Interactions.of(2000, spread(users, 2000));
        Dataset data = Dataset.of("spread", train, Interactions.empty(users, 2000), Interactions.empty(users, 2000));
        TrainOptions options = TrainOptions.defaults().with("dimension", 128).withEpochs(0);
        EmbeddingTrainer shared =
                new EmbeddingTrainer(Losses.mine(), options).threads(1).starts(new CachedInit());
        long began = System.nanoTime();
        double first = shared.train(data).seconds();
        double passed = (System.nanoTime() - began) / 1e9;
        double alone = new EmbeddingTrainer(Losses.mine(), options)
                .threads(1)
                .train(data)
                .seconds();
        assertThat(first).isLessThan(passed / 2).isLessThan(alone);
    }

    private static int[][] spread(int users, int items) {
        int[][] rows = new int[users][];
        for (int u = 0; u < users; u++) {
            rows[u] = new int[] {u % items, (7 * u + 1) % items, (13 * u + 2) % items};
        }
        return rows;
    }

    @Test
    void thePlanCountsWhatWillBeDone() {
        List<Double> shares = new ArrayList<>();
        FitListener counting = new FitListener() {
            @Override
            public void progress(double share) {
                shares.add(share);
            }
        };
        EmbeddingTrainer trainer = new EmbeddingTrainer(
                        Losses.minePlus(1.2),
                        PlantedFactors.OPTIONS.withEpochs(1).with("block_size", 300))
                .listener(counting);
        TrainingPlan plan = trainer.plan(PlantedFactors.NO_VALID);
        assertThat(trainer.train(PlantedFactors.NO_VALID).plan()).isEqualTo(plan);
        assertThat(plan.users()).isEqualTo(500);
        assertThat(plan.items()).isEqualTo(300);
        assertThat(plan.dimension()).isEqualTo(16);
        assertThat(plan.epochs()).isEqualTo(1);
        assertThat(plan.gigaflopsPerEpoch()).isCloseTo(6 * 500 * 300 * 16 / 1e9, within(1e-9));
        // five tables of 800 x 16 floats are the least that Adam with cosines needs
        assertThat(plan.bytesEstimate()).isBetween(5L * 4 * 800 * 16, 60_000_000L);
        assertThat(plan.steps()).isEqualTo(2).isEqualTo(shares.size());
        assertThat(plan.rankedUsers()).isZero();
        assertThat(plan.engine()).contains("exact").contains("300");
        assertThat(plan.describe()).contains("500 users x 300 items").contains("d=16");
    }

    @Test
    void withoutTrainingInteractionsThereIsNothingToLearnFrom() {
        Interactions none = Interactions.empty(3, 4);
        assertThatThrownBy(() -> new EmbeddingTrainer(Losses.mine(), PlantedFactors.OPTIONS)
                        .fit(Dataset.of("empty", none, none, none)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("empty")
                .hasMessageContaining("no training interactions");
    }

    @Test
    void aRunThatDoesNotFitIntoMemoryIsRefusedBeforeAnythingIsAllocated() {
        int users = 400_000;
        Interactions train = Interactions.of(40, filled(new int[users][], 40));
        Interactions none = Interactions.empty(users, 40);
        // five tables of 400,040 x 4096 floats: 32.8 GB
        assertThatThrownBy(() -> new EmbeddingTrainer(
                                Losses.mine(), TrainOptions.defaults().with("dimension", 4096))
                        .fit(Dataset.of("large", train, none, none)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("needs about 32.9 GB")
                .hasMessageContaining("Lower dimension");
        assertThatThrownBy(() -> new EmbeddingTrainer(
                                Losses.mine(), TrainOptions.defaults().with("dimension", 4096))
                        .fit(Dataset.of(
                                "larger than an array",
                                Interactions.of(2, filled(new int[600_000][], 2)),
                                Interactions.empty(600_000, 2),
                                Interactions.empty(600_000, 2))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("allowed: 2^31");
    }

    private static int[][] filled(int[][] rows, int items) {
        for (int u = 0; u < rows.length; u++) {
            rows[u] = new int[] {u % items};
        }
        return rows;
    }

    @Test
    void noEpochsGiveTheStart() {
        Fit<FactorModel> result =
                new EmbeddingTrainer(Losses.mine(), PlantedFactors.OPTIONS.withEpochs(0)).train(PlantedFactors.DATA);
        assertThat(result.curve()).isEmpty();
        assertThat(result.bestEpoch()).isZero();
        assertThat(PlantedFactors.ndcg(result.model())).as("the spectral start").isGreaterThan(POPULARITY);
    }

    @Test
    void settingsSayWhatAutoStoodFor() {
        assertThat(new EmbeddingTrainer(Losses.minePlus(1.3), TrainOptions.defaults()).settings())
                .containsEntry("loss", "mine+")
                .containsEntry("lambda", "1.3")
                .containsEntry("similarity", "cosine")
                .containsEntry("candidates", "all")
                .doesNotContainValue("auto");
        assertThat(new EmbeddingTrainer(Losses.bpr(), TrainOptions.defaults()).settings())
                .containsEntry("similarity", "dot")
                .doesNotContainValue("auto");
    }
}
