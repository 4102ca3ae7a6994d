package org.mineral.app.serve.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.serve.ItemWeightsFixture;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.app.serve.service.ModelSource.Search;
import org.mineral.config.InputException;
import org.mineral.model.History;
import org.mineral.model.ItemSimilarityModel;
import org.mineral.model.Model.Recommendation;
import org.mineral.model.Models;
import org.mineral.model.rank.Ranking;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.Neighbours;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.Recommendations;
import org.mineral.recommend.UnknownException;

/** A model without vectors does what its weights can do, and refuses the rest with what can. */
class ItemWeightsServedTest {

    @TempDir
    static Path home;

    private static ItemSimilarityModel model;
    private static ServedModel served;
    private final Histories histories = new Histories();
    private final Recommendations recommendations = new Recommendations(histories);

    @BeforeAll
    static void make() throws IOException {
        ServeFixture.make(home);
        model = ItemWeightsFixture.save(Models.load(home.resolve("model")), home.resolve("weights"));
        served = load(Search.EXACT);
    }

    private static ServedModel load(Search search) throws IOException {
        return new ModelSource(home.resolve("weights"), home.resolve("items.csv"), search, note -> {}).load(1);
    }

    private static List<String> ids(RankedItems answer) {
        return answer.items().stream().map(RankedItems.Entry::item).toList();
    }

    @Test
    void usersGetWhatTheLibraryGives() {
        for (String user : List.of("user-0", "user-7", "user-100")) {
            RankedItems answer = recommendations.user(served, user, Query.of(20));
            List<Recommendation> expected = model.recommend(user, 20);
            for (int r = 0; r < 20; r++) {
                assertThat(answer.items().get(r).item())
                        .isEqualTo(expected.get(r).item());
                assertThat(answer.items().get(r).score())
                        .isEqualTo(expected.get(r).score());
            }
            assertThat(Documents.of(answer.how()))
                    .containsEntry("source", "trained")
                    .containsEntry("retrieval", "exact");
        }
    }

    @Test
    void historiesAreScoredWithTheirWeights() {
        Map<String, Double> history = new LinkedHashMap<>();
        history.put("item-9", 2.0);
        history.put("item-4", 1.0);
        RankedItems answer = recommendations.history(served, history, Query.of(10));
        int nine = model.items().index("item-9");
        int four = model.items().index("item-4");
        Ranking expected = model.rank(History.of(new int[] {nine, four}, new double[] {2, 1}), 10, nine, four);
        assertThat(ids(answer)).isEqualTo(named(expected));
        assertThat(Documents.of(answer.how()))
                .containsEntry("source", "history")
                .containsEntry("note", "the items known of them, scored by the model");
    }

    private static List<String> named(Ranking ranking) {
        return Arrays.stream(ranking.items()).mapToObj(model.items()::id).toList();
    }

    @Test
    void feedbackMovesAUserAtOnce() {
        List<String> before = ids(recommendations.user(served, "user-11", Query.of(20)));
        histories.add(new Event("1", "user-11", before.get(19), 1));
        histories.add(new Event("2", "user-11", before.get(15), 3));
        RankedItems after = recommendations.user(served, "user-11", Query.of(20));
        assertThat(Documents.of(after.how())).containsEntry("source", "updated");
        assertThat(ids(after)).doesNotContain(before.get(19), before.get(15)).isNotEqualTo(before);
        Explanation why =
                recommendations.explainUser(served, "user-11", ids(after).get(0), 1000);
        assertThat(why.contributions().stream().map(Explanation.Contribution::item))
                .contains(before.get(19), before.get(15));
        assertThat(why.score()).isCloseTo(after.items().get(0).score(), within(1e-4));

        histories.add(new Event("3", "newcomer", "item-4", 1));
        assertThat(ids(recommendations.user(served, "newcomer", Query.of(10))))
                .isEqualTo(ids(recommendations.history(served, Map.of("item-4", 1.0), Query.of(10))));
    }

    @Test
    void explanationsAreItsOwnTermsAndAddUp() {
        for (String item : List.of("item-1", "item-50", "item-119")) {
            for (int n : new int[] {1, 3, 1000}) {
                Explanation why = recommendations.explainUser(served, "user-2", item, n);
                double sum = why.contributions().stream()
                        .mapToDouble(Explanation.Contribution::contribution)
                        .sum();
                assertThat(sum + why.others() + why.rest()).isCloseTo(why.score(), within(1e-9));
                assertThat(why.rest()).isZero();
                assertThat(why.score())
                        .isCloseTo(
                                model.scores(model.users().index("user-2"))[
                                        model.items().index(item)],
                                within(1e-5));
            }
            for (Explanation.Contribution one : recommendations
                    .explainHistory(served, Map.of("item-7", 0.5), item, 9)
                    .contributions()) {
                assertThat(one.item()).isEqualTo("item-7");
                assertThat(one.contribution())
                        .isEqualTo(0.5
                                * model.weights()
                                        .get(
                                                model.items().index("item-7"),
                                                model.items().index(item)));
            }
        }
    }

    @Test
    void similarItemsComeFromItsRows() {
        List<RankedItems.Entry> near = Neighbours.items(served, "item-3", 5);
        assertThat(near.stream().map(RankedItems.Entry::item))
                .containsExactlyElementsOf(model.similarItems("item-3", 5).stream()
                        .map(Recommendation::item)
                        .toList());
        assertThatThrownBy(() -> Neighbours.items(served, "no such", 5)).isInstanceOf(UnknownException.class);
    }

    @Test
    void whatTakesVectorsIsRefusedWithWhatHasThem() {
        String lack = "'item-knn' has no vectors of users and items; kinds that do: ";
        assertThatThrownBy(() -> Neighbours.users(served, "user-3", 5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(lack);
        assertThatThrownBy(() -> org.mineral.app.serve.service.Search.map(served))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(lack);
        assertThatThrownBy(() -> load(Search.HNSW))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(lack);
        Query varied = new Query(5, 0, false, List.of(), null, List.of(), 0.5);
        assertThatThrownBy(() -> recommendations.user(served, "user-4", varied))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("diversity needs items with vectors")
                .hasMessageContaining(lack);
        assertThat(ModelCard.json(served, histories))
                .containsEntry("capabilities", List.of("history", "explanations", "similar-items"))
                .containsEntry("dimension", 0)
                .containsEntry("kind", "item-knn");
    }
}
