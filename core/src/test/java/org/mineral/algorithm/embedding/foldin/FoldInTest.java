package org.mineral.algorithm.embedding.foldin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.config.InputException;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;
import org.mineral.model.Model.Recommendation;

class FoldInTest {

    private static final FactorModel MODEL = PlantedFactors.train("mine+", PlantedFactors.OPTIONS.withTemperature(0.2));

    @Test
    void aTrainingUsersOwnHistoryGivesNearlyWhatTheirTrainedVectorGives() {
        double overlap = 0;
        int users = 60;
        for (int user = 0; user < users; user++) {
            int[] history = MODEL.trained().row(user);
            Set<String> trained = new HashSet<>(
                    items(MODEL.recommend(PlantedFactors.DATA.users().id(user), 20)));
            trained.retainAll(items(MODEL.recommend(FoldIn.vector(MODEL, history), 20, history)));
            overlap += trained.size() / 20.0 / users;
        }
        assertThat(overlap).isGreaterThan(0.75);
    }

    private static List<String> items(List<Recommendation> recommendations) {
        return recommendations.stream().map(Recommendation::item).toList();
    }

    @Test
    void theResultDependsOnTheSetOfItemsOnly() {
        float[] once = FoldIn.vector(MODEL, new int[] {3, 17, 40});
        assertThat(FoldIn.vector(MODEL, new int[] {3, 17, 40})).isEqualTo(once);
        assertThat(FoldIn.vector(MODEL, new int[] {40, 3, 17})).isEqualTo(once);
        assertThat(FoldIn.vector(MODEL, new int[] {3, 3, 17, 40, 40, 40})).isEqualTo(once);
        assertThat(FoldIn.vector(MODEL, new int[] {3, 17})).isNotEqualTo(once);
        assertThat(once).hasSize(MODEL.dimension());
    }

    @Test
    void aWeightCountsAsOftenAsItSays() {
        int[] items = {3, 17, 40};
        float[] once = FoldIn.vector(MODEL, items);
        assertThat(FoldIn.vector(MODEL, items, new double[] {1, 1, 1})).isEqualTo(once);
        assertThat(FoldIn.vector(MODEL, items, new double[] {250, 250, 250})).isEqualTo(once);
        float[] heavy = FoldIn.vector(MODEL, items, new double[] {1, 9, 1});
        assertThat(FoldIn.vector(MODEL, new int[] {40, 3, 17}, new double[] {2, 2, 18}))
                .isEqualTo(heavy);
        assertThat(dot(heavy, MODEL.itemFactors().row(17)))
                .isGreaterThan(dot(once, MODEL.itemFactors().row(17)));
    }

    @Test
    void weightsOutOfRangeAreRefused() {
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> FoldIn.vector(MODEL, new int[] {1}, new double[] {weight}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(String.valueOf(weight));
        }
        assertThatThrownBy(() -> FoldIn.vector(MODEL, new int[] {1, 2}, new double[] {1}))
                .hasMessageContaining("1 weights for 2 items");
        assertThatThrownBy(() -> FoldIn.vector(MODEL, new int[] {2, 1, 2}, new double[] {1, 1, 1}))
                .hasMessageContaining("2 twice");
    }

    @Test
    void anEmptyHistoryAndUnknownItemsAreRefused() {
        assertThatThrownBy(() -> FoldIn.vector(MODEL, new int[0]))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("history is empty");
        for (int unknown : new int[] {-1, 300}) {
            assertThatThrownBy(() -> FoldIn.vector(MODEL, new int[] {1, unknown}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(String.valueOf(unknown));
        }
    }

    static Stream<Arguments> losses() {
        return Losses.names().stream()
                .flatMap(loss -> Stream.of("cosine", "dot").map(similarity -> Arguments.of(loss, similarity)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossFoldsAUserInNearTheirItems(String loss, String similarity) {
        FactorModel model = PlantedFactors.train(
                loss,
                PlantedFactors.OPTIONS.withEpochs(2).with("learning_rate", 0.01).with("similarity", similarity));
        double history = 0;
        double all = 0;
        for (int user = 0; user < 10; user++) {
            int[] items = model.known().row(user);
            float[] vector = FoldIn.vector(model, items);
            for (float value : vector) {
                assertThat(Float.isFinite(value)).isTrue();
            }
            for (int item : items) {
                history += dot(vector, model.itemFactors().row(item)) / items.length;
            }
            for (int item = 0; item < 300; item++) {
                all += dot(vector, model.itemFactors().row(item)) / 300;
            }
        }
        assertThat(history).isGreaterThan(all);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
