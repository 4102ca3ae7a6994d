package org.mineral.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.provenance.Version;
import org.mineral.model.rank.Ranking;

class FactorModelTest {

    private final FactorModel tiny = TestModels.tiny();

    @Test
    void leavesOutSeenItemsUnlessToldOtherwise() {
        assertThat(tiny.recommend("alice", 10)).extracting("item").containsExactly("tea", "\uD83C\uDF75", "cr\rend");
        assertThat(tiny.recommend("alice", 10, false))
                .extracting("item")
                .containsExactly("tea", "\uD83C\uDF75", "line\nfeed", "cr\rend");
        assertThat(tiny.recommend(new float[] {0, 1}, 1, new int[] {1}))
                .containsExactly(new Model.Recommendation("cr\rend", 1));
        assertThat(tiny.recommend(new float[] {0, 1}, 4, new int[] {0, 0, 1}))
                .extracting("item")
                .containsExactlyInAnyOrder("cr\rend", "\uD83C\uDF75");
    }

    /** The first users come from plain code, crowds and later ones from packed items. */
    @ParameterizedTest
    @ValueSource(ints = {5, 16, 37})
    void oneUserRanksAsInACrowdToTheLastBit(int dimension) {
        Random random = new Random(dimension);
        Matrix users = TestModels.gaussian(100, dimension, random);
        Matrix items = TestModels.gaussian(700, dimension, random);
        Interactions seen = TestModels.interactions(100, 700, 0.02, random);
        FactorModel alone = TestModels.model(users, items, seen);
        FactorModel crowded = TestModels.model(users, items, seen);
        int[] all = java.util.stream.IntStream.range(0, 100).toArray();
        try (Workers workers = new Workers(2)) {
            List<Ranking> crowd = crowded.rank(all, 30, seen, workers);
            for (int user : all) {
                Ranking one = alone.rank(new int[] {user}, 30, seen, workers).get(0);
                assertThat(one.items()).isEqualTo(crowd.get(user).items());
                assertThat(one.scores()).isEqualTo(crowd.get(user).scores());
                assertThat(alone.recommend(Integer.toString(user), 30))
                        .isEqualTo(crowded.recommend(Integer.toString(user), 30));
            }
        }
    }

    @Test
    void similarItemsAreThoseOfLargestCosineWithoutTheItemItself() {
        List<Model.Recommendation> similar = tiny.similarItems("tea", 9);
        assertThat(similar).extracting("item").containsExactly("line\nfeed", "\uD83C\uDF75", "cr\rend");
        // (.75 * .25 + .5 * 2) / (sqrt(.8125) sqrt(4.0625))
        assertThat(similar.get(0).score()).isCloseTo(1.1875 / Math.sqrt(0.8125 * 4.0625), within(1e-6));
    }

    @Test
    void similarUsersAreNamedWithoutTheUser() {
        assertThat(tiny.similarUsers("alice", 9)).extracting("item").containsExactly("", "Bj\u00f6rn\tO\\K");
        assertThat(tiny.similarUsers("alice", 1).get(0).score()).isCloseTo(0.5 / Math.sqrt(0.3125), within(1e-6));
    }

