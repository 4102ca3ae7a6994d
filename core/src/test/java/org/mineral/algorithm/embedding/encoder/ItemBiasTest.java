package org.mineral.algorithm.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.engine.RowOracle;
import org.mineral.algorithm.embedding.foldin.FoldIn;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.model.FactorModel;

class ItemBiasTest {

    private static final int USERS = 9;
    private static final int ITEMS = 40;
    private static final int D = 6;
    private static final double T = 0.4;
    private static final double STEP = 1e-5;

    private final Interactions train = interactions();

    static Stream<Arguments> cases() {
        return Stream.of("mine+", "infonce", "mse", "bce", "bpr")
                .flatMap(loss -> Stream.of("cosine", "dot")
                        .flatMap(s -> Stream.of("all", "uniform:50")
                                .flatMap(c -> Stream.of(0, 0.7).map(h -> Arguments.of(loss, s, c, h)))));
    }

    /** One step of plain gradient descent moves each parameter by minus its derivative, taken here by finite differences. */
    @Tag("slow")
    @ParameterizedTest
    @MethodSource("cases")
    void aStepMovesFactorsAndBiasesAlongTheirDerivatives(
            String loss, String similarity, String candidates, double history) {
        TrainOptions options = TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("dimension", D)
                .with("similarity", similarity)
                .with("candidates", candidates)
                .with("item_bias", true)
                .with("history", history)
                .with("temperature", T);
        Objective objective = Objective.of(Losses.of(loss), options);
        Matrix users = SpectralInit.random(USERS, D, 0.5, 1);
        BiasColumn.clear(users);
        Matrix items = SpectralInit.random(ITEMS, D, 0.5, 2);
        int[] block = IntStream.range(0, USERS).toArray();
        Candidates drawn =
                CandidateSampler.of(objective.candidates(), train, true).draw(block, 5, 0);
        double[][] u = doubles(users);
        double[][] q = doubles(items);
        double expected = value(objective, options, drawn, u, q);

        Matrix userEnd = users.copy();
        Matrix itemEnd = items.copy();
        double actual = step(objective, options, drawn, block, userEnd, itemEnd);

        assertThat(actual).isCloseTo(expected, Offset.offset(1e-4 * (1 + Math.abs(expected))));
        for (double[][] table : new double[][][] {u, q}) {
            Matrix start = table == u ? users : items;
            Matrix end = table == u ? userEnd : itemEnd;
            for (int r = 0; r < table.length; r++) {
                for (int k = 0; k < D; k++) {
                    double at = table[r][k];
                    table[r][k] = at + STEP;
                    double up = value(objective, options, drawn, u, q);
                    table[r][k] = at - STEP;
                    double down = value(objective, options, drawn, u, q);
                    table[r][k] = at;
                    double derivative = (up - down) / (2 * STEP);
                    assertThat((double) start.get(r, k) - end.get(r, k))
                            .isCloseTo(derivative, Offset.offset(1e-3 * Math.abs(derivative) + 2e-5));
                }
            }
        }
    }

    private double step(
            Objective objective, TrainOptions options, Candidates drawn, int[] block, Matrix userEnd, Matrix itemEnd) {
        var kernels = KernelProvider.best();
        try (Workers workers = new Workers(2)) {
            Targets targets = Targets.of(train, options);
            Encoders encoders =
                    Encoders.of(train, targets, new Matrix[] {userEnd, itemEnd}, objective, options, workers, kernels);
            return new BlockEngine(objective, options, encoders.users(), encoders.items(), targets, workers, kernels)
                    .step(block, drawn, 1, 7);
        }
    }

    /** The objective in double precision: sim(u, i)/t + b_i, with the bias in the last column of the items. */
    private double value(
            Objective objective, TrainOptions options, Candidates drawn, double[][] users, double[][] items) {
        int[] candidates = drawn.items() == null ? IntStream.range(0, ITEMS).toArray() : drawn.items();
        double[] weights = new double[candidates.length];
        Arrays.setAll(weights, j -> drawn.relative() == null ? 1 : drawn.relative()[j]);
        double total = 0;
        for (int u = 0; u < USERS; u++) {
            double[] e = Arrays.copyOf(users[u], D - 1);
            for (int i : train.row(u)) {
                double norm = objective.cosine() ? norm(items[i]) : 1;
                for (int k = 0; k < D - 1; k++) {
                    e[k] += options.encoder().history() / Math.sqrt(train.count(u)) * items[i][k] / norm;
                }
            }
            total += RowOracle.evaluate(
                                    objective,
                                    similarities(objective, e, items, train.row(u)),
                                    similarities(objective, e, items, candidates),
                                    weights,
                                    drawn.draws(),
                                    ITEMS)
                            .value()
                    * train.count(u)
                    / train.size();
        }
        return total;
    }

