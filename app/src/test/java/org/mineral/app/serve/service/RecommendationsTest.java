package org.mineral.app.serve.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.app.serve.ServeFixture;
import org.mineral.app.serve.feedback.Event;
import org.mineral.app.serve.feedback.Histories;
import org.mineral.config.InputException;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.model.FactorModel;
import org.mineral.model.Model.Recommendation;
import org.mineral.recommend.Audience;
import org.mineral.recommend.Explanation;
import org.mineral.recommend.Neighbours;
import org.mineral.recommend.Query;
import org.mineral.recommend.RankedItems;
import org.mineral.recommend.Recommendations;
import org.mineral.recommend.UnknownException;

class RecommendationsTest {

    @TempDir
    static Path home;

    private static ServedModel served;
    private static FactorModel model;
    private final Histories histories = new Histories();
    private final Recommendations recommendations = new Recommendations(histories);

    @BeforeAll
    static void make() throws IOException {
        ServeFixture.make(home);
        served = load(home.resolve("items.csv"), note -> {});
        model = FactorModel.load(home.resolve("model"));
    }

    private static Query request(
            int n, int offset, List<String> exclude, List<String> only, List<String> filters, double d) {
        return new Query(n, offset, false, exclude, only, filters, d);
    }

    private static List<String> ids(RankedItems answer) {
        return answer.items().stream().map(RankedItems.Entry::item).toList();
    }

    private static Map<String, Object> how(RankedItems answer) {
        return Documents.of(answer.how());
    }

    @Test
    void aTrainingUserGetsWhatTheLibraryGives() {
        for (String user : List.of("user-0", "user-7", "user-100")) {
            RankedItems answer = recommendations.user(served, user, Query.of(20));
            List<Recommendation> expected = model.recommend(user, 20);
            assertThat(ids(answer))
                    .isEqualTo(expected.stream().map(Recommendation::item).toList());
            for (int r = 0; r < 20; r++) {
                assertThat(answer.items().get(r).score())
                        .isEqualTo(expected.get(r).score());
                assertThat(answer.items().get(r).rank()).isEqualTo(r + 1);
            }
            assertThat(how(answer)).containsEntry("source", "trained").containsEntry("exhausted", false);
        }
    }

    @Test
    void pagesFollowOnEachOther() {
        List<String> all = ids(recommendations.user(served, "user-3", Query.of(30)));
        List<String> pages = new ArrayList<>();
        for (int page = 0; page < 3; page++) {
            pages.addAll(
                    ids(recommendations.user(served, "user-3", request(10, 10 * page, List.of(), null, List.of(), 0))));
        }
        assertThat(pages).isEqualTo(all);
    }

    @Test
    void theCatalogueEnds() {
        int unseen = 120 - model.known().count(model.users().index("user-3"));
        RankedItems answer = recommendations.user(served, "user-3", Query.of(500));
        assertThat(answer.items()).hasSize(unseen);
        assertThat(how(answer)).containsEntry("exhausted", true).containsEntry("candidates", unseen);
        RankedItems beyond = recommendations.user(served, "user-3", request(5, 5000, List.of(), null, List.of(), 0));
        assertThat(beyond.items()).isEmpty();
        RankedItems withSeen =
                recommendations.user(served, "user-3", new Query(500, 0, true, List.of(), null, List.of(), 0));
        assertThat(withSeen.items()).hasSize(120);
    }

    @Test
    void denyAndAllowListsAndFiltersHold() {
        List<String> best = ids(recommendations.user(served, "user-5", Query.of(120)));
        RankedItems without = recommendations.user(
                served, "user-5", request(10, 0, List.of(best.get(0), best.get(2), "no such"), null, List.of(), 0));
        assertThat(ids(without)).startsWith(best.get(1), best.get(3)).hasSize(10);
        assertThat(how(without)).containsEntry("ignored", List.of("no such"));

        List<String> few = List.of(best.get(9), best.get(4), "no such");
        RankedItems among = recommendations.user(served, "user-5", request(10, 0, List.of(), few, List.of(), 0));
        assertThat(ids(among)).containsExactly(best.get(4), best.get(9));
        assertThat(how(among)).containsEntry("exhausted", true).containsEntry("candidates", 2);

        RankedItems none = recommendations.user(served, "user-5", request(10, 0, List.of(), List.of(), List.of(), 0));
        assertThat(none.items()).isEmpty();

        List<String> filters = List.of("colour:blue|green", "size:1|2|3|4");
        RankedItems filtered = recommendations.user(served, "user-5", request(120, 0, List.of(), null, filters, 0));
        List<String> expected = best.stream()
                .filter(id -> {
                    int i = Integer.parseInt(id.substring(5));
                    return i % 3 != 0 && i % 10 >= 1 && i % 10 <= 4;
                })
                .toList();
        assertThat(ids(filtered)).isNotEmpty().isEqualTo(expected);
        assertThat(filtered.items().get(0).title()).startsWith("Thing no. ");
    }

