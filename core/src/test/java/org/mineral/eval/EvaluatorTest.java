package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.TestModels;

class EvaluatorTest {

    /** Every user with interactions has the scores 5, 4, 3, 2, 1 for items 0 to 4; the others have no vector. */
    private static FactorModel descending(Interactions seen) {
        Matrix users = new Matrix(seen.users(), 1);
        for (int u = 0; u < seen.users(); u++) {
            users.set(u, 0, seen.count(u) > 0 ? 1 : 0);
        }
        Matrix items = new Matrix(5, 1);
        for (int i = 0; i < 5; i++) {
            items.set(i, 0, 5 - i);
        }
        return TestModels.model(users, items, seen);
    }

    // User 0 gets 1, 2; user 1 gets 0, 1; user 2 has no training interactions; user 3 has no test items.
    private final FactorModel model =
            descending(Interactions.of(5, new int[] {0}, new int[] {4}, new int[0], new int[] {0}));
    private final Interactions test = Interactions.of(5, new int[] {1, 4}, new int[] {3}, new int[] {0}, new int[0]);

    @Test
    void meansGoOverUsersWithTestItemsAndTrainingInteractions() {
        Evaluation evaluation = Evaluator.at(2).evaluate(model, test);
        assertThat(evaluation.users()).isEqualTo(2);
        assertThat(evaluation.skipped()).isEqualTo(1);
        assertThat(evaluation.perUser().userIndices()).containsExactly(0, 1);
        assertThat(evaluation.metrics().keySet())
                .containsExactly("Recall@2", "NDCG@2", "Precision@2", "HitRate@2", "MRR@2", "MAP@2", "Coverage@2");
        assertThat(evaluation.metric("Recall@2")).isEqualTo(0.25);
        assertThat(evaluation.metric("NDCG@2")).isCloseTo(0.5 / (1 + Math.log(2) / Math.log(3)), within(1e-12));
        assertThat(evaluation.metric("Precision@2")).isEqualTo(0.25);
        assertThat(evaluation.metric("HitRate@2")).isEqualTo(0.5);
        assertThat(evaluation.metric("MRR@2")).isEqualTo(0.5);
        assertThat(evaluation.metric("MAP@2")).isEqualTo(0.25);
        assertThat(evaluation.metric("Coverage@2")).isEqualTo(0.6);
        assertThat(evaluation.toString()).endsWith("Coverage@2 0.6000, 2 users");
    }

