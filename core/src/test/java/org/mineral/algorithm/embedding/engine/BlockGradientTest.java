package org.mineral.algorithm.embedding.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.candidate.Candidates;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.Losses;
import org.mineral.loss.RowEvaluator;
import org.mineral.loss.TestLosses;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.Similarity;

/** A block by itself: plain arrays in, gradients out, nothing moves. */
class BlockGradientTest {

    private static final int ROWS = 29;
    private static final int ITEMS = 300;
    private static final int D = 16;
    private static final double T = 0.8;

    private final Matrix rowVectors = SpectralInit.random(ROWS, D, 0.4, 1);
    private final Matrix items = SpectralInit.random(ITEMS, D, 0.4, 2);

    static Stream<Loss> losses() {
        return Stream.concat(Losses.names().stream().map(Losses::of), TestLosses.all());
    }

    private static int[] positives(int row) {
        return new int[] {row, 100 + row, 299 - row};
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientsAreThoseOfTheRowsInDoublePrecision(Loss loss) {
        TrainOptions options = TrainOptions.defaults().with("similarity", "dot").with("temperature", T);
        Objective objective = Objective.of(loss, options);
        double t = objective.temperature();
        Kernels kernels = KernelProvider.best();
        float[] before = items.values().clone();
        try (Workers workers = new Workers(1)) {
            PackedCandidates candidates = new PackedCandidates(items, false, null, kernels, workers);
            candidates.fill(Candidates.all(ITEMS));
            BlockGradient block = new BlockGradient(objective, options, candidates, kernels);
            fill(block, t);
            ThreadScratch scratch = block.scratch();
            float[][] found = new float[ROWS][];
            for (int[] group : new int[][] {{0, 12}, {12, ROWS}}) {
                block.pass(group[0], group[1], scratch, true);
                for (int u = group[0]; u < group[1]; u++) {
                    found[u] = block.finish(u, scratch).clone();
                }
            }
            float[] strip = new float[Kernels.STRIP * items.stride()];
            double value = 0;
            double[][] ofItems = new double[ITEMS][D];
            for (int u = 0; u < ROWS; u++) {
                double weight = block.rows.weights[u];
                RowEvaluator.Result row = row(loss, t, u);
                value += weight * row.value();
                double[] ofRow = new double[D];
                for (int k = 0; k < D; k++) {
                    for (int j = 0; j < ITEMS; j++) {
                        ofRow[k] += weight * row.gradCandidates()[j] * items.get(j, k);
                        ofItems[j][k] += weight * row.gradCandidates()[j] * rowVectors.get(u, k);
                    }
                    for (int i = 0; i < 3; i++) {
                        ofRow[k] += weight * row.gradPositives()[i] * items.get(positives(u)[i], k);
                    }
                }
                assertThat(doubles(found[u])).as("row %d", u).containsExactly(ofRow, within(tolerance(ofRow)));
                for (int i = 0; i < 3; i++) {
                    double expected = weight * row.gradPositives()[i] * t;
                    assertThat((double) block.rows.positiveGradients[3 * u + i])
                            .isCloseTo(expected, within(1e-4 * Math.abs(expected) + 1e-7));
                }
            }
            assertThat(block.loss()).isCloseTo(value, within(1e-4 * (1 + Math.abs(value))));
            for (int s = 0; s < candidates.strips(); s++) {
                block.candidates(s, scratch, strip);
                for (int j = s * Kernels.STRIP; j < Math.min(ITEMS, (s + 1) * Kernels.STRIP); j++) {
                    int at = (j - s * Kernels.STRIP) * items.stride();
                    assertThat(doubles(Arrays.copyOfRange(strip, at, at + D)))
                            .as("candidate %d", j)
                            .containsExactly(ofItems[j], within(tolerance(ofItems[j])));
                }
            }
        }
        assertThat(items.values()).isEqualTo(before);
    }

    private void fill(BlockGradient block, double t) {
        block.begin(ROWS, 3 * ROWS);
        block.rows.begin = IntStream.rangeClosed(0, ROWS).map(u -> 3 * u).toArray();
        block.rows.positives = IntStream.range(0, ROWS)
                .flatMap(u -> IntStream.of(positives(u)))
                .toArray();
        block.rows.positiveGradients = new float[3 * ROWS];
        for (int u = 0; u < ROWS; u++) {
            block.rows.temperatures[u] = t;
            block.rows.weights[u] = (1 + u % 3) / 10.0;
            for (int k = 0; k < D; k++) {
                block.rows.vectors[u * items.stride() + k] = (float) (rowVectors.get(u, k) / t);
            }
        }
    }

    private RowEvaluator.Result row(Loss loss, double t, int u) {
        double[] all = IntStream.range(0, ITEMS).mapToDouble(j -> dot(u, j)).toArray();
        double[] own = IntStream.of(positives(u)).mapToDouble(j -> all[j]).toArray();
        return RowEvaluator.of(loss)
                .withSimilarity(Similarity.DOT)
                .withTemperature(t)
                .evaluateWithHits(own, new double[] {1, 1, 1}, all, null);
    }

    private double dot(int u, int j) {
        double sum = 0;
        for (int k = 0; k < D; k++) {
            sum += (double) rowVectors.get(u, k) * items.get(j, k);
        }
        return sum;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, D).mapToDouble(k -> values[k]).toArray();
    }

    private static double tolerance(double[] of) {
        return 1e-3 * Arrays.stream(of).map(Math::abs).max().orElseThrow() + 1e-6;
    }
}
