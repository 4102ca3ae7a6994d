package org.mineral.algorithm.embedding.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.engine.RowOracle;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.candidate.Candidates;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

class TemperatureTest {

    private static final int USERS = 8;
    private static final int ITEMS = 30;
    private static final int D = 5;
    private static final double EXPONENT = 0.6;
    private static final double STEP = 1e-5;

    private final Interactions train = interactions();

    @Test
    void aUsersTemperatureGrowsWithTheirItemsAroundTheGeometricMean() {
        Interactions three =
                Interactions.of(9, new int[] {0}, new int[] {0, 1}, new int[] {1, 2, 3, 4, 5, 6, 7, 8}, new int[] {});
        Objective objective = objective("mine+", "cosine");
        UserTemperatures temperatures = new UserTemperatures(UserTemperatures.meanLog(three), objective, 0.5);
        // The geometric mean of 1, 2 and 8 is 16^(1/3) = 2.519842.
        assertThat(temperatures.of(1)).isCloseTo(0.3 / Math.sqrt(2.519842), Offset.offset(1e-7));
        assertThat(temperatures.of(8)).isCloseTo(0.3 * Math.sqrt(8 / 2.519842), Offset.offset(1e-7));
        assertThat(new UserTemperatures(UserTemperatures.meanLog(three), objective, 0).of(8))
                .isEqualTo(0.3);
        assertThat(new UserTemperatures(UserTemperatures.meanLog(three), objective("ccl", "cosine"), 0.5).of(8))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"mine+, cosine", "mine+, dot", "bpr, dot", "debiased-infonce, cosine"})
    void aStepMovesAlongTheDerivativesAtEachUsersTemperature(String loss, String similarity) {
        Objective objective = objective(loss, similarity);
        TrainOptions options = options(similarity);
        Matrix users = SpectralInit.random(USERS, D, 0.5, 1);
        Matrix items = SpectralInit.random(ITEMS, D, 0.5, 2);
        Matrix userEnd = users.copy();
        Matrix itemEnd = items.copy();
        int[] block = IntStream.range(0, USERS).toArray();
        try (Workers workers = new Workers(2)) {
            var kernels = KernelProvider.best();
            Encoder left = Encoders.plainUsers(userEnd, objective, options, kernels);
            Encoder right = Encoders.plainItems(itemEnd, objective, options, kernels);
            double value = new BlockEngine(
                            objective, options, left, right, Targets.of(train, options), workers, kernels)
                    .step(block, Candidates.all(ITEMS), 1, 7);
            double expected = value(objective, doubles(users), doubles(items));
            assertThat(value).isCloseTo(expected, Offset.offset(1e-4 * (1 + Math.abs(expected))));
        }
        check(objective, users, items, userEnd, true);
        check(objective, users, items, itemEnd, false);
    }

    private void check(Objective objective, Matrix users, Matrix items, Matrix end, boolean left) {
        Matrix start = left ? users : items;
        double[][] u = doubles(users);
        double[][] q = doubles(items);
        double[][] table = left ? u : q;
        for (int r = 0; r < table.length; r++) {
            for (int k = 0; k < D; k++) {
                double at = table[r][k];
                table[r][k] = at + STEP;
                double up = value(objective, u, q);
                table[r][k] = at - STEP;
                double derivative = (up - value(objective, u, q)) / (2 * STEP);
                table[r][k] = at;
                assertThat((double) start.get(r, k) - end.get(r, k))
                        .isCloseTo(derivative, Offset.offset(1e-3 * Math.abs(derivative) + 2e-5));
            }
        }
    }

    /** Rows at their own temperatures, in double precision. */
    private double value(Objective objective, double[][] users, double[][] items) {
        UserTemperatures temperatures = new UserTemperatures(UserTemperatures.meanLog(train), objective, EXPONENT);
        double[] ones = IntStream.range(0, ITEMS).mapToDouble(j -> 1).toArray();
        double total = 0;
        for (int u = 0; u < USERS; u++) {
            double[] e = users[u];
            double[] all = IntStream.range(0, ITEMS)
                    .mapToDouble(i -> dot(e, items[i])
                            / (objective.cosine() ? Math.sqrt(dot(e, e) * dot(items[i], items[i])) : 1))
                    .toArray();
            double[] own = IntStream.of(train.row(u)).mapToDouble(i -> all[i]).toArray();
            Objective at = new Objective(
                    objective.loss(), objective.similarity(), temperatures.of(train.count(u)), objective.candidates());
            total += RowOracle.evaluate(at, own, all, ones, ITEMS, ITEMS).value() * train.count(u) / train.size();
        }
        return total;
    }

    /** Users at 0 and 60 degrees, items at 0, 60 and 90; each user has the item that lies in their direction. */
    @Test
    void theClosedFormIsTheGapOfMeanCosinesOverALogarithm() {
        Matrix users = new Matrix(2, 2);
        users.setRow(0, new float[] {2, 0});
        users.setRow(1, new float[] {0.5f, (float) Math.sqrt(0.75)});
        Matrix items = new Matrix(3, 2);
        items.setRow(0, new float[] {1, 0});
        items.setRow(1, new float[] {1, (float) Math.sqrt(3)});
        items.setRow(2, new float[] {0, 0.1f});
        Interactions two = Interactions.of(3, new int[] {0}, new int[] {1});
        double all = (1 + 0.5 + 0 + 0.5 + 1 + Math.sqrt(0.75)) / 6;
        double expected = (1 - all) / Math.log(6.0 / 2 / 2);
        assertThat(TemperatureRule.temperature(two, users, items, KernelProvider.scalar()))
                .isCloseTo(Math.min(1, expected), Offset.offset(1e-6));
    }

    @Test
    void aRunIsTheOneWithTheTemperatureThatItFound() {
        FactorModel model = PlantedFactors.train(
                "mine+", PlantedFactors.OPTIONS.withEpochs(2).with("temperature_rule", "closed-form"));
        double found = Double.parseDouble(model.info().config().get("temperature"));
        assertThat(found).isBetween(0.03, 0.6).isNotEqualTo(0.15);
        FactorModel same = PlantedFactors.train(
                "mine+", PlantedFactors.OPTIONS.withEpochs(2).withTemperature(found));
        assertThat(same.itemFactors().values()).isEqualTo(model.itemFactors().values());
    }

    @Test
    void aRandomStartHasNoCosinesToReadATemperatureFrom() {
        TrainOptions options =
                PlantedFactors.OPTIONS.with("temperature_rule", "closed-form").with("start", "random");
        assertThatThrownBy(() -> PlantedFactors.train("mine+", options))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("spectral");
    }

    private static Objective objective(String loss, String similarity) {
        return Objective.of(Losses.of(loss), options(similarity));
    }

    private static TrainOptions options(String similarity) {
        return TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("dimension", D)
                .with("similarity", similarity)
                .with("candidates", "all")
                .with("temperature_exponent", EXPONENT)
                .withTemperature(0.3);
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(k -> a[k] * b[k]).sum();
    }

    private static double[][] doubles(Matrix a) {
        return IntStream.range(0, a.rows())
                .mapToObj(r -> IntStream.range(0, a.columns())
                        .mapToDouble(k -> a.get(r, k))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        return Interactions.of(
                ITEMS,
                IntStream.range(0, USERS)
                        .mapToObj(u ->
                                random.ints(1 + random.nextInt(9), 0, ITEMS).toArray())
                        .toArray(int[][]::new));
    }
}
