package org.mineral.recommend;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.Dataset;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.data.attributes.AttributeOptions;
import org.mineral.data.attributes.FileAttributes;
import org.mineral.data.read.Datasets;

/** Lists by attributes: two tastes, told by genres and, of users, by countries. */
class AttributeRecommendationsTest {

    private static final String MF = "mf(dimension=8,epochs=30,learning_rate=0.05,attribute_weight=3)";

    private static final String RATINGS = """
            user,item
            ann,alien
            ann,brazil
            ann,contact
            bob,alien
            bob,contact
            bob,dune
            cleo,emma
            cleo,fargo
            cleo,gigi
            dan,emma
            dan,gigi
            dan,hook
            """;
    private static final String ITEMS = """
            item,genres,year
            alien,Horror|Space,1979
            brazil,Comedy|Space,1985
            contact,Drama|Space,1997
            dune,Drama|Space,2021
            emma,Comedy|Romance,2020
            fargo,Comedy|Crime,1996
            gigi,Musical|Romance,1958
            hook,Comedy|Family,1991
            solaris,Drama|Space,1972
            """;
    private static final String USERS = "user,country\nann,NL\nbob,NL\ncleo,FR\ndan,FR\n";

    @TempDir
    private static Path home;

    private static Dataset data;

    @BeforeAll
    static void read() throws IOException {
        Dataset plain = Datasets.read(Files.writeString(home.resolve("r.csv"), RATINGS));
        AttributeOptions options =
                AttributeOptions.DEFAULTS.with("min_rows", 1).with("columns", "genres=list,year=number");
        FileAttributes items =
                FileAttributes.ofItems(Files.writeString(home.resolve("i.csv"), ITEMS), plain.items(), options);
        FileAttributes users = FileAttributes.ofUsers(
                Files.writeString(home.resolve("u.csv"), USERS),
                plain.users(),
                options.with("columns", "country=category"));
        Dataset all = plain.withMore(List.of(), items.ids().ids());
        data = all.withAttributes(users.of(all.users()), items.of(all.items()));
    }

    private static LoadedModel loaded(String spec) {
        var model = ModelSpec.parse(spec)
                .configured()
                .fit(data, FitContext.defaults().withThreads(1))
                .model();
        return LoadedModel.of(model, Catalogue.of(model));
    }

    @ParameterizedTest
    @ValueSource(strings = {MF, "content-knn", "hybrid-knn(shrinkage=0)"})
    void aTasteGivenByAttributesOfItemsLeadsToThese(String spec) {
        RankedItems list =
                new Recommendations(Feedback.NONE).attributes(loaded(spec), Map.of("genres", "Space"), Query.of(5));
        assertThat(list.ids()).containsExactlyInAnyOrder("alien", "brazil", "contact", "dune", "solaris");
        assertThat(list.source()).isEqualTo(UserProfile.Source.ATTRIBUTES);
        assertThat(list.how().retrieval()).isEqualTo("exact");
    }

    @Test
    void aUserIsGivenByTheirAttributes() {
        LoadedModel model = loaded(MF);
        Recommendations lists = new Recommendations(Feedback.NONE);
        assertThat(lists.attributes(model, Map.of("country", "FR"), Query.of(4)).ids())
                .containsExactlyInAnyOrder("emma", "fargo", "gigi", "hook");
        assertThat(lists.attributes(model, Map.of("country", "NL"), Query.of(4).exclude(List.of("dune")))
                        .ids())
                .doesNotContain("dune")
                .contains("alien", "contact");
    }

