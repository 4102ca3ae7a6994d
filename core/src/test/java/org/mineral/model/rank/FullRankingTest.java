package org.mineral.model.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model;
import org.mineral.model.TestModels;

/** The blocked ranking against sorting everything. */
class FullRankingTest {

    private static final Workers WORKERS = new Workers(3);

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 32, 33, 255, 256, 257, 1000})
    void equalsSortingAllScoresWithManyTies(int items) {
        Random random = new Random(items);
        for (int d : new int[] {1, 3, 16, 17, 64}) {
            Matrix itemFactors = TestModels.whole(items, d, 1, random);
            for (int users : new int[] {1, 2, 11, 12, 13, 24, 25, 40}) {
                Interactions seen = TestModels.interactions(users, items, random.nextInt(3) * 0.2, random);
                FactorModel model = TestModels.model(TestModels.whole(users, d, 2, random), itemFactors, seen);
                for (int k : new int[] {1, 20, items, items + 7}) {
                    assertEqualsSorting(model, k);
                }
            }
        }
    }

    @Test
    void everyNumberOfUsersUpToFortyIsRankedInTheOrderAsked() {
        Random random = new Random(5);
        Matrix items = TestModels.whole(300, 4, 3, random);
        for (int users = 1; users <= 40; users++) {
            Interactions seen = TestModels.interactions(users, 300, 0.1, random);
            assertEqualsSorting(TestModels.model(TestModels.whole(users, 4, 3, random), items, seen), 5);
        }
    }

    @Test
    void threadsAndCompanyDoNotChangeABit() {
        Random random = new Random(9);
        Interactions seen = TestModels.interactions(1000, 700, 0.05, random);
        FactorModel model =
                TestModels.model(TestModels.gaussian(1000, 33, random), TestModels.gaussian(700, 33, random), seen);
        int[] all = IntStream.range(0, 1000).toArray();
        List<Ranking> expected;
        try (Workers one = new Workers(1)) {
            expected = model.rank(all, 10, seen, one);
        }
        List<Ranking> shared = model.rank(all, 10, seen, WORKERS);
        for (int u = 0; u < 1000; u++) {
            assertThat(shared.get(u).items()).isEqualTo(expected.get(u).items());
            assertThat(shared.get(u).scores()).isEqualTo(expected.get(u).scores());
        }
        for (int u = 0; u < 1000; u += 97) {
            List<Model.Recommendation> alone = model.recommend(Integer.toString(u), 10);
            float[] scores = model.scores(u);
            for (int r = 0; r < 10; r++) {
                assertThat(alone.get(r).item())
                        .isEqualTo(Integer.toString(expected.get(u).items()[r]));
                assertThat(alone.get(r).score()).isEqualTo(expected.get(u).scores()[r]);
                assertThat(scores[expected.get(u).items()[r]])
                        .isEqualTo(expected.get(u).scores()[r]);
            }
        }
    }

    @Test
    void manyUsersAgainstALargeCatalogueRankAsFewDo() {
        Random random = new Random(11);
        int users = 4200;
        Interactions seen = TestModels.interactions(users, 4200, 0.001, random);
        FactorModel model =
                TestModels.model(TestModels.gaussian(users, 64, random), TestModels.gaussian(4200, 64, random), seen);
        List<Ranking> all = model.rank(IntStream.range(0, users).toArray(), 10, seen, WORKERS);
        for (int from = 0; from < users; from += 700) {
            int[] some = IntStream.range(from, from + 100).toArray();
            List<Ranking> few = model.rank(some, 10, seen, WORKERS);
            for (int u = 0; u < some.length; u++) {
                assertThat(all.get(some[u]).items()).isEqualTo(few.get(u).items());
                assertThat(all.get(some[u]).scores()).isEqualTo(few.get(u).scores());
            }
        }
    }

    @Test
    void userWhoHasSeenEverythingGetsAnEmptyList() {
        FactorModel model = TestModels.model(
                TestModels.whole(1, 2, 2, new Random(1)),
                TestModels.whole(3, 2, 2, new Random(2)),
                Interactions.of(3, new int[] {0, 1, 2}));
        assertThat(model.rank(new int[] {0}, 2, model.known(), WORKERS).get(0).items())
                .isEmpty();
    }

    private static void assertEqualsSorting(FactorModel model, int k) {
        int[] users = IntStream.range(0, model.users().size())
                .map(u -> model.users().size() - 1 - u)
                .toArray();
        List<Ranking> rankings = model.rank(users, k, model.known(), WORKERS);
        for (int p = 0; p < users.length; p++) {
            int user = users[p];
            double[] scores = dots(model, user);
            int[] expected = IntStream.range(0, scores.length)
                    .filter(i -> model.population().hasItem(i) && !model.known().contains(user, i))
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> -scores[i])
                            .thenComparing(i -> i))
                    .limit(k)
                    .mapToInt(i -> i)
                    .toArray();
            assertThat(rankings.get(p).items()).isEqualTo(expected);
            float[] expectedScores = new float[expected.length];
            for (int r = 0; r < expected.length; r++) {
                expectedScores[r] = (float) scores[expected[r]];
            }
            assertThat(rankings.get(p).scores()).isEqualTo(expectedScores);
        }
    }

    private static double[] dots(FactorModel model, int user) {
        double[] scores = new double[model.items().size()];
        Arrays.setAll(scores, i -> {
            double sum = 0;
            for (int k = 0; k < model.dimension(); k++) {
                sum += (double) model.userFactors().get(user, k)
                        * model.itemFactors().get(i, k);
            }
            return sum + 0.0;
        });
        return scores;
    }
}
