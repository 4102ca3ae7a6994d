package org.mineral.algorithm.embedding.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.embedding.PlantedFactors;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.engine.RowOracle;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.LayerWeights;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.algorithm.embedding.target.UserWeights;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;

class PropagationTest {

    private static final Kernels KERNELS = KernelProvider.best();

    /**
     * Users' rows, then items', against the matrix itself:
     *
     * <pre>{@code
     * import numpy as np
     * X = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 1, 0, 1.]])
     * R = X / np.sqrt(X.sum(1, keepdims=True) * X.sum(0))
     * A = np.block([[np.zeros((3, 3)), R], [R.T, np.zeros((4, 4))]])
     * E0 = (np.arange(14).reshape(7, 2) % 5 - 2) / 2
     * for a in ([.5, .25], [.5, .3, .2], [1, .5, .25, .125]):
     *     print(sum(w * np.linalg.matrix_power(A, k) @ E0 for k, w in enumerate(a)).round(6).tolist())
     * }</pre>
     */
    @ParameterizedTest
    @CsvSource({
        "'.5,.25', '-0.537357, -0.147938, -0.125746, 0.263674, 0.551031, -0.30955, -0.426777, -0.088388,"
                + "0.25, 0.397938, -0.5, -0.161612, 0.176777, 0.073223'",
        "'.5,.3,.2', '-0.644829, -0.210859, -0.150895, 0.283075, 0.661237, -0.404793, -0.483265, -0.048331,"
                + "0.213397, 0.477526, -0.571132, -0.136199, 0.241, 0.145603'",
        "'1,.5,.25,.125', '-1.218393, -0.349011, -0.292267, 0.577115, 1.230481, -0.712638, -0.924163, -0.141436,"
                + "0.454247, 0.869845, -1.088916, -0.306189, 0.433832, 0.22219'"
    })
    void embeddingsAreThePowersOfTheAdjacency(String weights, String expected) {
        Interactions train = Interactions.of(4, new int[] {0, 1}, new int[] {1, 2}, new int[] {1, 3});
        Matrix[] start = {new Matrix(3, 2), new Matrix(4, 2)};
        for (int n = 0; n < 14; n++) {
            start[n < 6 ? 0 : 1].set((n < 6 ? n : n - 6) / 2, n % 2, (n % 5 - 2) / 2f);
        }
        double[] golden =
                Stream.of(expected.split(",")).mapToDouble(Double::parseDouble).toArray();
        try (Workers workers = new Workers(2)) {
            Propagation propagation =
                    new Propagation(train, start, weights(weights), TrainOptions.defaults(), workers, KERNELS);
            for (int n = 0; n < 14; n++) {
                Propagation.Side side = n < 6 ? propagation.users() : propagation.items();
                int row = (n < 6 ? n : n - 6) / 2;
                side.forward(RowSet.of(row, 1), StepContext.NONE);
                assertThat((double) side.vectors().get(row, n % 2)).isCloseTo(golden[n], within(2e-6));
            }
        }
    }

    private static final int USERS = 11;
    private static final int ITEMS = 270;
    private static final int DIMENSION = 3;
    private static final long SEED = 7;

    private final Interactions train = interactions();