    @Test
    void unknownValuesAreIgnoredAndUnknownNamesRefused() {
        LoadedModel model = loaded("mf(dimension=8,epochs=5)");
        Recommendations lists = new Recommendations(Feedback.NONE);
        RankedItems list = lists.attributes(model, Map.of("genres", "Space|Western"), Query.of(3));
        assertThat(list.how().ignored()).containsExactly("genres=Western");
        assertThatThrownBy(() -> lists.attributes(model, Map.of("genre", "Space"), Query.of(3)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Did you mean 'genres'?");
        assertThatThrownBy(() -> lists.attributes(model, Map.of("genres", "Western"), Query.of(3)))
                .hasMessageContaining("knows none of the values genres=Western");
        assertThatThrownBy(() -> lists.attributes(model, Map.of("genres", "Space", "country", "NL"), Query.of(3)))
                .hasMessageContaining("of one of the two");
    }

    @Test
    void filtersKnowTheAttributesOfTraining() {
        LoadedModel model = loaded("mf(dimension=8,epochs=5)");
        assertThat(model.catalogue().attributes()).containsExactly("genres");
        RankedItems list = new Recommendations(Feedback.NONE)
                .user(model, "ann", Query.of(9).filter("genres:Drama|Romance"));
        assertThat(list.ids()).containsExactlyInAnyOrder("dune", "emma", "gigi", "solaris");
    }

    @Test
    void itemsAreSimilarByAttributesOrTasteOrBoth() {
        LoadedModel model = loaded("item-knn(shrinkage=0)");
        assertThatThrownBy(() -> Neighbours.items(model, "emma", Query.of(3), Neighbours.By.ATTRIBUTES))
                .hasMessageContaining("knows no attributes of the item 'emma'");
        LoadedModel content = loaded("hybrid-knn(attribute_weight=0.01,shrinkage=0)");
        // Both have Drama and Space; the bins of the years tell them apart from each other only.
        List<RankedItems.Entry> byAttributes = Neighbours.items(
                        content, "solaris", Query.of(2), Neighbours.By.ATTRIBUTES)
                .entries();
        assertThat(byAttributes).extracting(RankedItems.Entry::item).containsExactlyInAnyOrder("contact", "dune");
        List<String> taste = Neighbours.items(content, "alien", Query.of(9), Neighbours.By.TASTE).entries().stream()
                .map(RankedItems.Entry::item)
                .toList();
        List<String> both = Neighbours.items(content, "alien", Query.of(9), Neighbours.By.BOTH).entries().stream()
                .map(RankedItems.Entry::item)
                .toList();
        assertThat(taste).startsWith("contact");
        assertThat(both).startsWith("contact").contains("solaris");
    }

    /**
     * By Python:
     *
     * <pre>{@code
     * X = {0: {0: 1, 1: 2}, 1: {0: 1, 2: .5}, 2: {1: 1, 2: 1}, 3: {0: 1, 1: 1, 3: 1}, 4: {}}
     * g = [math.log1p(4 / sum(1 for r in X.values() if c in r)) for c in range(4)]
     * v = {i: {c: x * g[c] for c, x in r.items()} for i, r in X.items()}
     * q = {i: math.sqrt(sum(x * x for x in r.values())) for i, r in v.items()}
     * [sum(x * v[j].get(c, 0) for c, x in v[0].items()) / (q[0] * q[j]) for j in range(4)]
     * }</pre>
     */
    @Test
    void similarityByAttributesIsTheWeightedCosine() {
        Attributes x = new Attributes(
                new SparseMatrix(Interactions.of(4, new int[][] {{0, 1}, {0, 2}, {1, 2}, {0, 1, 3}, {}}), new float[] {
                    1, 2, 1, .5f, 1, 1, 1, 1, 1
                }),
                IdMap.of(List.of("a", "b", "c", "d")));
        assertThat(AttributeSimilarity.of(x, 0))
                .containsExactly(new double[] {1, 0.3752540, 0.5462371, 0.5665381, 0}, within(1e-6));
    }

    @Test
    void explanationsNameAttributesAndAddUp() {
        LoadedModel model = loaded(MF);
        Recommendations lists = new Recommendations(Feedback.NONE);
        for (String item : List.of("solaris", "dune")) {
            Explanation why = lists.explainUser(model, "ann", item, 2);
            double sum = why.contributions().stream()
                            .mapToDouble(Explanation.Contribution::contribution)
                            .sum()
                    + why.attributes().stream().mapToDouble(a -> a.value()).sum()
                    + why.others()
                    + why.rest();
            assertThat(sum).isCloseTo(why.score(), within(1e-4));
            assertThat(why.attributes()).hasSize(2).extracting(a -> a.name()).contains("genres=Space");
        }
    }
}
