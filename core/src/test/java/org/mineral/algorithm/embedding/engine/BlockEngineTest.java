package org.mineral.algorithm.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.candidate.Candidates;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.loss.TestLosses;
import org.mineral.loss.row.Loss;

/**
 * One step of plain gradient descent moves every parameter by minus its gradient, so a step shows the engine's gradient.
 * It is held against the double-precision reference of one row, chained through the similarity by hand.
 */
public class BlockEngineTest {

    private static final int USERS = 29;
    private static final int ITEMS = 600;
    private static final int DIMENSION = 19;

    private static final Matrix USER_START = SpectralInit.random(USERS, DIMENSION, 0.4, 1);
    private static final Matrix ITEM_START = SpectralInit.random(ITEMS, DIMENSION, 0.4, 2);
    private static final double[] USER_NORMS = norms(USER_START);
    private static final double[] ITEM_NORMS = norms(ITEM_START);

    private final Interactions train = interactions();
    private float @Nullable [] counts;

    static Stream<Arguments> cases() {
        return Losses.names().stream()
                .flatMap(loss -> Stream.of("all", "uniform:700", "popularity:300:0.5", "in-batch", "mixed:64")
                        .flatMap(candidates -> Stream.of("cosine", "dot").map(s -> Arguments.of(loss, candidates, s))));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("cases")
    void aStepMovesAlongTheReferenceGradient(String name, String candidates, String similarity) {
        Loss loss = Losses.of(name);
        check(loss, candidates, similarity);
        counts = counts();
        check(loss, candidates, similarity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosine", "dot"})
    void aStepOfAPooledLossMovesAlongTheReferenceGradient(String similarity) {
        for (Loss loss : new Loss[] {Losses.minePlus(1.2, 0.3), Losses.infoNcePlus(0.5, 1.1, 0.6)}) {
            check(loss, "all", similarity);
            counts = counts();
            check(loss, "uniform:700", similarity);
        }
    }

    static Stream<Arguments> otherForms() {
        return TestLosses.all()
                .flatMap(loss -> Stream.of("all", "popularity:300:0.5")
                        .flatMap(candidates -> Stream.of("cosine", "dot").map(s -> Arguments.of(loss, candidates, s))));
    }

    @ParameterizedTest
    @MethodSource("otherForms")
    void aStepOfALossThatNeedsMoreThanOneSumMovesAlongTheReferenceGradient(
            Loss loss, String candidates, String similarity) {
        check(loss, candidates, similarity);
        counts = counts();
        check(loss, candidates, similarity);
    }

    private void check(Loss loss, String candidates, String similarity) {
        TrainOptions options = TrainOptions.defaults()
                .with("optimizer", "sgd")
                .with("dimension", DIMENSION)
                .with("similarity", similarity)
                .with("candidates", candidates)
                .with("user_weight", 0.5)
                .with("candidate_weight", similarity.equals("dot") ? -0.3 : 0.0)
                .with("temperature", 0.4);
        Objective objective = Objective.of(loss, options);
        int[] block = IntStream.range(0, USERS).filter(u -> train.count(u) > 0).toArray();
        Candidates drawn =
                CandidateSampler.of(objective.candidates(), train, true).draw(block, 5, 0);
        Reference reference = new Reference(objective, options, drawn, block);
        for (Kernels kernels : new Kernels[] {KernelProvider.scalar(), KernelProvider.best()}) {
            for (int threads : new int[] {1, 3}) {
                check(objective, options, drawn, block, reference, kernels, threads);
            }
        }
    }

    private void check(
            Objective objective,
            TrainOptions options,
            Candidates drawn,
            int[] block,
            Reference reference,
            Kernels kernels,
            int threads) {
        Matrix userEnd = USER_START.copy();
        Matrix itemEnd = ITEM_START.copy();
        double value;
        try (Workers workers = new Workers(threads)) {
            Encoder users = Encoders.plainUsers(userEnd, objective, options, kernels);
            Encoder items = Encoders.plainItems(itemEnd, objective, options, kernels);
            value = new BlockEngine(
                            objective, options, users, items, Targets.of(train, counts, options), workers, kernels)
                    .step(block, drawn, 1, 7);
        }
        assertThat(value).isCloseTo(reference.value, Offset.offset(2e-4 * (1 + Math.abs(reference.value))));
        compare(USER_START, userEnd, reference.userGradients);
        compare(ITEM_START, itemEnd, reference.itemGradients);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "uniform:700"})
    void whereArraysBeginChangesNoBit(String candidates) {
        assertThat(afterThreeSteps(candidates, 10)).isEqualTo(afterThreeSteps(candidates, 0));
    }

    private float[] afterThreeSteps(String drawnFrom, int begin) {
        TrainOptions options =
                TrainOptions.defaults().with("dimension", DIMENSION).with("candidates", drawnFrom);
        Objective objective = Objective.of(Losses.minePlus(1.2), options);
        int[] block = IntStream.range(0, USERS).filter(u -> train.count(u) > 0).toArray();
        Matrix userEnd = USER_START.copy();
        Matrix itemEnd = ITEM_START.copy();
        Kernels kernels = KernelProvider.best();
        try (Workers workers = new Workers(2)) {
            Encoder users = Encoders.plainUsers(userEnd, objective, options, kernels);
            Encoder items = Encoders.plainItems(itemEnd, objective, options, kernels);
            BlockEngine engine =
                    new BlockEngine(objective, options, users, items, Targets.of(train, options), workers, kernels);
            CandidateSampler sampler = CandidateSampler.of(objective.candidates(), train, true);
            for (int step = 0; step < 3; step++) {
                engine.step(block, sampler.draw(block, 5, step), 0.1, step);
                // From the second step on every array begins elsewhere than at its beginning.
                engine.align((array, otherwise) -> begin);
            }
        }
        return itemEnd.values();
    }

    private static void compare(Matrix start, Matrix end, double[][] gradients) {
        double scale = 0;
        for (double[] row : gradients) {
            for (double g : row) {
                scale = Math.max(scale, Math.abs(g));
            }
        }
        for (int r = 0; r < gradients.length; r++) {
            for (int k = 0; k < DIMENSION; k++) {
                double moved = (double) start.get(r, k) - end.get(r, k);
                // Written so that NaN fails; an assertion object for each of a million values would take half a minute.
                if (!(Math.abs(moved - gradients[r][k]) <= 1e-3 * scale + 3e-6)) {
                    fail("row %d, coordinate %d moved by %s, reference %s", r, k, moved, gradients[r][k]);
                }
            }
        }
    }

    /** The same objective, pair by pair, in double precision. */
    private final class Reference {

        final double[][] userGradients = new double[USERS][DIMENSION];
        final double[][] itemGradients = new double[ITEMS][DIMENSION];
        double value;

        Reference(Objective objective, TrainOptions options, Candidates drawn, int[] block) {
            int[] candidates = drawn.items() == null ? IntStream.range(0, ITEMS).toArray() : drawn.items();
            double[] weights =
                    weights(objective, drawn, candidates, options.objective().candidateWeight());
            double[] userWeights = userWeights(options.objective().userWeight());
            for (int u : block) {
                double weight = userWeights[u] / block.length;
                row(objective, weight, u, candidates, weights, drawn.draws());
            }
        }

        private void row(Objective objective, double weight, int u, int[] candidates, double[] weights, int draws) {
            int[] positives = train.row(u);
            RowOracle.Result result = RowOracle.evaluate(
                    objective,
                    similarities(objective, u, positives),
                    shares(u),
                    IntStream.of(positives)
                            .map(i -> Arrays.binarySearch(candidates, i))
                            .mapToDouble(j -> j < 0 ? 0 : weights[j])
                            .toArray(),
                    similarities(objective, u, candidates),
                    weights,
                    draws,
                    ITEMS);
            value += weight * result.value();
            for (int i = 0; i < positives.length; i++) {
                chain(objective, u, positives[i], weight * result.positives()[i]);
            }
            for (int j = 0; j < candidates.length; j++) {
                chain(objective, u, candidates[j], weight * result.candidates()[j]);
            }
        }

        private double[] shares(int u) {
            return IntStream.range(train.begin(u), train.end(u))
                    .mapToDouble(k -> (counts == null ? 1.0 : counts[k]) / train.count(u))
                    .toArray();
        }

        private double[] similarities(Objective objective, int u, int[] which) {
            return IntStream.of(which)
                    .mapToDouble(i -> dot(u, i) / (objective.cosine() ? USER_NORMS[u] * ITEM_NORMS[i] : 1))
                    .toArray();
        }

        private void chain(Objective objective, int u, int i, double g) {
            double a = objective.cosine() ? USER_NORMS[u] : 1;
            double b = objective.cosine() ? ITEM_NORMS[i] : 1;
            double s = dot(u, i) / (a * b);
            for (int k = 0; k < DIMENSION; k++) {
                double x = USER_START.get(u, k) / a;
                double y = ITEM_START.get(i, k) / b;
                userGradients[u][k] += g * (objective.cosine() ? (y - s * x) / a : y);
                itemGradients[i][k] += g * (objective.cosine() ? (x - s * y) / b : x);
            }
        }

        private double[] userWeights(double a) {
            double[] weights = new double[USERS];
            double total = 0;
            int active = 0;
            for (int u = 0; u < USERS; u++) {
                if (train.count(u) > 0) {
                    weights[u] = Math.pow(train.count(u), a);
                    total += weights[u];
                    active++;
                }
            }
            for (int u = 0; u < USERS; u++) {
                weights[u] *= active / total;
            }
            return weights;
        }
    }

    private double[] weights(Objective objective, Candidates drawn, int[] candidates, double power) {
        double[] items = IntStream.of(train.itemCounts())
                .mapToDouble(n -> Math.pow(Math.max(1, n), power))
                .toArray();
        double mean = DoubleStream.of(items).average().orElseThrow();
        double[] weights = new double[candidates.length];
        for (int j = 0; j < weights.length; j++) {
            double relative = drawn.relative() == null ? 1 : drawn.relative()[j];
            weights[j] = (objective.estimatesTotal() ? relative * ITEMS / drawn.draws() : relative)
                    * items[candidates[j]]
                    / mean;
        }
        return weights;
    }

    /** Anything above 0 whose mean is 1 for every user. */
    private float[] counts() {
        SplittableRandom random = new SplittableRandom(8);
        double[] drawn = random.doubles(train.size(), 0.2, 2).toArray();
        float[] scaled = new float[drawn.length];
        for (int u = 0; u < USERS; u++) {
            double mean = IntStream.range(train.begin(u), train.end(u))
                    .mapToDouble(k -> drawn[k])
                    .average()
                    .orElse(1);
            for (int k = train.begin(u); k < train.end(u); k++) {
                scaled[k] = (float) (drawn[k] / mean);
            }
        }
        return scaled;
    }

    private static double dot(int user, int item) {
        double sum = 0;
        for (int k = 0; k < DIMENSION; k++) {
            sum += (double) USER_START.get(user, k) * ITEM_START.get(item, k);
        }
        return sum;
    }

    private static double[] norms(Matrix a) {
        return IntStream.range(0, a.rows())
                .mapToDouble(r -> {
                    double squares = 0;
                    for (float x : a.row(r)) {
                        squares += (double) x * x;
                    }
                    return Math.sqrt(squares);
                })
                .toArray();
    }

    private static Interactions interactions() {
        SplittableRandom random = new SplittableRandom(3);
        int[][] rows = new int[USERS][];
        for (int u = 0; u < USERS; u++) {
            rows[u] = u == 4
                    ? new int[0]
                    : random.ints(1 + random.nextInt(12), 0, ITEMS).toArray();
        }
        return Interactions.of(ITEMS, rows);
    }
}