    /** A step of gradient descent moves every parameter by minus its derivative, here the central difference. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "mine+, cosine, all, '.5,.25', 0, 0",
        "mine+, cosine, all, '.5,.3,.2', 0, 0",
        "mine+, cosine, all, '.2,.3,.1,-.4,.6', 0, 0",
        "mine+, cosine, uniform:200, '.2,.3,.1,.4', 0, 0",
        "mine+, dot, all, '0,.3,.2,.1', 0, 0",
        "bpr, dot, uniform:200, '.5,.3,.2', 0, 0",
        "mse, cosine, all, '.5,.3,.2', 0.7, 0",
        "mine+, cosine, all, '.5,.25', 0, 0.4",
        "mine+, cosine, uniform:200, '.5,.3,.2', 0, 0.4",
        "mine+, dot, all, '.2,.3,.1,.4', 0, 0.4"
    })
    void aStepMovesAllParametersAlongTheGradient(
            String loss, String similarity, String candidates, String weights, double history, double dropout) {
        TrainOptions options = TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("similarity", similarity)
                .with("candidates", candidates)
                .with("temperature", 0.5)
                .with("history", history)
                .with("layers", weights.split(",").length - 1)
                .with("layer_weights", weights)
                .with("edge_dropout", dropout);
        Objective objective = Objective.of(Losses.of(loss), options);
        int[] block = {0, 1, 2, 5, 7};
        Candidates drawn =
                CandidateSampler.of(objective.candidates(), train, true).draw(block, 5, 0);
        Matrix[] start = {SpectralInit.random(USERS, DIMENSION, 0.8, 1), SpectralInit.random(ITEMS, DIMENSION, 0.8, 2)};
        Matrix[] moved = {start[0].copy(), start[1].copy()};
        double value = step(moved, objective, options, block, drawn);

        Value reference = new Value(objective, options, block, drawn, weights(weights));
        double[][] point = new double[USERS + ITEMS][DIMENSION];
        for (int row = 0; row < point.length; row++) {
            for (int k = 0; k < DIMENSION; k++) {
                point[row][k] = at(start, row, k);
            }
        }
        assertThat(value).isCloseTo(reference.of(point), within(1e-5));
        double largest = 0;
        for (int row = 0; row < point.length; row++) {
            for (int k = 0; k < DIMENSION; k++) {
                double derivative = reference.derivative(point, row, k);
                assertThat((double) at(start, row, k) - at(moved, row, k))
                        .as("row %d, coordinate %d", row, k)
                        .isCloseTo(derivative, within(5e-6 + 1e-4 * Math.abs(derivative)));
                largest = Math.max(largest, Math.abs(derivative));
            }
        }
        assertThat(largest).isGreaterThan(0.005);
    }

    private double step(Matrix[] start, Objective objective, TrainOptions options, int[] block, Candidates drawn) {
        try (Workers workers = new Workers(2)) {
            Targets targets = Targets.of(train, options);
            Encoders encoders = Encoders.of(train, targets, start, objective, options, workers, KERNELS);
            return new BlockEngine(objective, options, encoders.users(), encoders.items(), targets, workers, KERNELS)
                    .step(block, drawn, 1, SEED);
        }
    }

    private static float at(Matrix[] tables, int row, int k) {
        return row < USERS ? tables[0].get(row, k) : tables[1].get(row - USERS, k);
    }

    /** The step's objective as a function of all parameters, in double precision, with P as a dense matrix. */
    private final class Value {

        private final Objective objective;
        private final TrainOptions options;
        private final int[] block;
        private final int[] candidates;
        private final double[] weights;
        private final int draws;
        private final double[][] p;
        private final double[] userWeights;

        Value(Objective objective, TrainOptions options, int[] block, Candidates drawn, float[] layers) {
            this.objective = objective;
            this.options = options;
            this.block = block;
            this.candidates = drawn.items() == null ? IntStream.range(0, ITEMS).toArray() : drawn.items();
            this.weights = new double[candidates.length];
            for (int j = 0; j < weights.length; j++) {
                weights[j] = drawn.relative() == null ? 1 : drawn.relative()[j];
            }
            this.draws = drawn.draws();
            this.userWeights = UserWeights.of(train, options.objective().userWeight());
            this.p = polynomial(layers);
        }

        /** By a fourth-order difference. */
        double derivative(double[][] point, int row, int k) {
            double h = 1e-3;
            double at = point[row][k];
            double[] values = new double[4];
            for (int n = 0; n < 4; n++) {
                point[row][k] = at + h * new double[] {-2, -1, 1, 2}[n];
                values[n] = of(point);
            }
            point[row][k] = at;
            return (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * h);
        }

        double of(double[][] point) {
            double[][] e = new double[point.length][];
            double value = 0;
            for (int item : candidates) {
                e[USERS + item] = propagated(point, USERS + item);
            }
            for (int u : block) {
                int[] positives = train.row(u);
                e[u] = propagated(point, u);
                for (int item : positives) {
                    e[USERS + item] = propagated(point, USERS + item);
                    double share = options.encoder().history() / Math.sqrt(positives.length) / norm(e[USERS + item]);
                    for (int k = 0; k < DIMENSION; k++) {
                        e[u][k] += share * e[USERS + item][k];
                    }
                }
                value += userWeights[u]
                        / block.length
                        * RowOracle.evaluate(
                                        objective,
                                        similarities(e, u, positives),
                                        similarities(e, u, candidates),
                                        weights,
                                        draws,
                                        ITEMS)
                                .value();
            }
            return value;
        }

        private double[] propagated(double[][] point, int row) {
            double[] e = new double[DIMENSION];
            for (int from = 0; from < point.length; from++) {
                for (int k = 0; k < DIMENSION && p[row][from] != 0; k++) {
                    e[k] += p[row][from] * point[from][k];
                }
            }
            return e;
        }

        private double[] similarities(double[][] e, int user, int[] items) {
            return IntStream.of(items)
                    .mapToDouble(i -> dot(e[user], e[USERS + i]) / norm(e[user]) / norm(e[USERS + i]))
                    .toArray();
        }

        private double norm(double[] row) {
            return objective.cosine() ? Math.sqrt(dot(row, row)) : 1;
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int k = 0; k < a.length; k++) {
                sum += a[k] * b[k];
            }
            return sum;
        }