    @Test
    void filtersThatMeanNothingAreRefused() {
        refused("color:red", "Did you mean 'colour'?");
        refused("colour", "no attribute:value");
    }

    @Test
    void aFilterValueWithoutItemsGivesAnEmptyListWithAReason() {
        for (String filter : List.of("colour:gren", "colour:purple|mauve")) {
            RankedItems answer =
                    recommendations.user(served, "user-5", request(5, 0, List.of(), null, List.of(filter), 0));
            assertThat(answer.items()).isEmpty();
            assertThat(answer.how().whyShort()).contains("0 pass the filters", "no item has the colour '");
        }
        RankedItems some = recommendations.user(
                served, "user-5", request(5, 0, List.of(), null, List.of("colour:purple|green"), 0));
        assertThat(some.items()).hasSize(5);
        assertThat(some.how().whyShort()).isNull();
        assertThat(recommendations
                        .user(served, "user-5", request(5, 0, List.of(), null, List.of("colour:gren"), 0))
                        .how()
                        .whyShort())
                .contains("some have 'green'");
    }

    @Test
    void aShortListSaysWhatLeftHowMany() {
        Query narrow = new Query(
                50,
                2,
                false,
                List.of("item-1"),
                List.of("item-1", "item-4", "item-7", "item-5"),
                List.of("colour:blue"),
                0);
        RankedItems answer = recommendations.history(served, Map.of("item-4", 1.0), narrow);
        assertThat(answer.items()).isEmpty();
        assertThat(answer.how().whyShort())
                .isEqualTo("the catalogue has 120 items; 4 are among those allowed; 3 pass the filters; "
                        + "2 are not excluded; 1 is not taken yet; the list begins after the first 2");
    }

    @Test
    void manyAtOnceGetWhatEachGetsAlone() {
        histories.add(new Event("1", "newcomer", "item-4", 1));
        List<String> users = List.of("user-0", "nobody", "user-7", "newcomer", "user-0");
        for (Query request : List.of(
                Query.of(20),
                new Query(500, 3, true, List.of(), null, List.of(), 0),
                request(10, 2, List.of("item-3"), null, List.of("colour:red"), 0),
                request(10, 2, List.of(), null, List.of("colour:blue"), 0.6))) {
            try (Workers workers = new Workers(3)) {
                List<RankedItems> together = recommendations.users(served, users, request, workers);
                for (int k = 0; k < users.size(); k++) {
                    RankedItems alone = recommendations.user(served, users.get(k), request);
                    assertThat(Documents.of(together.get(k))).isEqualTo(Documents.of(alone));
                }
                List<Map<String, Double>> taken = List.of(Map.of("item-4", 1.0, "item-9", 2.0), Map.of("x", 1.0));
                List<RankedItems> byHistory =
                        recommendations.histories(served, List.of("a", "b"), taken, request, workers);
                for (int k = 0; k < taken.size(); k++) {
                    RankedItems alone = recommendations.history(served, taken.get(k), request);
                    assertThat(byHistory.get(k).items()).isEqualTo(alone.items());
                    assertThat(Documents.of(byHistory.get(k).how())).isEqualTo(Documents.of(alone.how()));
                }
            }
        }
    }

    @Test
    void anItemIsShownToTheUsersWhoScoreItHighest() {
        int item = model.items().index("item-7");
        List<String> expected = java.util.stream.IntStream.range(0, 200)
                .filter(u -> model.known().count(u) > 0 && !model.known().contains(u, item))
                .boxed()
                .sorted(java.util.Comparator.comparingDouble((Integer u) -> -model.scores(u)[item])
                        .thenComparing(u -> u))
                .limit(15)
                .map(model.users()::id)
                .toList();
        try (Workers workers = new Workers(2)) {
            List<Audience> audiences = Audience.of(served, List.of("item-3", "item-7"), 15, false, workers);
            assertThat(audiences.get(1).users())
                    .extracting(RankedItems.Entry::item)
                    .isEqualTo(expected);
            assertThat(audiences.get(1).users().get(0).title()).isEqualTo("Thing no. 7");
            assertThat(audiences.get(1).whyShort()).isNull();
            Audience all =
                    Audience.of(served, List.of("item-7"), 1000, true, workers).get(0);
            Audience rest =
                    Audience.of(served, List.of("item-7"), 1000, false, workers).get(0);
            assertThat(all.users()).hasSize(200);
            assertThat(rest.users()).hasSize(200 - model.known().transpose().count(item));
            assertThat(rest.whyShort()).contains("200 users", "have not taken it yet");
            assertThatThrownBy(() -> Audience.of(served, List.of("x"), 5, false, workers))
                    .isInstanceOf(UnknownException.class);
        }
    }

