package org.mineral.algorithm.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.Updated;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Events;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.eval.Evaluator;
import org.mineral.model.History;
import org.mineral.model.Model;
import org.mineral.model.rank.Ranking;

class SequenceUpdateTest {

    private static final int ITEMS = 120;
    private static final Dataset DATA = SequenceData.of(300, ITEMS, 7);

    /** Without what is validated, which is the news here. */
    private static final Dataset BEFORE = part(DATA.train());

    private static final SequenceModel MODEL = new SequenceAlgorithm()
            .fit(
                    BEFORE,
                    SequenceSettings.of(
                            Map.of("dimension", "16", "epochs", "5", "block_size", "200", "learning_rate", "0.02")),
                    FitContext.defaults().withThreads(2))
            .model();

    private static Dataset part(Interactions train) {
        Interactions none = Interactions.empty(train.users(), train.items());
        Dataset bare = Dataset.of("part", DATA.users(), DATA.items(), train, none, none);
        Events known = DATA.events();
        assertThat(known).isNotNull();
        return bare.withEvents(known.of(train));
    }

    private static Updated<SequenceModel> update(Dataset news, int threads) {
        return MODEL.update(news, Map.of("epochs", "2"), threads, FitListener.NONE);
    }

    private static double ndcg(Model model) {
        return Evaluator.at(10).evaluate(model, DATA.test()).metric("NDCG@10");
    }

    @Test
    void historiesExtendAndListsFollow() {
        Updated<SequenceModel> updated = update(part(DATA.valid()), 2);
        assertThat(updated.newPairs()).isEqualTo(300);
        assertThat(updated.newUsers()).isZero();
        for (int user = 0; user < 300; user += 17) {
            int[] own = updated.model().sequence(user);
            assertThat(own).startsWith(MODEL.sequence(user)).hasSize(MODEL.sequence(user).length + 1);
            assertThat(own[own.length - 1]).isEqualTo(DATA.valid().row(user)[0]);
        }
        assertThat(ndcg(updated.model())).isGreaterThan(1.3 * ndcg(MODEL)).isGreaterThan(0.4);
        assertThat(updated.model().info().provenance().update()).isNotNull();
    }

    /** One new place of each of 300 users, and as many old ones, against all items. */
    @Test
    void thePlanCountsThePlacesThatAreTrained() {
        Fit<SequenceModel> training = update(part(DATA.valid()), 2).training();
        assertThat(training).isNotNull();
        assertThat(training.plan().describe()).contains("600 places");
    }

    @Test
    void threadsChangeNoBit() {
        SequenceModel one = update(part(DATA.valid()), 1).model();
        SequenceModel three = update(part(DATA.valid()), 3).model();
        assertThat(three.itemVectors().values()).isEqualTo(one.itemVectors().values());
        assertThat(three.contextVectors().values())
                .isEqualTo(one.contextVectors().values());
    }

    /** Twenty new users take an item of the first circle, then a new one, then another of that circle. */
    @Test
    void aNewItemIsFoundWhereItComesNextAndLeadsOn() {
        IdMap.Builder users = IdMap.builder();
        IdMap.Builder items = IdMap.builder();
        items.add("new");
        for (int k = 0; k < 5; k++) {
            items.add(String.valueOf(10 + k));
        }
        int[][] rows = new int[20][];
        for (int u = 0; u < rows.length; u++) {
            users.add("guest-" + u);
            rows[u] = new int[] {0, 1 + u % 2, 4 + u % 2};
        }
        Interactions train = Interactions.of(6, rows);
        long[] order = new long[train.size()];
        for (int k = 0; k < order.length; k++) {
            order[k] = train.columns()[k] == 0 ? 1 : train.columns()[k] < 4 ? 0 : 2;
        }
        Interactions none = Interactions.empty(20, 6);
        Dataset news = Dataset.of("news", users.build(), items.build(), train, none, none)
                .withEvents(new Events(train, null, null, order));
        Updated<SequenceModel> updated = update(news, 2);
        SequenceModel model = updated.model();
        assertThat(updated.newUsers()).isEqualTo(20);
        assertThat(updated.newItems()).isEqualTo(1);
        int fresh = model.items().index("new");
        assertThat(model.sequence(model.users().index("guest-0"))).containsExactly(10, fresh, 13);
        Ranking next = model.rank(History.of(8, 9, 10), 10, 8, 9, 10);
        assertThat(next.items()).contains(fresh);
        Ranking elsewhere = model.rank(History.of(88, 89, 90), 10, 88, 89, 90);
        assertThat(elsewhere.items()).doesNotContain(fresh);
        Ranking after = model.rank(History.of(fresh), 20, fresh);
        assertThat(after.items()).contains(13);
    }

    /** P is taken apart and put together again. */
    @Test
    void withoutAPassKnownItemsKeepTheirVectors() {
        SequenceModel updated = MODEL.update(part(DATA.valid()), Map.of("epochs", "0"), 2, FitListener.NONE)
                .model();
        int[] counts = BEFORE.train().itemCounts();
        for (int item = 0; item < ITEMS; item++) {
            if (counts[item] > 0) {
                assertThat(updated.contextVectors().row(item))
                        .containsExactly(MODEL.contextVectors().row(item), within(1e-6f));
                assertThat(updated.itemVectors().row(item))
                        .containsExactly(MODEL.itemVectors().row(item), within(1e-6f));
            }
        }
    }

    @Test
    void nothingNewIsNoError() {
        assertThat(update(BEFORE, 1).model()).isSameAs(MODEL);
        assertThat(update(BEFORE, 1).training()).isNull();
    }

    @Test
    void newsWithoutAnOrderAndOtherSettingsAreRefused() {
        Interactions none = Interactions.empty(300, ITEMS);
        Dataset bare = Dataset.of("bare", DATA.valid(), none, none);
        assertThatThrownBy(() -> update(bare, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("timestamp");
        assertThatThrownBy(() -> MODEL.update(BEFORE, Map.of("fold_steps", "3"), 1, FitListener.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("epochs");
    }
}
