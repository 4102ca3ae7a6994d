package org.mineral.algorithm.embedding.foldin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Config;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.loss.Losses;
import org.mineral.loss.RowEvaluator;
import org.mineral.loss.TestLosses;
import org.mineral.loss.row.Loss;
import org.mineral.model.FactorModel;
import org.mineral.model.TestModels;

class FoldInRowTest {

    private static final int D = 16;

    private static FactorModel model(int items) {
        Random random = new Random(5);
        Matrix factors = new Matrix(items, D);
        for (int i = 0; i < items; i++) {
            float[] row = new float[D];
            double squares = 0;
            for (int k = 0; k < D; k++) {
                row[k] = (float) random.nextGaussian();
                squares += row[k] * row[k];
            }
            for (int k = 0; k < D; k++) {
                row[k] /= (float) Math.sqrt(squares);
            }
            factors.setRow(i, row);
        }
        return TestModels.model(new Matrix(1, D), factors, Interactions.empty(1, items), Map.of());
    }

    static Stream<Loss> losses() {
        return Stream.concat(Losses.names().stream().map(Losses::of), TestLosses.all());
    }

    /** The row of doubles, one positive standing twice as two, is the oracle. */
    @ParameterizedTest
    @MethodSource("losses")
    void agreesWithTheRowInDoublePrecision(Loss loss) {
        FactorModel model = model(300);
        Objective objective = Objective.of(loss, Config.defaults(TrainOptions.class));
        int[] positives = {4, 7, 200};
        float[] person = model.itemFactors().row(9);
        float[] found = new float[person.length];
        new FoldInRow(
                        model,
                        objective,
                        scale(model, objective),
                        positives,
                        new int[] {1, 2, 1},
                        person,
                        KernelProvider.best())
                .gradient(person, found);

        double[] all = new double[300];
        for (int i = 0; i < all.length; i++) {
            all[i] = dot(person, model.itemFactors().row(i));
        }
        int[] entries = {4, 7, 7, 200};
        double[] own = {all[4], all[7], all[7], all[200]};
        RowEvaluator.Result result = RowEvaluator.of(loss)
                .withSimilarity(objective.similarity())
                .withTemperature(objective.temperature())
                .withItems(400) // 300 times 4 entries a 3 items
                .evaluateWithHits(own, new double[] {1, 1, 1, 1}, all, null);
        double[] expected = new double[D];
        for (int k = 0; k < D; k++) {
            for (int i = 0; i < entries.length; i++) {
                expected[k] += result.gradPositives()[i] * model.itemFactors().get(entries[i], k);
            }
            for (int i = 0; i < all.length; i++) {
                expected[k] += result.gradCandidates()[i] * model.itemFactors().get(i, k);
            }
        }
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int k = 0; k < D; k++) {
            assertThat((double) found[k]).isCloseTo(expected[k], within(1e-4 * Math.max(1, largest)));
        }
    }

    private static FoldInRow.Scale scale(FactorModel model, Objective objective) {
        return FoldInRow.Scale.of(model, objective, TrainOptions.defaults());
    }

    @Test
    void aLargeCatalogueIsEstimatedFromItsNearItemsAndASample() {
        FactorModel model = model(20_000);
        int[] positives = {4, 7, 200};
        Objective objective = Objective.of(Losses.minePlus(1.2), TrainOptions.defaults());
        float[] person = model.itemFactors().row(4);
        float[] estimated = new float[D];
        new FoldInRow(
                        model,
                        objective,
                        scale(model, objective),
                        positives,
                        new int[] {1, 1, 1},
                        person,
                        KernelProvider.best())
                .gradient(person, estimated);

        double[] all = new double[20_000];
        for (int i = 0; i < all.length; i++) {
            all[i] = dot(person, model.itemFactors().row(i));
        }
        RowEvaluator.Result result = RowEvaluator.of(objective.loss())
                .withTemperature(objective.temperature())
                .evaluate(new double[] {all[4], all[7], all[200]}, all);
        double difference = 0;
        double length = 0;
        for (int k = 0; k < D; k++) {
            double exact = 0;
            for (int i = 0; i < 3; i++) {
                exact += result.gradPositives()[i] * model.itemFactors().get(positives[i], k);
            }
            for (int i = 0; i < all.length; i++) {
                exact += result.gradCandidates()[i] * model.itemFactors().get(i, k);
            }
            difference += (exact - estimated[k]) * (exact - estimated[k]);
            length += exact * exact;
        }
        assertThat(Math.sqrt(difference / length)).isLessThan(0.05);
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