    private static double[] similarities(Objective objective, double[] e, double[][] items, int[] which) {
        return IntStream.of(which)
                .mapToDouble(i -> {
                    double dot = 0;
                    double square = 0;
                    for (int k = 0; k < D - 1; k++) {
                        dot += e[k] * items[i][k];
                        square += e[k] * e[k];
                    }
                    double norms = objective.cosine() ? Math.sqrt(square) * norm(items[i]) : 1;
                    return dot / norms + objective.temperature() * items[i][D - 1];
                })
                .toArray();
    }

    private static double norm(double[] item) {
        double square = 0;
        for (int k = 0; k < D - 1; k++) {
            square += item[k] * item[k];
        }
        return Math.sqrt(square);
    }

    private static double[][] doubles(Matrix a) {
        double[][] rows = new double[a.rows()][a.columns()];
        for (int r = 0; r < a.rows(); r++) {
            int row = r;
            Arrays.setAll(rows[r], k -> a.get(row, k));
        }
        return rows;
    }

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        Arrays.setAll(rows, u -> random.ints(1 + random.nextInt(8), 0, ITEMS).toArray());
        return Interactions.of(ITEMS, rows);
    }

    /** Far below where e^s is 0 in single precision: what bounds the scores has to follow the biases. */
    @ParameterizedTest
    @CsvSource({"-300", "300"})
    void biasesThatAllMovedAwayTogetherChangeNoStep(float far) {
        TrainOptions options = TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("dimension", D)
                .with("item_bias", true);
        Objective objective = Objective.of(Losses.of("dcl"), options);
        int[] block = IntStream.range(0, USERS).toArray();
        Matrix users = SpectralInit.random(USERS, D, 0.5, 1);
        BiasColumn.clear(users);
        Matrix near = SpectralInit.random(ITEMS, D, 0.5, 2);
        Matrix moved = near.copy();
        for (int i = 0; i < ITEMS; i++) {
            moved.set(i, D - 1, near.get(i, D - 1) + far);
        }
        Matrix start = near.copy();
        step(objective, options, Candidates.all(ITEMS), block, users.copy(), near);
        step(objective, options, Candidates.all(ITEMS), block, users, moved);
        double furthest = 0;
        for (int i = 0; i < ITEMS; i++) {
            for (int k = 0; k < D; k++) {
                float expected = near.get(i, k) + (k == D - 1 ? far : 0);
                assertThat(moved.get(i, k)).isCloseTo(expected, Offset.offset(1e-3f));
                furthest = Math.max(furthest, Math.abs(near.get(i, k) - start.get(i, k)));
            }
        }
        assertThat(furthest).isGreaterThan(0.02);
    }

    @ParameterizedTest
    @CsvSource({"cosine, 0, 0", "cosine, 0.5, 2", "dot, 0, 0"})
    void theModelIsUnitFactorsAndOneColumnOfBiases(String similarity, double history, double averaging) {
        FactorModel model = PlantedFactors.train(
                "mine+",
                PlantedFactors.OPTIONS
                        .withTemperature(0.2)
                        .with("similarity", similarity)
                        .with("history", history)
                        .with("averaging", averaging)
                        .with("item_bias", true));
        int last = model.dimension() - 1;
        for (int user = 0; user < 50; user++) {
            assertThat(model.userFactors().get(user, last)).isEqualTo(1);
            if (similarity.equals("cosine")) {
                double[] row = doubles(model.userFactors())[user];
                assertThat(norm(row, last)).isCloseTo(1, Offset.offset(1e-5));
            }
        }
        double[][] items = doubles(model.itemFactors());
        assertThat(Arrays.stream(items).mapToDouble(row -> row[last]).average().orElseThrow())
                .isCloseTo(0, Offset.offset(1e-5));
        assertThat(Arrays.stream(items)
                        .mapToDouble(row -> Math.abs(row[last]))
                        .max()
                        .orElseThrow())
                .isGreaterThan(0.01);
    }

    private static double norm(double[] row, int columns) {
        return Math.sqrt(Arrays.stream(row, 0, columns).map(x -> x * x).sum());
    }

    @Test
    void aUserIsFoldedInWithBiases() {
        FactorModel model = PlantedFactors.train(
                "mine+", PlantedFactors.OPTIONS.withTemperature(0.2).with("item_bias", true));
        double overlap = 0;
        int users = 40;
        for (int user = 0; user < users; user++) {
            int[] history = model.known().row(user);
            float[] vector = FoldIn.vector(model, history);
            assertThat(vector[model.dimension() - 1]).isEqualTo(1);
            var trained = model.recommend(model.users().id(user), 20).stream()
                    .map(r -> r.item())
                    .toList();
            overlap += model.recommend(vector, 20, history).stream()
                            .filter(r -> trained.contains(r.item()))
                            .count()
                    / 20.0
                    / users;
        }
        assertThat(overlap).isGreaterThan(0.75);
    }
}