    /** The first few are ranked in plain code, all others from packed rows. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neighboursAreTheSameToTheBitHoweverOftenTheyWereAskedFor(boolean ofItems) {
        Random random = new Random(5);
        FactorModel model = TestModels.model(
                TestModels.gaussian(90, 20, random),
                TestModels.gaussian(150, 20, random),
                TestModels.interactions(90, 150, 0.02, random));
        Supplier<List<Model.Recommendation>> ask =
                () -> ofItems ? model.similarItems("7", 10) : model.similarUsers("7", 10);
        List<Model.Recommendation> first = ask.get();
        assertThat(first).hasSize(10).extracting("item").doesNotContain("7");
        for (int k = 0; k < 100; k++) {
            assertThat(ask.get()).isEqualTo(first);
        }
    }

    @Test
    void unknownNamesAreRefusedWithTheNearestAndAdvice() {
        assertThatThrownBy(() -> tiny.recommend("alise", 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown user 'alise'")
                .hasMessageContaining("Did you mean 'alice'?")
                .hasMessageContaining("history of items");
        assertThatThrownBy(() -> tiny.similarItems("te", 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'tea'?");
        assertThatThrownBy(() -> tiny.recommend("alice", 0)).isInstanceOf(InputException.class);
    }

    @Test
    void userWithoutTrainingInteractionsIsRefused() {
        Random random = new Random(3);
        Matrix users = TestModels.gaussian(2, 3, random);
        users.setRow(1, new float[3]);
        FactorModel model = TestModels.model(
                users, TestModels.gaussian(5, 3, random), Interactions.of(5, new int[] {1}, new int[0]));
        assertThatThrownBy(() -> model.recommend("1", 3))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no training interactions")
                .hasMessageContaining("history of items");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e20f})
    void factorsThatCannotBeMultipliedAreRefused(float bad) {
        Matrix items = new Matrix(5, 2);
        items.set(3, 1, bad);
        assertThatThrownBy(() -> TestModels.model(new Matrix(1, 2), items, Interactions.empty(1, 5)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("item '3'");
    }

    @Test
    void shapesThatDisagreeAreRefused() {
        assertThatThrownBy(() -> TestModels.model(new Matrix(1, 2), new Matrix(5, 2), Interactions.empty(1, 4)))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> TestModels.model(new Matrix(1, 3), new Matrix(5, 2), Interactions.empty(1, 5)))
                .isInstanceOf(InputException.class);
    }

    private static FactorModel model(int users, int items) {
        Random random = new Random(5);
        Interactions seen = TestModels.interactions(users, items, 0.2, random);
        return TestModels.model(TestModels.gaussian(users, 5, random), TestModels.gaussian(items, 5, random), seen);
    }

    /** For the first few questions and for later ones, which other code answers. */
    @Test
    void exclusionsMayBeInAnyOrderAndRepeated() {
        FactorModel model = model(3, 40);
        float[] vector = model.userFactors().row(0);
        int[] exclude = {31, 2, 17, 2, 39, 0, 17};
        for (int question = 0; question < 100; question++) {
            int[] items = model.rank(vector, 40, exclude).items();
            assertThat(items).hasSize(35).doesNotContain(0, 2, 17, 31, 39);
        }
        assertThat(exclude).containsExactly(31, 2, 17, 2, 39, 0, 17);
    }

    @Test
    void whatCannotBeRankedIsRefused() {
        FactorModel model = model(3, 40);
        PopularityModel popularity =
                new PopularityModel(IdMap.numbered(1), IdMap.numbered(2), Interactions.of(2, new int[] {0}));
        float[] vector = model.userFactors().row(0);
        for (int index : new int[] {-1, 40}) {
            assertThatThrownBy(() -> model.rank(vector, 3, new int[] {1, index}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("item index " + index);
        }
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] broken = vector.clone();
            broken[2] = value;
            assertThatThrownBy(() -> model.recommend(broken, 3, new int[0]))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("" + value);
        }
        List<ThrowingCallable> refused = List.of(
                () -> model.recommend((String) null, 3),
                () -> model.similarItems(null, 3),
                () -> model.similarUsers(null, 3),
                () -> popularity.recommend(null, 3),
                () -> popularity.recommend("0", 0),
                () -> model.rank(vector, 0, new int[0]),
                () -> model.rank(new float[] {1}, 3, new int[0]));
        refused.forEach(call -> assertThatThrownBy(call).isInstanceOf(InputException.class));
        for (int user : new int[] {-1, 3}) {
            assertThatThrownBy(() -> model.scores(user)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> popularity.scores(user)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void popularityCountsUsersAndBreaksTiesByIndex() {
        Interactions seen = Interactions.of(4, new int[] {2, 3}, new int[] {2}, new int[] {1, 3}, new int[] {2, 3});
        PopularityModel model = new PopularityModel(IdMap.numbered(4), IdMap.numbered(4), seen);
        assertThat(model.scores(0)).containsExactly(0, 1, 3, 3);
        assertThat(model.recommend("1", 9)).extracting("item").containsExactly("3", "1");
        assertThat(model.recommend("1", 2, false)).extracting("item").containsExactly("2", "3");
        try (Workers workers = new Workers(1)) {
            assertThat(model.rank(new int[] {2}, 2, seen, workers).get(0).items())
                    .containsExactly(2);
        }
    }

    @Test
    void versionIsThatOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("../.mvn/maven.config")).strip())
                .isEqualTo("-Drevision=" + Version.CURRENT);
    }
}
