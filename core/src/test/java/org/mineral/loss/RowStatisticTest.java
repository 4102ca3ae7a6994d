package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.RowSummary;

/** A row's statistics against their definitions, whole and merged from parts. */
class RowStatisticTest {

    private static final double[] SCORES = {0.3, -1, 0.7, 0.7, 2, -0.2, 0.1};
    private static final double[] WEIGHTS = {1, 2, 0.5, 1.5, 1, 0, 3};

    static Stream<RowStatistic> statistics() {
        RowStatistic quantile = RowStatistic.quantile(3.5);
        return Stream.of(
                RowStatistic.sum(Phi.EXP),
                RowStatistic.sum(Phi.SQUARE),
                RowStatistic.sum(Phi.SOFTPLUS),
                RowStatistic.sum(Phi.hinge(0.2)),
                RowStatistic.sum(new TestLosses.SigmoidPower(2)),
                RowStatistic.sumFrom(quantile, Phi.EXP),
                RowStatistic.sumFrom(quantile, Phi.SQUARE),
                RowStatistic.softMean(Phi.SQUARE),
                RowStatistic.softMean(new TestLosses.SigmoidPower(2)),
                RowStatistic.maximum(),
                RowStatistic.countAbove(0.2),
                quantile,
                RowStatistic.quantile(1e9));
    }

    private static RowSummary summary(RowStatistic statistic, double[] scores, double[] weights) {
        RowSummary summary = statistic.summary(0.4);
        for (int j = 0; j < scores.length; j++) {
            summary.add(scores[j], weights[j]);
        }
        return summary;
    }

    @Test
    void equalTheirDefinitions() {
        double exponentials = IntStream.range(0, SCORES.length)
                .mapToDouble(j -> WEIGHTS[j] * Math.exp(SCORES[j]))
                .sum();
        assertValue(RowStatistic.sum(Phi.EXP), Math.log(exponentials));
        assertValue(RowStatistic.sumFrom(RowStatistic.maximum(), Phi.EXP), Math.log(exponentials) - 0.4);
        assertValue(RowStatistic.sum(Phi.hinge(0.2)), 0.1 + 0.5 * 0.5 + 1.5 * 0.5 + 1.8);
        assertValue(RowStatistic.sumFrom(RowStatistic.maximum(), Phi.hinge(0.2)), 0.5 * 0.1 + 1.5 * 0.1 + 1.4);
        double squares = IntStream.range(0, SCORES.length)
                .mapToDouble(j -> WEIGHTS[j] * Math.exp(SCORES[j]) * SCORES[j] * SCORES[j])
                .sum();
        assertValue(RowStatistic.softMean(Phi.SQUARE), squares / exponentials);
        assertValue(RowStatistic.maximum(), 2);
        assertValue(RowStatistic.countAbove(0.2), 4);
        assertValue(RowStatistic.countAbove(0.7), 1);
        assertValue(RowStatistic.quantile(1), 2);
        assertValue(RowStatistic.quantile(1.25), 0.7);
        assertValue(RowStatistic.quantile(3), 0.7);
        assertValue(RowStatistic.quantile(3.5), 0.3);
        assertValue(RowStatistic.quantile(7.5), -1);
        assertValue(RowStatistic.quantile(90), -1);
    }