    @Test
    void unknownTestItemsCountInDenominators() {
        try (Workers workers = new Workers(1)) {
            Evaluation evaluation =
                    Evaluator.at(2).evaluate(model, test, model.known(), new int[] {2, 0, 0, 1}, workers);
            assertThat(evaluation.users()).isEqualTo(3);
            assertThat(evaluation.perUser().testItems()).containsExactly(4, 1, 1);
            assertThat(evaluation.perUser().values().get("Recall@2")).containsExactly(0.25, 0, 0);
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        Random random = new Random(3);
        int[][] rows = new int[1300][];
        Arrays.setAll(rows, u -> new int[] {random.nextInt(5)});
        Interactions wanted = Interactions.of(5, rows);
        Arrays.setAll(rows, u -> new int[] {random.nextInt(5)});
        FactorModel many = descending(Interactions.of(5, rows));
        Evaluator evaluator = Evaluator.at(2, 3).withExposure().withStrata(PopularityStrata.of(many.known()));
        Interactions none = Interactions.empty(1300, 5);
        try (Workers one = new Workers(1);
                Workers three = new Workers(3)) {
            Evaluation expected = evaluator.evaluate(many, wanted, none, null, one);
            Evaluation shared = evaluator.evaluate(many, wanted, none, null, three);
            assertThat(shared.metrics()).isEqualTo(expected.metrics());
            assertThat(shared.strata()).isEqualTo(expected.strata());
            expected.perUser()
                    .values()
                    .forEach((name, values) ->
                            assertThat(shared.perUser().values().get(name)).isEqualTo(values));
            long hits =
                    IntStream.range(0, 1300).filter(u -> wanted.row(u)[0] < 2).count();
            assertThat(shared.metric("Recall@2")).isCloseTo(hits / 1300.0, within(1e-12));
        }
    }

    @Test
    void gainsAreDiscountedBelowTheThousandthPlaceToo() {
        boolean[] hits = new boolean[1200];
        hits[1099] = true;
        assertThat(RankMetric.NDCG.value(hits, 1200, 1)).isCloseTo(Math.log(2) / Math.log(1101), within(1e-15));
        Arrays.fill(hits, true);
        assertThat(RankMetric.NDCG.value(hits, 1200, 1200)).isEqualTo(1);
    }

    @Test
    void theCallerChoosesTheExclusions() {
        try (Workers workers = new Workers(1)) {
            Evaluation evaluation = Evaluator.at(1, 5)
                    .with(Recall.CALIBRATED)
                    .evaluate(
                            model,
                            Interactions.of(5, new int[] {0, 1}, new int[0], new int[0], new int[0]),
                            Interactions.empty(4, 5),
                            null,
                            workers);
            assertThat(evaluation.metric("CalibratedRecall@1")).isEqualTo(1);
            assertThat(evaluation.metric("CalibratedRecall@5")).isEqualTo(1);
            assertThat(evaluation.metric("Precision@5")).isEqualTo(0.4);
        }
    }

    @Test
    void plantedPerfectModelReachesOne() {
        Random random = new Random(1);
        int[][] train = new int[60][];
        int[][] wanted = new int[60][];
        Matrix users = new Matrix(60, 6);
        Matrix items = new Matrix(300, 6);
        for (int i = 0; i < 300; i++) {
            items.set(i, i % 6, 1);
        }
        for (int u = 0; u < 60; u++) {
            int taste = random.nextInt(6);
            users.set(u, taste, 1);
            train[u] = random.ints(0, 25).map(i -> 6 * i + taste).limit(10).toArray();
            int[] seenItems = train[u];
            wanted[u] = IntStream.range(0, 50)
                    .map(i -> 6 * i + taste)
                    .filter(item -> Arrays.stream(seenItems).noneMatch(s -> s == item))
                    .toArray();
        }
        Interactions seen = Interactions.of(300, train);
        FactorModel perfect = TestModels.model(users, items, seen);
        Evaluation evaluation = Evaluator.at(10, 300).evaluate(perfect, Interactions.of(300, wanted));
        assertThat(evaluation.metric("NDCG@10")).isCloseTo(1, within(1e-12));
        assertThat(evaluation.metric("MAP@10")).isCloseTo(1, within(1e-12));
        assertThat(evaluation.metric("Recall@300")).isEqualTo(1);
    }

    @Test
    void nobodyToEvaluateIsRefused() {
        assertThatThrownBy(() -> Evaluator.at(2)
                        .evaluate(model, Interactions.of(5, new int[0], new int[0], new int[] {0}, new int[0])))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Evaluator.at(2).evaluate(model, Interactions.empty(3, 5)))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Evaluator.at(0)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Evaluator.at()).isInstanceOf(InputException.class);
    }

    @Test
    void aSampleIsDrawnFromTheJudgedUsersByItsSeed() {
        int n = 200;
        int[][] seen = new int[n][];
        int[][] tested = new int[n][];
        for (int u = 0; u < n; u++) {
            seen[u] = u % 4 == 0 ? new int[0] : new int[] {u % 5};
            tested[u] = new int[] {(u + 1) % 5};
        }
        FactorModel large = descending(Interactions.of(5, seen));
        Interactions part = Interactions.of(5, tested);
        Evaluation all = Evaluator.at(2).evaluate(large, part);
        Evaluation some = Evaluator.at(2).withUsers(40, 7).evaluate(large, part);
        assertThat(some.users()).isEqualTo(40);
        assertThat(some.population()).isEqualTo(all.users()).isEqualTo(150);
        assertThat(some.skipped()).isEqualTo(50);
        assertThat(some.toString()).endsWith("40 of 150 users");
        int[] drawn = some.perUser().userIndices();
        assertThat(drawn).isSorted().doesNotHaveDuplicates();
        for (int p = 0; p < drawn.length; p++) {
            int q = Arrays.binarySearch(all.perUser().userIndices(), drawn[p]);
            assertThat(some.perUser().values().get("NDCG@2")[p])
                    .isEqualTo(all.perUser().values().get("NDCG@2")[q]);
        }
        assertThat(Evaluator.at(2)
                        .withUsers(40, 7)
                        .evaluate(large, part)
                        .perUser()
                        .userIndices())
                .isEqualTo(drawn);
        assertThat(Evaluator.at(2)
                        .withUsers(40, 8)
                        .evaluate(large, part)
                        .perUser()
                        .userIndices())
                .isNotEqualTo(drawn);
        assertThat(Evaluator.at(2).withUsers(1000, 7).evaluate(large, part).metrics())
                .isEqualTo(all.metrics());
        assertThatThrownBy(() -> Evaluator.at(2).withUsers(0, 7)).isInstanceOf(InputException.class);
    }

    @Test
    void strataHoldAThirdOfTheInteractionsEach() {
        // Counts 3, 2, 2, 1, 1, 0 of 9: item 0 fills the head, items 1 and 2 the middle.
        Interactions train =
                Interactions.of(6, new int[] {0, 1, 2}, new int[] {0, 1, 2}, new int[] {0, 3}, new int[] {4});
        PopularityStrata strata = PopularityStrata.of(train);
        assertThat(List.of(strata.of(0), strata.of(1), strata.of(2), strata.of(3), strata.of(5)))
                .containsExactly(
                        PopularityStrata.Stratum.HEAD,
                        PopularityStrata.Stratum.MID,
                        PopularityStrata.Stratum.MID,
                        PopularityStrata.Stratum.TAIL,
                        PopularityStrata.Stratum.TAIL);
        assertThat(strata.interactionShare(PopularityStrata.Stratum.MID)).isCloseTo(4.0 / 9, within(1e-12));
    }

    @Test
    void recallByStratumCountsOnlyItsTestItems() {
        PopularityStrata strata =
                PopularityStrata.of(Interactions.of(5, new int[] {1}, new int[] {1}, new int[] {3}, new int[] {4}));
        Evaluation evaluation = Evaluator.at(2).withStrata(strata).evaluate(model, test);
        assertThat(evaluation.strata())
                .containsExactly(
                        new PopularityStrata.Result("head", 1, 0.5, 1, Map.of("Recall@2", 1.0)),
                        new PopularityStrata.Result("mid", 1, 0.25, 1, Map.of("Recall@2", 0.0)),
                        new PopularityStrata.Result("tail", 3, 0.25, 1, Map.of("Recall@2", 0.0)));
    }

    @Test
    void perUserFileHasALineForEachUser(@TempDir Path temp) throws Exception {
        Path file = temp.resolve("users.tsv");
        IdMap ids = IdMap.of(List.of("a\tb", "c", "d", "e"));
        PerUserFile.write(file, Evaluator.at(2).evaluate(model, test), ids);
        assertThat(Files.readAllLines(file))
                .startsWith("user\ttest_items\tRecall@2\tNDCG@2\tPrecision@2\tHitRate@2\tMRR@2\tMAP@2")
                .hasSize(3)
                .last()
                .isEqualTo("c\t1\t0.0\t0.0\t0.0\t0.0\t0.0\t0.0");
        assertThat(Files.readAllLines(file).get(1)).startsWith("a\\tb\t2\t0.5\t");
        try (var entries = Files.list(temp)) {
            assertThat(entries).containsExactly(file);
        }
        assertThatThrownBy(() -> PerUserFile.write(
                        temp.resolve("none/x"), Evaluator.at(2).evaluate(model, test), ids))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot write " + temp.resolve("none/x") + ": no such directory. Check the path");
    }
}
