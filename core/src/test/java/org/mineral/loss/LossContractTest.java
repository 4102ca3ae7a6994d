package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mineral.candidate.CandidateSpec;
import org.mineral.config.Config;
import org.mineral.loss.listwise.SampledSoftmax;
import org.mineral.loss.pointwise.Mse;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/** What every registered loss must do; a new one is picked up by itself. */
class LossContractTest {

    private static final double[] TEMPERATURES = {0.1, 0.15, 0.5, 1};

    static Stream<Loss> losses() {
        return Stream.concat(
                Losses.names().stream().map(Losses::of),
                Stream.of(
                        Losses.sampledSoftmax(SampledSoftmax.Pooling.OUTSIDE),
                        Losses.infoNcePlus(0.7, 1.3),
                        Losses.infoNcePlus(0.7, 0.9),
                        Losses.infoNcePlus(0.7, 0.9, 0.4),
                        Losses.minePlus(1.2, 0.3),
                        Losses.debiasedInfoNce(0.1),
                        Losses.of("psl", Map.of("activation", "relu")),
                        Losses.of("psl", Map.of("activation", "atan", "power", "20")),
                        Losses.ccl(-0.2, 3),
                        Losses.of("debiased-ccl", Map.of("margin", "0", "negative_weight", "2"))));
    }

    static Stream<Loss> monotone() {
        return losses().filter(Loss::monotone);
    }

    static Stream<Loss> notMonotone() {
        return losses().filter(loss -> !loss.monotone());
    }

    /** And what must be true of a loss that is not registered, too. */
    static Stream<Loss> allForms() {
        return Stream.concat(losses(), TestLosses.differentiable());
    }

    static Stream<Loss> differentiated() {
        return allForms().filter(Loss::differentiated);
    }