    private static void assertValue(RowStatistic statistic, double expected) {
        assertThat(summary(statistic, SCORES, WEIGHTS).value())
                .as("%s", statistic)
                .isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("statistics")
    void derivativesAreThoseOfTheValue(RowStatistic statistic) {
        double h = 1e-6;
        RowSummary whole = summary(statistic, SCORES, WEIGHTS);
        for (int j = 0; j < SCORES.length; j++) {
            if (SCORES[j] != 0.7) { // a tie has no derivative, only two slopes
                double[] up = SCORES.clone();
                double[] down = SCORES.clone();
                up[j] += h;
                down[j] -= h;
                double slope = (summary(statistic, up, WEIGHTS).value()
                                - summary(statistic, down, WEIGHTS).value())
                        / (2 * h);
                assertThat(whole.derivative(SCORES[j], WEIGHTS[j])).isCloseTo(slope, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("statistics")
    void mergedPartsAreTheWhole(RowStatistic statistic) {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 50; trial++) {
            int n = random.nextInt(40);
            // Rounded, so that there are ties within parts and across them.
            double[] scores =
                    random.doubles(n, -3, 3).map(s -> Math.rint(2 * s) / 2).toArray();
            double[] weights = random.doubles(n, 0, 2).map(w -> w < 0.3 ? 0 : w).toArray();
            RowSummary whole = summary(statistic, scores, weights);
            RowSummary merged = statistic.summary(0.4);
            int cut = random.nextInt(n + 1);
            int second = cut + random.nextInt(n - cut + 1);
            for (int[] part : new int[][] {{cut, second}, {0, cut}, {second, n}}) {
                merged.merge(summary(
                        statistic,
                        Arrays.copyOfRange(scores, part[0], part[1]),
                        Arrays.copyOfRange(weights, part[0], part[1])));
            }
            assertClose(merged.value(), whole.value());
            for (int j = 0; j < n; j++) {
                assertClose(merged.derivative(scores[j], weights[j]), whole.derivative(scores[j], weights[j]));
            }
        }
    }

    /** Written so that infinities are equal and NaN is to nothing. */
    private static void assertClose(double found, double expected) {
        assertThat(found == expected || Math.abs(found - expected) <= 1e-12 * (1 + Math.abs(expected)))
                .as("%s for %s", found, expected)
                .isTrue();
    }

    @Test
    void tiesShareADerivativeOfOne() {
        double[] ones = {1, 1, 1, 1};
        double[] scores = {0.5, 2, 2, 2};
        for (RowStatistic statistic : List.of(RowStatistic.maximum(), RowStatistic.quantile(2))) {
            RowSummary summary = summary(statistic, scores, ones);
            assertThat(summary.derivative(2, 1)).isEqualTo(1.0 / 3);
            assertThat(summary.derivative(0.5, 1)).isZero();
        }
    }

    @Test
    void quantilesOfManyCandidatesAreThoseOfSortedScores() {
        SplittableRandom random = new SplittableRandom(8);
        for (int n : new int[] {1, 63, 64, 65, 1000, 20_000}) {
            // Rounded, so that there are ties.
            double[] scores =
                    random.doubles(n, -1, 1).map(s -> Math.rint(500 * s) / 500).toArray();
            double[] sorted = scores.clone();
            Arrays.sort(sorted);
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            for (int count : new int[] {1, 2, 50, n / 3 + 1, n}) {
                double expected = sorted[Math.max(0, n - count)];
                RowSummary found = summary(RowStatistic.quantile(count), scores, ones);
                assertThat(found.value()).as("%d of %d", count, n).isEqualTo(expected);
                long ties = Arrays.stream(scores).filter(s -> s == expected).count();
                assertThat(found.derivative(expected, 1)).isEqualTo(1.0 / ties);
                assertThat(found.derivative(expected + 1, 1)).isZero();
            }
        }
    }

    @Test
    void aThresholdIsAQuantileWithoutADerivative() {
        RowSummary threshold = summary(RowStatistic.threshold(3.5), SCORES, WEIGHTS);
        assertThat(threshold.value()).isEqualTo(0.3);
        assertThat(threshold.derivative(0.3, 1)).isZero();
    }

    @Test
    void scoresOfAThousandStayFinite() {
        RowSummary summary = summary(RowStatistic.sum(Phi.EXP), new double[] {-1e3, 1e3, 1e3}, new double[] {1, 1, 1});
        assertThat(summary.value()).isCloseTo(1e3 + Math.log(2), within(1e-9));
        assertThat(summary.derivative(1e3, 1)).isCloseTo(0.5, within(1e-9));
        assertThat(RowStatistic.sum(Phi.EXP).summary(0).value()).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void constantsComeBeforeTheirUses() {
        RowStatistic quantile = RowStatistic.quantile(3);
        RowStatistic sum = RowStatistic.sumFrom(quantile, Phi.EXP);
        assertThat(RowStatistic.origin(List.of(RowStatistic.maximum(), quantile, sum), 2))
                .isEqualTo(1);
        assertThat(RowStatistic.origin(List.of(quantile, sum), 0)).isEqualTo(-1);
        assertThatThrownBy(() -> RowStatistic.origin(List.of(sum, quantile), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not come before");
        assertThatThrownBy(() -> RowStatistic.quantile(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
