package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mineral.algorithm.Algorithms;
import org.mineral.algorithm.FitContext;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.Interactions;
import org.mineral.data.synthetic.SyntheticData;
import org.mineral.linalg.Workers;
import org.mineral.model.BlendModel;
import org.mineral.model.History;
import org.mineral.model.HistoryScorer;
import org.mineral.model.Model;
import org.mineral.model.Models;

class BlendTest {

    private static final Dataset DATA =
            SyntheticData.generate("builtin:tastes:users=300,items=120").data();
    private static final Model EASE = fit("ease(l2=30)", DATA);
    private static final Model USERS = fit("user-knn", DATA);
    private static final Model VECTORS = fit("ials(dimension=8)", DATA);
    private static final Model POPULARITY = fit("popularity", DATA);

    @TempDir
    private Path directory;

    private static Model fit(String spec, Dataset data) {
        return ModelSpec.parse(spec)
                .configured()
                .fit(data, FitContext.defaults().withThreads(2))
                .model();
    }

    private static BlendModel blend(double first, double second) {
        return new BlendModel(List.of(new BlendModel.Member(EASE, first), new BlendModel.Member(VECTORS, second)));
    }

    /** A list of nearest users compares a user with the takers of all their items, and adds up the items of the nearest. */
    @Test
    void servingCostsWhatIsMultiplied() {
        double compared = 0;
        double taken = 0;
        for (int user = 0; user < 300; user++) {
            for (int item : USERS.trained().row(user)) {
                compared += USERS.trained().transpose().count(item);
                taken++;
            }
        }
        double users = 300 - USERS.trained().emptyRows();
        assertThat(USERS.servingCost()).isCloseTo((compared + 200 * taken) / users, within(1e-6));
        assertThat(VECTORS.servingCost()).isEqualTo(120 * 8);
        assertThat(blend(1, 1).servingCost())
                .isCloseTo(EASE.servingCost() + VECTORS.servingCost() + 2 * 3 * 120, within(1e-6));
    }

    /** The definition, in double precision. */
    private static double standardised(float[] scores, int item) {
        double mean = 0;
        double squares = 0;
        for (float score : scores) {
            mean += score / (double) scores.length;
        }
        for (float score : scores) {
            squares += (score - mean) * (score - mean) / scores.length;
        }
        return (scores[item] - mean) / Math.sqrt(squares);
    }

    @Test
    void aScoreIsTheWeightedSumOfStandardisedScores() {
        assertThat(EASE.population().items()).isEqualTo(120);
        BlendModel blend = blend(0.75, 0.25);
        for (int item = 0; item < 120; item += 7) {
            assertThat((double) blend.scores(11)[item])
                    .isCloseTo(
                            0.75 * standardised(EASE.scores(11), item) + 0.25 * standardised(VECTORS.scores(11), item),
                            within(1e-5));
        }
    }

    @Test
    void scalesOfScoresDoNotMatterAndOneModelRanksAsItDoesAlone() {
        try (Workers workers = new Workers(2)) {
            BlendModel alone = new BlendModel(List.of(new BlendModel.Member(USERS, 3)));
            int[] users = {0, 50, 299};
            for (int k = 0; k < users.length; k++) {
                assertThat(alone.rank(users, 10, DATA.seen(), workers).get(k).items())
                        .isEqualTo(USERS.rank(users, 10, DATA.seen(), workers)
                                .get(k)
                                .items());
            }
        }
    }

    @Test
    void aHistoryIsScoredAsAUser() {
        BlendModel blend = blend(0.5, 0.5);
        int[] history = {3, 17, 40};
        float[] ease = EASE.require(HistoryScorer.class).scores(History.of(history));
        float[] vectors = VECTORS.require(HistoryScorer.class).scores(History.of(history));
        assertThat((double) blend.scores(History.of(history))[5])
                .isCloseTo(0.5 * standardised(ease, 5) + 0.5 * standardised(vectors, 5), within(1e-5));
    }

    @Test
    void whatScoresHistoriesIsMadeOnce() {
        List<Method> made = new ArrayList<>();
        Model counted = (Model)
                Proxy.newProxyInstance(Model.class.getClassLoader(), new Class<?>[] {Model.class}, (p, m, a) -> {
                    if (m.getName().equals("require")) {
                        made.add(m);
                    }
                    return m.invoke(VECTORS, a);
                });
        BlendModel blend = new BlendModel(List.of(new BlendModel.Member(counted, 1)));
        assertThat(made).isEmpty();
        float[] scores = blend.scores(History.of(3, 17));
        assertThat(blend.scores(History.of(3, 17))).isEqualTo(scores);
        assertThat(made).hasSize(1);
    }

    @Test
    void savedAndLoadedItScoresTheSame() {
        BlendModel blend = new BlendModel(List.of(
                new BlendModel.Member(EASE, 0.5),
                new BlendModel.Member(USERS, 0.2),
                new BlendModel.Member(VECTORS, 0.2),
                new BlendModel.Member(POPULARITY, 0.1)));
        blend.save(directory.resolve("blend"));
        BlendModel loaded = (BlendModel) Models.load(directory.resolve("blend"));
        assertThat(loaded.scores(7)).isEqualTo(blend.scores(7));
        assertThat(loaded.info().config()).isEqualTo(blend.info().config());
        assertThat(loaded.members())
                .extracting(m -> Algorithms.name(m.model().info()))
                .containsExactly("ease", "user-knn", "ials", "popularity");
        assertThat(loaded.members().get(0).model().info().config()).containsEntry("l2", "30");
        assertThat(loaded.scores(History.of(1, 2))).isEqualTo(blend.scores(History.of(1, 2)));
        assertThat(loaded.known()).isEqualTo(DATA.seen());
    }

    @Test
    void onTheHeldOutPartTheChosenWeightsAreNoWorseThanAnyMember() {
        try (Workers workers = new Workers(2)) {
            List<Model> models = List.of(POPULARITY, EASE, VECTORS);
            BlendModel chosen = BlendSelection.of(models, workers);
            Map<String, Double> value = new HashMap<>();
            for (Model model : List.of(POPULARITY, EASE, VECTORS, chosen)) {
                value.put(
                        model.name(),
                        Evaluator.at(20)
                                .evaluate(model, DATA.valid(), DATA.train(), null, workers)
                                .metric("NDCG@20"));
            }
            assertThat(value.get("blend"))
                    .isGreaterThanOrEqualTo(value.get("ease"))
                    .isGreaterThanOrEqualTo(value.get("ials"))
                    .isGreaterThan(value.get("popularity"));
            double total = chosen.members().stream()
                    .mapToDouble(BlendModel.Member::weight)
                    .sum();
            assertThat(total).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void whatCannotBeBlendedIsRefused() {
        Interactions none = Interactions.empty(300, 120);
        Model withoutValid = fit("popularity", Dataset.of("no valid", DATA.train(), none, none));
        try (Workers workers = new Workers(1)) {
            assertThatThrownBy(() -> BlendSelection.of(List.of(withoutValid), workers))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("validation");
        }
        assertThatThrownBy(() ->
                        new BlendModel(List.of(new BlendModel.Member(EASE, 1), new BlendModel.Member(withoutValid, 1))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("same data");
        assertThatThrownBy(() -> blend(1, 0)).isInstanceOf(InputException.class).hasMessageContaining("positive");
        assertThatThrownBy(() -> new BlendModel(List.of(new BlendModel.Member(blend(1, 1), 1))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its members");
        assertThatThrownBy(() -> new BlendModel(List.of())).isInstanceOf(InputException.class);
    }
}
