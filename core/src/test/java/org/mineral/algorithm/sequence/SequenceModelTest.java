package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.FitContext;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.linalg.Workers;
import org.mineral.model.Explainable.Contributions;
import org.mineral.model.History;
import org.mineral.model.HistoryEncoder;
import org.mineral.model.Models;
import org.mineral.model.rank.Ranking;

class SequenceModelTest {

    private static final Dataset DATA = SequenceData.of(120, 80, 3);
    private static final SequenceModel PLAIN = model(Map.of());
    private static final SequenceModel BIASED = model(Map.of("item_bias", "true", "positions", "4"));
    private static final SequenceModel DOTS = model(Map.of("similarity", "dot", "loss", "softmax"));

    @TempDir
    Path temp;

    private static SequenceModel model(Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("dimension", "12", "epochs", "2"));
        settings.putAll(more);
        return new SequenceAlgorithm()
                .fit(DATA, SequenceSettings.of(settings), FitContext.defaults().withThreads(2))
                .model();
    }

    @Test
    void aUsersVectorIsThatOfTheKnownItemsInOrder() {
        for (SequenceModel model : List.of(PLAIN, BIASED, DOTS)) {
            for (int user = 0; user < 20; user++) {
                int[] own = model.sequence(user);
                assertThat(own).hasSize(DATA.train().count(user) + 1);
                assertThat(own[own.length - 1]).isEqualTo(DATA.valid().row(user)[0]);
                float[] vector = model.vector(History.of(own));
                assertThat(model.userVector(user)).isEqualTo(vector);
                assertThat(model.userVectors().row(user)).isEqualTo(vector);
                assertThat(model.scores(user)).isEqualTo(model.scores(History.of(own)));
            }
        }
    }

    @Test
    void theOrderOfAHistoryCounts() {
        assertThat(PLAIN.vector(History.of(3, 9))).isNotEqualTo(PLAIN.vector(History.of(9, 3)));
        assertThat(PLAIN.as(HistoryEncoder.class)).contains(PLAIN);
    }

    @Test
    void contributionsAddUpToTheScore() {
        for (SequenceModel model : List.of(PLAIN, BIASED, DOTS)) {
            History history = History.of(new int[] {5, 1, 7, 30, 31, 33}, new double[] {1, 2, 1, 1, 1, 3});
            float[] scores = model.scores(history);
            for (int item = 0; item < 80; item += 9) {
                Contributions why = model.explain(history, item);
                assertThat(why.items()).containsExactly(5, 1, 7, 30, 31, 33);
                assertThat(why.score()).isCloseTo(scores[item], within(1e-5));
                assertThat(model.explain(4, item).score()).isCloseTo(model.scores(4)[item], within(1e-5));
            }
        }
        assertThat(PLAIN.explain(History.of(5, 1), 7).rest()).isZero();
        // Only the last four items count.
        assertThat(BIASED.explain(History.of(5, 1, 7, 30, 31, 33), 2).values()).startsWith(0, 0);
    }

    @Test
    void savedAndLoadedItIsTheSameToTheBit() {
        for (SequenceModel model : List.of(PLAIN, BIASED, DOTS)) {
            Path place = temp.resolve("m" + model.info().config().hashCode());
            model.save(place);
            SequenceModel loaded = Models.load(place, SequenceModel.class);
            assertThat(loaded.sequences()).isEqualTo(model.sequences());
            assertThat(loaded.userVectors().values())
                    .isEqualTo(model.userVectors().values());
            assertThat(loaded.scores(History.of(3, 9))).isEqualTo(model.scores(History.of(3, 9)));
            assertThat(loaded.population()).isEqualTo(model.population());
        }
    }

    @Test
    void inOtherIndicesItScoresTheSame() {
        IdMap.Builder users = IdMap.builder();
        IdMap.Builder items = IdMap.builder();
        items.add("new");
        for (int k = 119; k >= 0; k--) {
            users.add(DATA.users().id(k));
        }
        for (int k = 79; k >= 0; k--) {
            items.add(DATA.items().id(k));
        }
        SequenceModel moved = PLAIN.in(users.build(), items.build());
        float[] before = PLAIN.scores(7);
        float[] after = moved.scores(112);
        for (int k = 0; k < 80; k++) {
            assertThat(after[80 - k]).isEqualTo(before[k]);
        }
        assertThat(moved.population().hasItem(0)).isFalse();
        assertThat(PLAIN.in(DATA.users(), DATA.items())).isSameAs(PLAIN);
    }

    @Test
    void listsOfUsersAndOfTheirHistoriesAgree() {
        int[] users = {3, 0, 99};
        try (Workers workers = new Workers(2)) {
            List<Ranking> lists = PLAIN.rank(users, 7, DATA.seen(), workers);
            for (int k = 0; k < users.length; k++) {
                int[] own = PLAIN.sequence(users[k]);
                Ranking alone = PLAIN.rank(History.of(own), 7, own);
                assertThat(lists.get(k).items()).isEqualTo(alone.items());
                assertThat(lists.get(k).scores()).isEqualTo(alone.scores());
            }
        }
    }

    @Test
    void similarItemsAndUsersAndAudiencesAreFound() {
        assertThat(PLAIN.similarItems("3", 5))
                .hasSize(5)
                .noneMatch(r -> r.item().equals("3"));
        assertThat(PLAIN.similarUsers("3", 5)).hasSize(5);
        assertThat(PLAIN.recommend("3", 100)).hasSizeLessThan(80 - DATA.train().count(3));
        assertThatThrownBy(() -> PLAIN.scores(120)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PLAIN.vector(History.of(80))).isInstanceOf(InputException.class);
    }
}