        /**
         * a_0 + B sum_k a_k A^(k-1), where B is A without the edges that are missing in the step; to the block's users those
         * that are left weigh more.
         */
        private double[][] polynomial(float[] layers) {
            double[][] last = adjacency();
            EdgeDropout edges = new EdgeDropout(options.encoder().edgeDropout());
            int missing = 0;
            for (int u : block) {
                for (int item : train.row(u)) {
                    boolean keeps = edges.keeps(u, item, SEED);
                    last[u][USERS + item] *= keeps ? edges.weight() : 0;
                    last[USERS + item][u] *= keeps ? 1 : 0;
                    missing += keeps ? 0 : 1;
                }
            }
            assertThat(missing > 2).isEqualTo(options.encoder().edgeDropout() > 0);
            double[][] power = identity(1);
            double[][] sum = new double[power.length][power.length];
            for (int k = 1; k < layers.length; k++) {
                for (int r = 0; r < power.length; r++) {
                    for (int c = 0; c < power.length; c++) {
                        sum[r][c] += layers[k] * power[r][c];
                    }
                }
                power = times(adjacency(), power, identity(0));
            }
            return times(last, sum, identity(layers[0]));
        }

        private double[][] adjacency() {
            int[] counts = train.itemCounts();
            double[][] a = identity(0);
            for (int u = 0; u < USERS; u++) {
                for (int item : train.row(u)) {
                    a[u][USERS + item] = 1 / Math.sqrt((double) train.count(u) * counts[item]);
                    a[USERS + item][u] = a[u][USERS + item];
                }
            }
            return a;
        }

        private static double[][] identity(double scale) {
            double[][] a = new double[USERS + ITEMS][USERS + ITEMS];
            for (int r = 0; r < a.length; r++) {
                a[r][r] = scale;
            }
            return a;
        }

        /** to + a b. */
        private static double[][] times(double[][] a, double[][] b, double[][] to) {
            for (int r = 0; r < a.length; r++) {
                for (int c = 0; c < a.length; c++) {
                    for (int k = 0; k < a.length && a[r][c] != 0; k++) {
                        to[r][k] += a[r][c] * b[c][k];
                    }
                }
            }
            return to;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 'uniform', '0.33333334,0.33333334,0.33333334'",
        "0, 'auto', '1'",
        "1, 'auto', '0.75,0.25'",
        "2, 'auto', '0.25,0.25,0.5'",
        "3, 'auto', '0.25,0.125,0.5,0.125'",
        "4, 'auto', '0.1875,0.125,0.1875,0.125,0.375'",
        "1, ' 1 , -0.5 ', '1,-0.5'",
    })
    void weightsOfLayers(int layers, String text, String expected) {
        assertThat(LayerWeights.of(layers, text)).containsExactly(weights(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "2, '1,2', holds 2 of them",
        "0, '1,2', holds 2 of them",
        "1, '1,x', is no number",
        "1, '1,', is no number",
        "1, 'NaN,1', is not finite",
        "1, '0,-0', all are 0",
        "1, 'Uniform', holds 1 of them"
    })
    void weightsThatAreNoneAreRefused(int layers, String text, String found) {
        assertThatThrownBy(() -> LayerWeights.of(layers, text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(found)
                .hasMessageContaining("allowed: auto, uniform, or " + (layers + 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5})
    void onPlantedDataPropagationComesNearTheTruth(double dropout) {
        TrainOptions options =
                PlantedFactors.OPTIONS.withTemperature(0.2).with("layers", 2).with("edge_dropout", dropout);
        assertThat(PlantedFactors.ndcg(PlantedFactors.train("mine+", options)))
                .isGreaterThan(2.5 * PlantedFactors.popularity())
                .isGreaterThan(0.6 * PlantedFactors.truth());
    }

    static Stream<Arguments> everything() {
        return Stream.concat(
                Losses.names().stream().map(loss -> Arguments.of(loss, "adam", "auto")),
                Stream.of("adagrad", "sgd")
                        .flatMap(
                                optimizer -> Stream.of("dot", "cosine").map(s -> Arguments.of("mine+", optimizer, s))));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyLossSimilarityAndOptimiserWorksWithIt(String loss, String optimizer, String similarity) {
        TrainOptions options = PlantedFactors.OPTIONS
                .with("optimizer", optimizer)
                .with("similarity", similarity)
                .with("layers", 2);
        assertThat(PlantedFactors.ndcg(PlantedFactors.train(loss, options))).isGreaterThan(PlantedFactors.popularity());
    }

    private static float[] weights(String text) {
        return LayerWeights.of(text.split(",").length - 1, text);
    }

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        for (int u = 0; u < USERS; u++) {
            rows[u] = u == 4
                    ? new int[0]
                    : random.ints(1 + random.nextInt(9), 0, u % 2 == 0 ? 20 : ITEMS)
                            .toArray();
        }
        return Interactions.of(ITEMS, rows);
    }
}
