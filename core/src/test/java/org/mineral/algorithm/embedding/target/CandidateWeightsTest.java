package org.mineral.algorithm.embedding.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.model.FactorModel;

class CandidateWeightsTest {

    /** Items 0 to 3 have 2, 1, 0 and 4 users. */
    private static final Interactions TRAIN =
            Interactions.of(4, new int[] {0, 1, 3}, new int[] {0, 3}, new int[] {3}, new int[] {3});

    @Test
    void noWeightsAtZero() {
        assertThat(CandidateWeights.of(TRAIN, 0)).isNull();
    }

    /** Python: w = [n ** -0.5 for n in (2, 1, 1, 4)]; [x / (sum(w) / 4) for x in w] */
    @Test
    void powersOfCountsWithMeanOne() {
        assertThat(CandidateWeights.of(TRAIN, -0.5))
                .containsExactly(new float[] {0.8819251f, 1.2472303f, 1.2472303f, 0.6236151f}, Offset.offset(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "uniform:200"})
    void theLessPopularItemsArePushedDownTheMoreTheyAreRecommended(String candidates) {
        TrainOptions options = PlantedFactors.OPTIONS.withTemperature(0.2).with("candidates", candidates);
        double up = popularity(options.with("candidate_weight", -0.5));
        double plain = popularity(options);
        double down = popularity(options.with("candidate_weight", 0.5));
        assertThat(up).isGreaterThan(1.05 * plain);
        assertThat(down).isLessThan(0.95 * plain);
    }

    @Test
    void aFoldInUsesTheCandidateWeightsOfTraining() {
        FactorModel model = PlantedFactors.train(
                "mine+", PlantedFactors.OPTIONS.withTemperature(0.2).with("candidate_weight", -0.5));
        FactorModel without = new FactorModel(
                model.userFactors(),
                model.itemFactors(),
                model.users(),
                model.items(),
                model.known(),
                PlantedFactors.train("mine+", PlantedFactors.OPTIONS.withTemperature(0.2))
                        .info());
        int[] counts = PlantedFactors.NO_VALID.train().itemCounts();
        double with = 0;
        double plain = 0;
        for (int user = 0; user < 50; user++) {
            int[] history = model.known().row(user);
            with += popularity(model, FoldIn.vector(model, history), history, counts);
            plain += popularity(without, FoldIn.vector(without, history), history, counts);
        }
        assertThat(with).isGreaterThan(1.02 * plain);
    }

    /** Users of an item, mean over the first 20 of all users. */
    private static double popularity(TrainOptions options) {
        FactorModel model = PlantedFactors.train("mine+", options);
        int[] counts = PlantedFactors.NO_VALID.train().itemCounts();
        double sum = 0;
        for (int user = 0; user < model.users().size(); user++) {
            sum += popularity(
                    model, model.userFactors().row(user), model.known().row(user), counts);
        }
        return sum / model.users().size();
    }

    private static double popularity(FactorModel model, float[] vector, int[] seen, int[] counts) {
        return model.recommend(vector, 20, seen).stream()
                .mapToInt(r -> counts[model.items().index(r.item())])
                .average()
                .orElseThrow();
    }
}
