package org.mineral.algorithm.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.linalg.Matrix;
import org.mineral.model.FactorModel;
import org.mineral.model.attributes.AttributeTables;
import org.mineral.model.attributes.AttributeVectors;

class EnsembleTest {

    private static final TrainOptions OPTIONS =
            PlantedFactors.OPTIONS.withEpochs(3).with("start", "random").withTemperature(0.2);

    @ParameterizedTest
    @CsvSource({"cosine, false", "cosine, true", "dot, false", "dot, true"})
    void itsScoresAreTheMeanOfItsMembersScores(String similarity, boolean biased) {
        TrainOptions options = OPTIONS.with("similarity", similarity).with("item_bias", biased);
        List<FactorModel> members = List.of(
                PlantedFactors.train("mine+", options),
                PlantedFactors.train("mine+", options.withSeed(43)),
                PlantedFactors.train("mine+", options.withSeed(44)));
        FactorModel whole = Ensemble.of(members);
        assertThat(whole.dimension()).isEqualTo(biased ? 3 * 15 + 1 : 3 * 16);
        for (int user = 0; user < 20; user++) {
            float[] scores = whole.scores(user);
            for (int item = 0; item < scores.length; item += 7) {
                float mean = 0;
                for (FactorModel member : members) {
                    mean += member.scores(user)[item] / 3;
                }
                assertThat(scores[item]).isCloseTo(mean, Offset.offset(1e-5f * (1 + Math.abs(mean))));
            }
        }
    }

    @Test
    void itRanksBetterThanItsMembersAndFoldsUsersIn() {
        List<FactorModel> members = List.of(
                PlantedFactors.train("mine+", OPTIONS),
                PlantedFactors.train("mine+", OPTIONS.withSeed(43)),
                PlantedFactors.train("mine+", OPTIONS.withSeed(44)));
        FactorModel whole = Ensemble.of(members);
        for (FactorModel member : members) {
            assertThat(PlantedFactors.ndcg(whole)).isGreaterThan(PlantedFactors.ndcg(member));
        }
        float[] vector = FoldIn.vector(whole, whole.trained().row(0));
        assertThat(vector).hasSize(48);
        assertThat(whole.info().provenance().facts())
                .containsEntry("ensemble", 3)
                .containsEntry("seeds", List.of("42", "43", "44"));
    }

    @Test
    void membersThatDifferInMoreThanTheirSeedAreRefused() {
        FactorModel model = PlantedFactors.train("mine+", OPTIONS);
        assertThatThrownBy(() -> Ensemble.of(List.of(model)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("two or more");
        assertThatThrownBy(() -> Ensemble.of(List.of(model, model)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("different seeds; these have 42, 42");
        FactorModel hotter =
                PlantedFactors.train("mine+", OPTIONS.withTemperature(0.3).withSeed(43));
        assertThatThrownBy(() -> Ensemble.of(List.of(model, hotter)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("temperature is 0.2 and 0.3");
        FactorModel attributed = model.withAttributes(new AttributeTables(
                Optional.empty(),
                Optional.of(new AttributeVectors(
                        Attributes.none(model.items().size()),
                        new float[0],
                        new Matrix(0, model.dimension()),
                        new float[model.items().size()]))));
        assertThatThrownBy(() -> Ensemble.of(List.of(attributed, model)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("models with attributes")
                .hasMessageContaining("attribute_weight = 0");
        FactorModel whole = Ensemble.of(List.of(model, PlantedFactors.train("mine+", OPTIONS.withSeed(43))));
        assertThatThrownBy(() -> Ensemble.of(List.of(whole, PlantedFactors.train("mine+", OPTIONS.withSeed(44)))))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("member of another");
    }
}