    @Test
    void neighboursObeyFiltersToo() {
        Neighbours.Near all = Neighbours.items(served, "item-7", Query.of(119));
        Neighbours.Near blue =
                Neighbours.items(served, "item-7", request(10, 0, List.of("item-4"), null, List.of("colour:blue"), 0));
        List<String> expected = all.entries().stream()
                .map(RankedItems.Entry::item)
                .filter(id -> Integer.parseInt(id.substring(5)) % 3 == 1 && !id.equals("item-4"))
                .limit(10)
                .toList();
        assertThat(blue.entries()).extracting(RankedItems.Entry::item).isEqualTo(expected);
        assertThat(blue.whyShort()).isNull();
        assertThat(Neighbours.items(served, "item-7", request(5, 0, List.of(), List.of("item-9"), List.of(), 0))
                        .whyShort())
                .contains("1 is among those allowed");
    }

    private void refused(String filter, String why) {
        assertThatThrownBy(() ->
                        recommendations.user(served, "user-5", request(5, 0, List.of(), null, List.of(filter), 0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why);
    }

    @Test
    void diversityBringsItemsThatDifferAndKeepsTheBestFirst() {
        List<String> plain = ids(recommendations.user(served, "user-9", Query.of(10)));
        RankedItems diverse = recommendations.user(served, "user-9", request(10, 0, List.of(), null, List.of(), 0.7));
        assertThat(ids(diverse)).hasSize(10).doesNotHaveDuplicates().startsWith(plain.get(0));
        assertThat(likeness(ids(diverse))).isLessThan(likeness(plain));
        List<String> paged = new ArrayList<>();
        paged.addAll(ids(recommendations.user(served, "user-9", request(5, 0, List.of(), null, List.of(), 0.7))));
        paged.addAll(ids(recommendations.user(served, "user-9", request(5, 5, List.of(), null, List.of(), 0.7))));
        assertThat(paged).isEqualTo(ids(diverse));
    }

    private static double likeness(List<String> items) {
        double sum = 0;
        for (String a : items) {
            for (String b : items) {
                sum += dot(
                        model.itemFactors().row(model.items().index(a)),
                        model.itemFactors().row(model.items().index(b)));
            }
        }
        return sum;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }

    @Test
    void unknownUsersGetPopularItems() {
        RankedItems answer = recommendations.user(served, "nobody", Query.of(5));
        assertThat(how(answer)).containsEntry("source", "popularity").containsEntry("retrieval", "counts");
        int[] counts = model.trained().itemCounts();
        int most = java.util.Arrays.stream(counts).max().orElseThrow();
        assertThat(answer.items().get(0).score()).isEqualTo(most);
        RankedItems unknownItems = recommendations.history(served, Map.of("x", 1.0), Query.of(5));
        assertThat(ids(unknownItems)).isEqualTo(ids(answer));
        assertThat(how(unknownItems)).containsEntry("ignored", List.of("x"));
    }

    @Test
    void feedbackMovesAUserAtOnceAndInAnyOrder() {
        List<String> before = ids(recommendations.user(served, "user-11", Query.of(20)));
        histories.add(new Event("1", "user-11", before.get(19), 1));
        histories.add(new Event("2", "user-11", before.get(15), 3));
        RankedItems after = recommendations.user(served, "user-11", Query.of(20));
        assertThat(how(after)).containsEntry("source", "updated");
        assertThat(ids(after)).doesNotContain(before.get(19), before.get(15)).isNotEqualTo(before);

        Histories again = new Histories();
        again.add(new Event("2", "user-11", before.get(15), 3));
        again.add(new Event("1", "user-11", before.get(19), 1));
        assertThat(new Recommendations(again)
                        .user(served, "user-11", Query.of(20))
                        .items())
                .isEqualTo(after.items());
    }

    @Test
    void somebodyNewIsKnownByTheirFeedback() {
        histories.add(new Event("1", "newcomer", "item-4", 1));
        histories.add(new Event("2", "newcomer", "not in this model", 1));
        RankedItems answer = recommendations.user(served, "newcomer", Query.of(10));
        assertThat(ids(answer)).isEqualTo(ids(recommendations.history(served, Map.of("item-4", 1.0), Query.of(10))));
        assertThat(how(answer)).containsEntry("ignored", List.of("not in this model"));
    }

    @Test
    void contributionsAddUpToTheScore() {
        for (String item : List.of("item-1", "item-50", "item-119")) {
            for (int n : new int[] {1, 3, 1000}) {
                Explanation why = recommendations.explainUser(served, "user-2", item, n);
                double sum = why.contributions().stream()
                        .mapToDouble(Explanation.Contribution::contribution)
                        .sum();
                assertThat(sum + why.others() + why.rest()).isCloseTo(why.score(), within(1e-9));
                assertThat(why.score())
                        .isCloseTo(
                                dot(
                                        model.userFactors().row(model.users().index("user-2")),
                                        model.itemFactors().row(model.items().index(item))),
                                within(1e-6));
                assertThat(why.contributions()).hasSizeLessThanOrEqualTo(n);
            }
        }
    }

    /** The solution of (Q'Q + r I) z = e has rest = r z'q: computed here by elimination instead of conjugate gradients. */
    @Test
    void theRestIsWhatTheRidgeLeaves() {
        int user = model.users().index("user-2");
        int[] items = model.known().row(user);
        int d = model.dimension();
        Matrix q = model.itemFactors();
        double squares = 0;
        double[][] system = new double[d][d + 1];
        for (int item : items) {
            for (int a = 0; a < d; a++) {
                squares += q.get(item, a) * q.get(item, a);
                for (int b = 0; b < d; b++) {
                    system[a][b] += (double) q.get(item, a) * q.get(item, b);
                }
            }
        }
        double ridge = 0.1 * squares / items.length;
        for (int a = 0; a < d; a++) {
            system[a][a] += ridge;
            system[a][d] = model.userFactors().get(user, a);
        }
        for (int p = 0; p < d; p++) {
            for (int a = 0; a < d; a++) {
                double factor = a == p ? 0 : system[a][p] / system[p][p];
                for (int b = 0; b <= d; b++) {
                    system[a][b] -= factor * system[p][b];
                }
            }
        }
        double expected = 0;
        for (int a = 0; a < d; a++) {
            expected +=
                    ridge * system[a][d] / system[a][a] * q.get(model.items().index("item-50"), a);
        }
        assertThat(recommendations.explainUser(served, "user-2", "item-50", 5).rest())
                .isCloseTo(expected, within(1e-6));
    }

    @Test
    void aModelWithoutVectorsIsServedAsFarAsItGoes() throws IOException {
        ServedModel plain =
                new ModelSource(home.resolve("popularity"), null, ModelSource.Search.EXACT, note -> {}).load(1);
        Set<String> seen = new HashSet<>();
        for (int item : model.known().row(model.users().index("user-4"))) {
            seen.add(model.items().id(item));
        }
        RankedItems answer = recommendations.user(plain, "user-4", Query.of(10));
        assertThat(ids(answer)).hasSize(10).doesNotContainAnyElementsOf(seen);
        assertThat(recommendations
                        .history(plain, Map.of("item-4", 1.0), Query.of(10))
                        .items())
                .hasSize(10);
        assertThat(recommendations.explainUser(plain, "user-4", "item-3", 5).contributions())
                .isEmpty();
        assertThatThrownBy(() -> Neighbours.items(plain, "item-3", 5)).hasMessageContaining("no similar items");
        assertThatThrownBy(() -> recommendations.user(plain, "user-4", request(5, 0, List.of(), null, List.of(), 0.5)))
                .hasMessageContaining("diversity needs items with vectors");
    }

    @Test
    void aTableOfOtherItemsIsRefusedAndOneOfSomeIsTold() throws IOException {
        Path other = Files.writeString(home.resolve("other.csv"), "item,title\n0007,Seven\n0008,Eight\n");
        assertThatThrownBy(() -> load(other, note -> {}))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("found 2 items, the first '0007', none of them the model's")
                .hasMessageContaining("allowed: the ids that the model was trained with, such as 'item-")
                .hasMessageContaining("check that the file belongs to these data");
        Path none = Files.writeString(home.resolve("none.csv"), "item,title\n");
        assertThatThrownBy(() -> load(none, note -> {})).hasMessageContaining("found 0 items, none");
        Path some = Files.writeString(home.resolve("some.csv"), "item,title\nitem-7,Seven\n0008,Eight\n");
        List<String> notes = new ArrayList<>();
        assertThat(load(some, notes::add).catalogue().described()).isEqualTo(1);
        assertThat(notes)
                .containsExactly(
                        some + ": rows of items that are not in the model: 1",
                        some + " knows 1 of the model's 120 items; the others are shown by their ids.");
    }

    private static ServedModel load(Path items, Consumer<String> notes) throws IOException {
        return new ModelSource(home.resolve("model"), items, ModelSource.Search.EXACT, notes).load(1);
    }

    @Test
    void theMapSpreadsItemsWithinItsBorders() {
        List<ItemMap.Point> points = served.map().points();
        assertThat(points).hasSize(120);
        assertThat(points.stream().mapToDouble(p -> Math.abs(p.x())).max().orElseThrow())
                .isEqualTo(1);
        assertThat(points.stream().mapToDouble(p -> Math.abs(p.y())).max().orElseThrow())
                .isEqualTo(1);
    }
}