    @ParameterizedTest
    @MethodSource("differentiated")
    void gradientsAgreeWithFiniteDifferences(Loss loss) {
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 60; trial++) {
            RowEvaluator evaluator = RowEvaluator.of(loss)
                    .withTemperature(TEMPERATURES[trial % 4])
                    .withItems(trial % 2 * 50);
            double[] p = row(random, 1 + random.nextInt(5));
            double[] c = row(random, 1 + random.nextInt(9));
            double[] w = random.doubles(c.length, 0.2, 3).toArray();
            double[] counts = random.doubles(p.length, 0.2, 3).toArray();
            DoubleSupplier value = () -> evaluator.evaluate(p, counts, c, w).value();
            RowEvaluator.Result result = evaluator.evaluate(p, counts, c, w);
            for (int k = 0; k < p.length; k++) {
                assertSlope(value, p, k, result.gradPositives()[k]);
            }
            for (int k = 0; k < c.length; k++) {
                assertSlope(value, c, k, result.gradCandidates()[k]);
            }
        }
    }

    private static void assertSlope(DoubleSupplier value, double[] moved, int k, double gradient) {
        double at = moved[k];
        double h = 1e-6;
        moved[k] = at + h;
        double up = value.getAsDouble();
        moved[k] = at - h;
        double down = value.getAsDouble();
        moved[k] = at;
        double middle = value.getAsDouble();
        // At a kink of a hinge or a floor the one-sided slopes differ, and the gradient is one of them.
        if (Math.abs((up - middle) - (middle - down)) < 1e-3 * h) {
            assertThat(gradient).isCloseTo((up - down) / (2 * h), within(1e-5 * (1 + Math.abs(gradient))));
        }
    }

    /** Those that measure scores from a threshold which they hold constant. */
    static Stream<RowLoss> fromThresholds() {
        return Stream.concat(losses(), TestLosses.all())
                .filter(loss -> loss instanceof RowLoss row
                        && row.statistics().stream().anyMatch(RowStatistic.SumFrom.class::isInstance))
                .map(RowLoss.class::cast);
    }

    /** What a loss answers are the derivatives of its value with respect to its positives and to each statistic that is not constant. */
    @ParameterizedTest
    @MethodSource("fromThresholds")
    void gradientsAgreeWithFiniteDifferencesWhereTheThresholdStays(RowLoss loss) {
        SplittableRandom random = new SplittableRandom(3);
        List<RowStatistic> statistics = loss.statistics();
        for (int trial = 0; trial < 60; trial++) {
            Row row = new Row(3, statistics.size());
            row.resize(3);
            row.m = 7;
            row.items = 9;
            System.arraycopy(row(random, 3), 0, row.positives, 0, 3);
            row.statistics[0] = random.nextDouble(-0.5, 0.5);
            for (int k = 1; k < statistics.size(); k++) {
                row.statistics[k] = random.nextDouble(0.1, 3);
            }
            loss.evaluate(row);
            double[] own = row.positiveGradients.clone();
            double[] answers = row.statisticGradients.clone();
            for (int i = 0; i < 3; i++) {
                assertSlope(() -> loss.evaluate(row), row.positives, i, own[i]);
            }
            for (int k = 1; k < statistics.size(); k++) {
                assertSlope(() -> loss.evaluate(row), row.statistics, k, answers[k]);
            }
        }
    }

    /** The rank of WARP is a number of candidates: within the margin it does not change, and the gradient is a derivative. */
    @Test
    void theGradientOfWarpIsADerivativeWhereTheRankStays() {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 60; trial++) {
            RowEvaluator evaluator = RowEvaluator.of(Losses.of("warp")).withTemperature(TEMPERATURES[trial % 4]);
            double[] p = row(random, 3);
            double[] c = row(random, 5);
            RowEvaluator.Result result =
                    evaluator.withSimilarity(Similarity.COSINE).evaluate(p, c);
            for (int k = 0; k < p.length; k++) {
                assertSlope(() -> evaluator.evaluate(p, c).value(), p, k, result.gradPositives()[k]);
            }
            for (int k = 0; k < c.length; k++) {
                assertSlope(() -> evaluator.evaluate(p, c).value(), c, k, result.gradCandidates()[k]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("allForms")
    void aPositiveOfWeightTwoEqualsTwoPositives(Loss loss) {
        double[] candidates = {0.3, -0.2, 0.6};
        RowEvaluator.Result once = RowEvaluator.of(loss)
                .withItems(40)
                .evaluate(new double[] {0.7, 0.1}, new double[] {2, 1}, candidates, null);
        // What stays is the size of the catalogue, or the chance n_u / #I that a candidate is a positive.
        int items = same(once, twice(loss, candidates, 40)) ? 40 : 60;
        RowEvaluator.Result twice = twice(loss, candidates, items);
        double[] own = {twice.gradPositives()[0] + twice.gradPositives()[1], twice.gradPositives()[2]};
        assertThat(once.gradPositives()).containsExactly(own, within(1e-12));
        assertThat(once.gradCandidates()).containsExactly(twice.gradCandidates(), within(1e-12));
        // One logarithm outside the sum over the positives knows how many there are.
        double more = loss.equals(Losses.sampledSoftmax(SampledSoftmax.Pooling.OUTSIDE)) ? Math.log(1.5) : 0;
        assertThat(once.value()).isCloseTo(twice.value() + more, within(1e-12));
    }

    private static boolean same(RowEvaluator.Result once, RowEvaluator.Result twice) {
        return Math.abs(once.gradPositives()[1] - twice.gradPositives()[2]) < 1e-12;
    }

    private static RowEvaluator.Result twice(Loss loss, double[] candidates, int items) {
        return RowEvaluator.of(loss).withItems(items).evaluate(new double[] {0.7, 0.7, 0.1}, candidates);
    }

    @ParameterizedTest
    @MethodSource("monotone")
    void aHigherPositiveNeverCostsAndAHigherCandidateNeverPays(Loss loss) {
        SplittableRandom random = new SplittableRandom(2);
        boolean similarityOnly = loss instanceof Mse;
        for (int trial = 0; trial < 200; trial++) {
            RowEvaluator evaluator = RowEvaluator.of(loss).withTemperature(TEMPERATURES[trial % 4]);
            double[] p = row(random, 1 + random.nextInt(4));
            double[] c = row(random, 1 + random.nextInt(6));
            if (similarityOnly) {
                // Squares turn at 0, and at 1 for positives: monotone only between them.
                c = Arrays.stream(c).map(Math::abs).toArray();
            }
            double before = evaluator.evaluate(p, c).value();
            double[] betterP = p.clone();
            int i = random.nextInt(p.length);
            betterP[i] += (1 - p[i]) * random.nextDouble();
            assertThat(evaluator.evaluate(betterP, c).value()).isLessThanOrEqualTo(before + 1e-12);
            double[] higherC = c.clone();
            int j = random.nextInt(c.length);
            higherC[j] += (1 - c[j]) * random.nextDouble();
            assertThat(evaluator.evaluate(p, higherC).value()).isGreaterThanOrEqualTo(before - 1e-12);
        }
    }

    /** A declaration that is true of every row is none. */
    @ParameterizedTest
    @MethodSource("notMonotone")
    void whatIsDeclaredNotToBeMonotoneIsNot(Loss loss) {
        SplittableRandom random = new SplittableRandom(2);
        boolean found = false;
        for (int trial = 0; trial < 4000 && !found; trial++) {
            RowEvaluator evaluator = RowEvaluator.of(loss).withTemperature(TEMPERATURES[trial % 4]);
            double[] p = row(random, 1 + random.nextInt(4));
            double[] c = row(random, 1 + random.nextInt(30));
            double before = evaluator.evaluate(p, c).value();
            double[] moved = trial % 2 == 0 ? p : c;
            int k = random.nextInt(moved.length);
            moved[k] += (1 - moved[k]) * random.nextDouble();
            double gain = evaluator.evaluate(p, c).value() - before;
            found = (trial % 2 == 0 ? gain : -gain) > 1e-9;
        }
        assertThat(found).isTrue();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void extremeScoresStayFinite(Loss loss) {
        RowEvaluator evaluator =
                RowEvaluator.of(loss).withSimilarity(Similarity.DOT).withTemperature(1);
        double[][] rows = {{1e3, -1e3}, {-1e3}, {1e3}, {0, 1e3, -1e3}, {1e3, 1e3 + 1e-13}};
        for (double[] p : rows) {
            for (double[] c : rows) {
                RowEvaluator.Result result = evaluator.evaluate(p, c);
                assertThat(result.value()).isFinite();
                assertThat(result.gradPositives()).doesNotContain(Double.NaN);
                assertThat(result.gradCandidates()).doesNotContain(Double.NaN);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void aRowWhoseCandidatesWereAllMaskedStaysUsable(Loss loss) {
        if (loss instanceof SummedLoss summed) {
            Row row = new Row(2);
            row.resize(2);
            row.positives[0] = 0.5;
            row.m = 4;
            row.items = 4;
            row.statistics[0] = summed.phi() == Phi.EXP ? Double.NEGATIVE_INFINITY : 0;
            assertThat(summed.evaluate(row)).isFinite();
            assertThat(row.statisticGradients[0]).isFinite();
            assertThat(row.positiveGradients).doesNotContain(Double.NaN);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void saysWhatItIs(Loss loss) {
        LossType type = Losses.typeOf(loss);
        assertThat(type.formula()).isNotBlank();
        assertThat(type.source()).isNotBlank();
        assertThat(Losses.of(type.name(), Losses.parameters(loss))).isEqualTo(loss);
        assertThat(Config.describe(Losses.recordOf(type.name())))
                .allSatisfy(setting -> assertThat(setting.doc()).isNotBlank());
        assertThat(CandidateSpec.parse(type.candidates())).isNotNull();
    }

    static double[] row(SplittableRandom random, int length) {
        return random.doubles(length, -0.999, 0.999).toArray();
    }
}
