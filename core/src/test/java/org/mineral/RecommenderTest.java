package org.mineral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.read.Datasets;
import org.mineral.model.Model.Recommendation;
import org.mineral.recipe.TrainingRecipe;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.UserProfile.Source;

class RecommenderTest {

    private static final Dataset DATA = Datasets.read("builtin:tastes:users=200,items=120");

    private static Recommender recommender;

    @BeforeAll
    static void train() {
        recommender = Recommender.train(DATA, new TrainingRecipe().set("dimension", 8));
    }

    @Test
    void aUserGetsTheModelsList() {
        RankedItems list = recommender.recommend("user-3", 10);
        assertThat(list.ids())
                .isEqualTo(recommender.model().recommend("user-3", 10).stream()
                        .map(Recommendation::item)
                        .toList());
        assertThat(list.source()).isEqualTo(Source.TRAINED);
        assertThat(recommender.recommendAll(List.of("user-1", "user-3"), Query.of(10)))
                .hasSize(2)
                .last()
                .extracting(RankedItems::ids)
                .isEqualTo(list.ids());
    }

    @Test
    void whoIsUnknownGetsWhatMostUsersTook() {
        RankedItems list = recommender.recommend("nobody", 5);
        assertThat(list.source()).isEqualTo(Source.POPULARITY);
        int[] counts = DATA.train().itemCounts();
        int most = counts[DATA.items().index(list.ids().get(0))];
        for (int count : counts) {
            assertThat(count).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void aHistoryIsScoredInOrderAndUnknownItemsOfItAreReported() {
        List<String> best = recommender.recommend("user-3", 3).ids();
        RankedItems list = recommender.recommend(List.of(best.get(0), "no such item", best.get(1)), 10);
        assertThat(list.source()).isEqualTo(Source.HISTORY);
        assertThat(list.ids()).hasSize(10).doesNotContain(best.get(0), best.get(1));
        assertThat(list.how().ignored()).containsExactly("no such item");
        assertThat(recommender.recommend(List.of(best.get(0), best.get(1), best.get(0)), 10))
                .usingRecursiveComparison()
                .isEqualTo(recommender.recommend(List.of(best.get(1), best.get(0)), 10));
        Map<String, Double> weights = Map.of(best.get(0), 1.0);
        assertThat(recommender.recommend(weights, Query.of(5)).ids())
                .isEqualTo(recommender.recommend(List.of(best.get(0)), 5).ids());
    }

    @Test
    void aQueryChoosesAmongItems(@TempDir Path directory) throws IOException {
        List<String> best = recommender.recommend("user-3", 20).ids();
        assertThat(recommender.recommend("user-3", Query.of(5).offset(5)).ids()).isEqualTo(best.subList(5, 10));
        assertThat(recommender
                        .recommend("user-3", Query.of(5).exclude(best.subList(0, 5)))
                        .ids())
                .isEqualTo(best.subList(5, 10));
        assertThat(recommender
                        .recommend("user-3", Query.of(5).only(best.subList(3, 6)))
                        .ids())
                .isEqualTo(best.subList(3, 6));
        String seen = DATA.items().id(DATA.train().row(DATA.users().index("user-3"))[0]);
        assertThat(recommender.recommend("user-3", Query.of(120)).ids()).doesNotContain(seen);
        assertThat(recommender
                        .recommend("user-3", Query.of(120).includeSeen(true))
                        .ids())
                .contains(seen);
        assertThat(recommender.recommend("user-3", Query.of(20).diversity(1)).ids())
                .startsWith(best.get(0))
                .isNotEqualTo(best);
        Path table = directory.resolve("items.csv");
        Files.writeString(table, "item,title,colour\n" + best.get(2) + ",A title,red\n" + best.get(4) + ",,red\n");
        RankedItems red =
                recommender.withItems(table).recommend("user-3", Query.of(5).filter("colour:red"));
        assertThat(red.ids()).containsExactly(best.get(2), best.get(4));
        assertThat(red.items().get(0).title()).isEqualTo("A title");
        assertThat(red.how().whyShort()).contains("2 pass the filters");
        assertThatThrownBy(() -> recommender.recommend("user-3", Query.of(5).filter("colour:red")))
                .isInstanceOf(InputException.class);
    }

    @Test
    void itemsHaveNeighboursAndScoresReasons() {
        String item = recommender.recommend("user-3", 1).ids().get(0);
        assertThat(recommender.similar(item, 5))
                .hasSize(5)
                .noneMatch(entry -> entry.item().equals(item));
        Explanation why = recommender.explain("user-3", item, 3);
        assertThat(why.contributions()).hasSize(3);
        assertThat(recommender.explain(List.of("item-1", "item-2"), item, 3).contributions())
                .hasSize(2);
        double sum = why.others() + why.rest();
        for (Explanation.Contribution one : why.contributions()) {
            sum += one.contribution();
        }
        assertThat(sum).isCloseTo(why.score(), within(1e-5));
    }

    @Test
    void savedIsLoaded(@TempDir Path directory) {
        recommender.save(directory.resolve("model"));
        assertThat(Recommender.load(directory.resolve("model"))
                        .recommend("user-7", 10)
                        .items())
                .isEqualTo(recommender.recommend("user-7", 10).items());
    }

    @Test
    void newInteractionsAreTakenIn() {
        Interactions row = Interactions.of(2, new int[][] {{0, 1}});
        Dataset news = Dataset.of(
                "news",
                IdMap.of(List.of("newcomer")),
                IdMap.of(List.of("item-1", "item-2")),
                row,
                Interactions.empty(1, 2),
                Interactions.empty(1, 2));
        RankedItems list = recommender.update(news).recommend("newcomer", 10);
        assertThat(list.source()).isEqualTo(Source.TRAINED);
        assertThat(list.ids()).doesNotContain("item-1", "item-2");
        assertThat(recommender.recommend("newcomer", 10).source()).isEqualTo(Source.POPULARITY);
    }
}
