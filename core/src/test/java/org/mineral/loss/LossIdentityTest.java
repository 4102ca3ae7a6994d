package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.mineral.loss.listwise.SampledSoftmax;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.Similarity;

/** The identities and inequalities between losses that docs/reference/losses.md states, on random rows. */
class LossIdentityTest {

    private double[] p;
    private double[] c;
    private double t;

    private void draw(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        p = LossContractTest.row(random, 1 + random.nextInt(5));
        c = LossContractTest.row(random, 2 + random.nextInt(30));
        t = random.nextDouble(0.08, 1.5);
    }

    private RowEvaluator.Result at(Loss loss) {
        return at(loss, t);
    }

    private RowEvaluator.Result at(Loss loss, double temperature) {
        return RowEvaluator.of(loss)
                .withSimilarity(Similarity.COSINE)
                .withTemperature(temperature)
                .evaluate(p, c);
    }

    private static void assertSame(RowEvaluator.Result a, RowEvaluator.Result b, double difference) {
        assertSame(a, b, difference, 1e-10);
    }

    private static void assertSame(RowEvaluator.Result a, RowEvaluator.Result b, double difference, double error) {
        assertThat(a.value() - b.value()).isCloseTo(difference, within(error));
        assertThat(a.gradPositives()).containsExactly(b.gradPositives(), within(error));
        assertThat(a.gradCandidates()).containsExactly(b.gradCandidates(), within(error));
    }

    @RepeatedTest(20)
    void infoNcePlusWithoutEpsilonIsMinePlusUpToAConstant(RepetitionInfo repetition) {
        draw(repetition);
        double lambda = 1 + repetition.getCurrentRepetition() / 10.0;
        assertSame(at(Losses.infoNcePlus(0, lambda)), at(Losses.minePlus(lambda)), lambda * Math.log(c.length));
    }

    @RepeatedTest(20)
    void minePlusAtOneIsMineIsDclUpToAConstantIsSoftmax(RepetitionInfo repetition) {
        draw(repetition);
        assertSame(at(Losses.minePlus(1)), at(Losses.mine()), 0);
        assertSame(at(Losses.dcl()), at(Losses.mine()), Math.log(c.length));
        assertSame(at(Losses.dcl()), at(Losses.softmax()), 0);
    }

    @RepeatedTest(20)
    void infoNcePlusAtOneAndOneIsInfoNce(RepetitionInfo repetition) {
        draw(repetition);
        assertSame(at(Losses.infoNcePlus(1, 1)), at(Losses.infoNce()), 0);
        assertSame(at(Losses.debiasedInfoNce(0)), at(Losses.infoNce()), 0);
    }

    @RepeatedTest(5)
    void sampledSoftmaxOverAllItemsTendsToSoftmax(RepetitionInfo repetition) {
        draw(repetition);
        t = 1;
        double last = Double.POSITIVE_INFINITY;
        for (int items = 100; items <= 10_000; items *= 10) {
            c = LossContractTest.row(new SplittableRandom(items), items);
            double gap =
                    at(Losses.sampledSoftmax()).value() - at(Losses.softmax()).value();
            assertThat(gap).isPositive().isLessThan(last / 5);
            last = gap;
        }
    }

    @RepeatedTest(20)
    void oneTemperatureForPositivesAndOneForCandidatesIsMinePlus(RepetitionInfo repetition) {
        draw(repetition);
        double tp = t * (1 + repetition.getCurrentRepetition() / 10.0);
        double lambda = tp / t;
        double two = mean(p, x -> -x / tp) + Math.log(mean(c, y -> Math.exp(y / t)));
        assertThat(at(Losses.minePlus(lambda)).value() / lambda).isCloseTo(two, within(1e-10));
    }

    @RepeatedTest(20)
    void bprIsBoundedByInfoNceWithAveragedWeights(RepetitionInfo repetition) {
        draw(repetition);
        double[] weights = new double[c.length];
        Arrays.fill(weights, 1.0 / c.length);
        RowEvaluator infoNce = RowEvaluator.of(Losses.infoNce()).withTemperature(t);
        assertThat(at(Losses.bpr()).value())
                .isLessThanOrEqualTo(infoNce.evaluate(p, c, weights).value() + 1e-12);
        for (double s : p) {
            double pairs = mean(c, y -> Math.log1p(Math.exp((y - s) / t)));
            assertThat(pairs).isLessThanOrEqualTo(Math.log1p(mean(c, y -> Math.exp((y - s) / t))) + 1e-12);
        }
    }

    @RepeatedTest(20)
    void logSumLiesBetweenTheMaximumAndItPlusLogM(RepetitionInfo repetition) {
        draw(repetition);
        double max = Arrays.stream(c).max().orElseThrow() / t;
        double logSum = at(Losses.dcl()).value() + mean(p, x -> x / t);
        assertThat(logSum).isBetween(max - 1e-12, max + Math.log(c.length) + 1e-12);
    }

    @RepeatedTest(10)
    void poolingMattersOnlyForSeveralPositives(RepetitionInfo repetition) {
        draw(repetition);
        p = new double[] {p[0]};
        assertSame(at(Losses.sampledSoftmax()), at(Losses.sampledSoftmax(SampledSoftmax.Pooling.OUTSIDE)), 0);
    }

    @RepeatedTest(20)
    void oneLogOutsideTheSumIsPoolingWithSharpnessOne(RepetitionInfo repetition) {
        draw(repetition);
        assertSame(
                at(Losses.infoNcePlus(1, 1, 1)),
                at(Losses.sampledSoftmax(SampledSoftmax.Pooling.OUTSIDE)),
                Math.log(p.length));
    }

    @RepeatedTest(20)
    void poolingLeadsFromTheMeanOfTheLossesToTheLeast(RepetitionInfo repetition) {
        draw(repetition);
        double least = at(Losses.minePlus(1.2)).value()
                + mean(p, x -> x / t)
                - Arrays.stream(p).max().orElseThrow() / t;
        assertThat(at(Losses.minePlus(1.2, 1e-7)).value())
                .isCloseTo(at(Losses.minePlus(1.2)).value(), within(1e-4));
        double last = at(Losses.minePlus(1.2)).value();
        for (double sharpness : new double[] {0.1, 0.3, 1, 10}) {
            double value = at(Losses.minePlus(1.2, sharpness)).value();
            assertThat(value).isBetween(least - 1e-12, last + 1e-12);
            last = value;
        }
        assertThat(last).isCloseTo(least, within(Math.log(p.length) / 10 + 1e-12));
    }

    /**
     * With L(g) the pooled loss, e^-L is the power mean of the positives' e^-l(u,i) of the exponent g: their geometric mean at g = 0, the arithmetic at 1. And the candidates' term is the
     * logarithm of the power mean of e^{c_j} of the exponent 1/t.
     */
    @RepeatedTest(20)
    void sharpnessAndTemperatureAreExponentsOfPowerMeans(RepetitionInfo repetition) {
        draw(repetition);
        double lambda = 1.2;
        double candidates = Math.pow(mean(c, y -> Math.pow(Math.exp(y), 1 / t)), t);
        DoubleUnaryOperator likelihood = x -> Math.exp((x - lambda * Math.log(candidates)) / t);
        for (double sharpness : new double[] {0.2, 1, 3}) {
            double powerMean = Math.pow(mean(p, x -> Math.pow(likelihood.applyAsDouble(x), sharpness)), 1 / sharpness);
            assertThat(at(Losses.minePlus(lambda, sharpness)).value()).isCloseTo(-Math.log(powerMean), within(1e-9));
        }
        double geometric = Math.exp(mean(p, x -> Math.log(likelihood.applyAsDouble(x))));
        assertThat(at(Losses.minePlus(lambda)).value()).isCloseTo(-Math.log(geometric), within(1e-9));
    }

    @RepeatedTest(20)
    void bslIsMineWithASharpness(RepetitionInfo repetition) {
        draw(repetition);
        for (double ratio : new double[] {0.8, 1, 5, 40}) {
            assertSame(at(Losses.of("bsl", Map.of("ratio", "" + ratio))), at(Losses.minePlus(1, 1 / ratio)), 0);
        }
        assertSame(at(Losses.of("bsl", Map.of("ratio", "1000000"))), at(Losses.mine()), 0, 1e-3);
    }

    /** -c_i/t1 + (t2/t1) log sum_j e^{c_j/t2}, as BSL's authors compute it, has but one temperature: t2. */
    @RepeatedTest(20)
    void bslOfSinglePositivesIsSoftmaxAtTheCandidatesTemperature(RepetitionInfo repetition) {
        draw(repetition);
        double t1 = 1.3 * t;
        double programs = mean(p, x -> -x / t1) + t / t1 * Math.log(c.length * mean(c, y -> Math.exp(y / t)));
        assertThat(programs).isCloseTo(t / t1 * at(Losses.softmax()).value(), within(1e-10));
    }

    @RepeatedTest(20)
    void gbceIsBceWithAnotherWeight(RepetitionInfo repetition) {
        draw(repetition);
        int items = 100;
        int k = repetition.getCurrentRepetition();
        for (double calibration : new double[] {0, 0.75, 1}) {
            double a = k / (items - 1.0);
            double authors = a * ((1 - 1 / a) * calibration + 1 / a);
            RowEvaluator.Result gbce =
                    wide(Losses.of("gbce", Map.of("negatives", "" + k, "calibration", "" + calibration)), items);
            RowEvaluator.Result bce = wide(Losses.bce(k / authors), items);
            double scale = authors / (k + 1);
            assertThat(gbce.value()).isCloseTo(scale * bce.value(), within(1e-10));
            for (int j = 0; j < c.length; j++) {
                assertThat(gbce.gradCandidates()[j]).isCloseTo(scale * bce.gradCandidates()[j], within(1e-10));
            }
            for (int i = 0; i < p.length; i++) {
                assertThat(gbce.gradPositives()[i]).isCloseTo(scale * bce.gradPositives()[i], within(1e-10));
            }
        }
    }

    @RepeatedTest(20)
    void nceIsBceOfScoresLessALogarithm(RepetitionInfo repetition) {
        draw(repetition);
        for (double k : new double[] {1, 7, 300}) {
            double shift = Math.log(k);
            RowEvaluator.Result bce = dot(
                    Losses.bce(k),
                    Arrays.stream(p).map(x -> x / t - shift).toArray(),
                    Arrays.stream(c).map(y -> y / t - shift).toArray());
            RowEvaluator.Result nce = at(Losses.of("nce", Map.of("negatives", "" + k)));
            assertThat(nce.value()).isCloseTo(bce.value(), within(1e-10));
            assertThat(Arrays.stream(nce.gradPositives()).map(g -> g * t).toArray())
                    .containsExactly(bce.gradPositives(), within(1e-10));
            assertThat(Arrays.stream(nce.gradCandidates()).map(g -> g * t).toArray())
                    .containsExactly(bce.gradCandidates(), within(1e-10));
        }
    }

    /** -NWJ: the constant that is best in all scores, log mean_j e^{s_j}, makes it {@code mine} plus 1. */
    @RepeatedTest(20)
    void nceOfManyNegativesIsTheBoundOfNguyenWainwrightAndJordan(RepetitionInfo repetition) {
        draw(repetition);
        double k = 1e6;
        RowEvaluator.Result nce = at(Losses.of("nce", Map.of("negatives", "" + k)), 1);
        double bound = mean(c, Math::exp) - mean(p, x -> x);
        assertThat(nce.value() - Math.log(k)).isCloseTo(bound, within(1e-4));
        for (int i = 0; i < p.length; i++) {
            assertThat(nce.gradPositives()[i]).isCloseTo(-1.0 / p.length, within(1e-4));
        }
        for (int j = 0; j < c.length; j++) {
            assertThat(nce.gradCandidates()[j]).isCloseTo(Math.exp(c[j]) / c.length, within(1e-4));
        }
        double best = Math.log(mean(c, Math::exp));
        RowEvaluator.Result shifted = dot(
                Losses.of("nce", Map.of("negatives", "" + k)),
                Arrays.stream(p).map(x -> x - best).toArray(),
                Arrays.stream(c).map(y -> y - best).toArray());
        RowEvaluator.Result mine = at(Losses.mine(), 1);
        assertThat(shifted.value() - Math.log(k)).isCloseTo(mine.value() + 1, within(1e-4));
        assertThat(shifted.gradPositives()).containsExactly(mine.gradPositives(), within(1e-4));
        assertThat(shifted.gradCandidates()).containsExactly(mine.gradCandidates(), within(1e-4));
    }

    /** A world whose every item and chance is known: the gradient is 0 where scores are log p(i|u)/q_i, for any noise q and any k. */
    @RepeatedTest(20)
    void nceIsStationaryAtTheLogarithmOfPositivesOverNoise(RepetitionInfo repetition) {
        draw(repetition);
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        double[] chances = random.doubles(6, 0.1, 1).toArray();
        double[] noise = random.doubles(6, 0.1, 1).toArray();
        double all = Arrays.stream(chances).sum();
        double total = Arrays.stream(noise).sum();
        // As weights of candidates, whose mean over the catalogue is 1.
        double[] weights = Arrays.stream(noise).map(q -> 6 * q / total).toArray();
        double[] scores = IntStream.range(0, 6)
                .mapToDouble(j -> Math.log(chances[j] / all / (noise[j] / total)))
                .toArray();
        for (double k : new double[] {0.5, 1, 20}) {
            RowEvaluator.Result nce = RowEvaluator.of(Losses.of("nce", Map.of("negatives", "" + k)))
                    .evaluate(scores, chances, scores, weights);
            for (int j = 0; j < 6; j++) {
                assertThat(nce.gradPositives()[j] + nce.gradCandidates()[j]).isCloseTo(0, within(1e-12));
            }
        }
    }

    private RowEvaluator.Result wide(Loss loss, int items) {
        return RowEvaluator.of(loss).withTemperature(t).withItems(items).evaluate(p, c);
    }

    @RepeatedTest(20)
    void correctedSoftmaxOverTheCatalogueIsSoftmax(RepetitionInfo repetition) {
        draw(repetition);
        double[] all = IntStream.range(0, p.length + c.length)
                .mapToDouble(j -> j < p.length ? p[j] : c[j - p.length])
                .toArray();
        double[] ones = new double[p.length];
        Arrays.fill(ones, 1);
        RowEvaluator.Result corrected = RowEvaluator.of(Losses.of("corrected-softmax"))
                .withTemperature(t)
                .evaluateWithHits(p, ones, all, null);
        RowEvaluator.Result softmax =
                RowEvaluator.of(Losses.softmax()).withTemperature(t).evaluate(p, all);
        assertThat(corrected.value()).isCloseTo(softmax.value(), within(1e-10));
        // A positive's two roles share its vector: their sum is what matters.
        for (int j = 0; j < all.length; j++) {
            double own = j < p.length ? corrected.gradPositives()[j] - softmax.gradPositives()[j] : 0;
            assertThat(own + corrected.gradCandidates()[j] - softmax.gradCandidates()[j])
                    .isCloseTo(0, within(1e-9));
        }
        assertSame(at(Losses.of("corrected-softmax")), at(Losses.sampledSoftmax()), 0);
    }

    /** The authors' form: the gradient of -s_i + log sum_{j != i} w_j e^{s_j}, weighted by the chance that i is missed. */
    @RepeatedTest(20)
    void correctedSoftmaxIsTheDecoupledOneWeightedByItsUncertainty(RepetitionInfo repetition) {
        draw(repetition);
        p = new double[] {p[0]};
        double[] others = c;
        c = IntStream.range(0, others.length + 1)
                .mapToDouble(j -> j == 0 ? p[0] : others[j - 1])
                .toArray();
        double[] weights = new SplittableRandom(7).doubles(c.length, 0.2, 3).toArray();
        RowEvaluator.Result corrected = RowEvaluator.of(Losses.of("corrected-softmax"))
                .withTemperature(t)
                .evaluateWithHits(p, new double[] {weights[0]}, c, weights);
        RowEvaluator.Result dcl = RowEvaluator.of(Losses.dcl())
                .withTemperature(t)
                .evaluate(p, others, Arrays.copyOfRange(weights, 1, weights.length));
        double missed = 1 - Math.exp(-corrected.value());
        assertThat(corrected.gradPositives()[0] + corrected.gradCandidates()[0])
                .isCloseTo(missed * dcl.gradPositives()[0], within(1e-9));
        for (int j = 0; j < others.length; j++) {
            assertThat(corrected.gradCandidates()[j + 1]).isCloseTo(missed * dcl.gradCandidates()[j], within(1e-9));
        }
    }

    /** log sg(c)^p = p (c/2 - log 2) to first order, so that for scores near 0 it is a softmax at t = 2/p, whose value is log M less. */
    @RepeatedTest(20)
    void sigmoidSoftmaxOfSmallScoresIsSoftmaxAtTwoByPower(RepetitionInfo repetition) {
        draw(repetition);
        double power = 1 + repetition.getCurrentRepetition();
        p = Arrays.stream(p).map(x -> x / 1e4).toArray();
        c = Arrays.stream(c).map(x -> x / 1e4).toArray();
        assertSame(
                at(Losses.of("sigmoid-softmax", Map.of("power", "" + power))),
                at(Losses.softmax(), 2 / power),
                0,
                1e-3 * power);
    }

    /** The K-th largest candidate; the smallest if there are fewer. */
    private double threshold(int top) {
        double[] sorted = Arrays.stream(c).sorted().toArray();
        return sorted[Math.max(0, sorted.length - top)];
    }

    private static RowEvaluator.Result dot(Loss loss, double[] positives, double[] candidates) {
        return RowEvaluator.of(loss).withSimilarity(Similarity.DOT).evaluate(positives, candidates);
    }

    @RepeatedTest(20)
    void talosIsSigmoidSoftmaxOfWhatScoresHaveMoreThanTheThreshold(RepetitionInfo repetition) {
        draw(repetition);
        for (int top : new int[] {1, 3, 20}) {
            double b = threshold(top);
            assertSame(
                    at(Losses.of("talos", Map.of("top", "" + top, "power", "9"))),
                    dot(
                            Losses.of("sigmoid-softmax", Map.of("power", "9")),
                            Arrays.stream(p).map(x -> x - b).toArray(),
                            Arrays.stream(c).map(x -> x - b).toArray()),
                    0);
        }
    }

    @RepeatedTest(20)
    void topSoftmaxIsSoftmaxOfWeightedPositives(RepetitionInfo repetition) {
        draw(repetition);
        double b = threshold(3);
        double[] weights =
                Arrays.stream(p).map(x -> 1 / (1 + Math.exp(-(x - b) / 0.4))).toArray();
        assertSame(
                at(Losses.of("sl@k", Map.of("top", "3", "width", "0.4"))),
                RowEvaluator.of(Losses.softmax()).withTemperature(t).evaluate(p, weights, c, null),
                0);
        assertSame(at(Losses.of("sl@k", Map.of("width", "1000000"))), at(Losses.softmax()), 0, 1e-4);
    }

    /** sg(x) is e^x far below 0, so the threshold is a factor of all weights, and they are those of a pooled loss. */
    @RepeatedTest(20)
    void topSoftmaxFarBelowTheThresholdHasTheGradientOfASharpness(RepetitionInfo repetition) {
        draw(repetition);
        p = Arrays.stream(p).map(x -> x - 30).toArray();
        RowEvaluator.Result top = RowEvaluator.of(Losses.of("sl@k", Map.of("top", "1", "width", "0.7")))
                .withSimilarity(Similarity.DOT)
                .withTemperature(t)
                .evaluate(p, c);
        RowEvaluator.Result pooled = RowEvaluator.of(Losses.minePlus(1, t / 0.7))
                .withSimilarity(Similarity.DOT)
                .withTemperature(t)
                .evaluate(p, c);
        assertThat(top.gradPositives()).containsExactly(pooled.gradPositives(), within(1e-9));
        assertThat(top.gradCandidates()).containsExactly(pooled.gradCandidates(), within(1e-9));
    }

    @RepeatedTest(20)
    void drrlIsCclAtTheMarginOfTheRowAndTheMeanOfTheLargest(RepetitionInfo repetition) {
        draw(repetition);
        for (int top : new int[] {1, 3, 20}) {
            double b = threshold(top);
            RowEvaluator.Result found = at(Losses.of("drrl", Map.of("top", "" + top)));
            assertSame(found, at(Losses.ccl(b, c.length / (double) top)), b);
            if (top <= c.length) {
                double largest = Arrays.stream(c).sorted().skip(c.length - top).sum() / top;
                assertThat(found.value() - mean(p, x -> 1 - x)).isCloseTo(largest, within(1e-10));
            }
        }
    }

    /** e^{s_j} sg(s_i - s_j) = e^{s_i} sg(s_j - s_i): a softmax without the soft rank of its positive. */
    @RepeatedTest(20)
    void bprMaxIsSoftmaxLessTheLogarithmOfTheSoftRank(RepetitionInfo repetition) {
        draw(repetition);
        double ranks = mean(p, x -> Math.log(c.length * mean(c, y -> 1 / (1 + Math.exp((x - y) / t)))));
        assertThat(at(Losses.of("bpr-max", Map.of("score_penalty", "0"))).value())
                .isCloseTo(at(Losses.softmax()).value() - ranks, within(1e-10));
    }

    /** Of one positive: -log P and 1 - P. */
    @RepeatedTest(20)
    void bprMaxAndTop1MaxAreFunctionsOfOneChance(RepetitionInfo repetition) {
        draw(repetition);
        p = new double[] {p[0]};
        double sum = c.length * mean(c, y -> Math.exp(y / t));
        double held = c.length * mean(c, y -> Math.exp(y / t) / (1 + Math.exp(-y * y / t / t))) / sum;
        double chance =
                Math.exp(-at(Losses.of("bpr-max", Map.of("score_penalty", "0"))).value());
        assertThat(at(Losses.of("top1-max")).value()).isCloseTo(1 - chance + held, within(1e-10));
    }

    @RepeatedTest(20)
    void pslOfTanhIsTalosWithThePositiveForAThreshold(RepetitionInfo repetition) {
        draw(repetition);
        double power = 9;
        double expected = mean(
                p,
                b -> dot(
                                Losses.of("sigmoid-softmax", Map.of("power", "" + power)),
                                new double[] {0},
                                Arrays.stream(c).map(y -> y - b).toArray())
                        .value());
        assertThat(at(Losses.of("psl", Map.of("power", "" + power))).value()).isCloseTo(expected, within(1e-10));
    }

    /** The three activations agree with e^d to first order. */
    @RepeatedTest(20)
    void pslOfSmallDifferencesIsSoftmaxAtTwoByPower(RepetitionInfo repetition) {
        draw(repetition);
        p = Arrays.stream(p).map(x -> x / 1e4).toArray();
        c = Arrays.stream(c).map(x -> x / 1e4).toArray();
        for (String activation : new String[] {"tanh", "atan", "relu"}) {
            assertSame(
                    at(Losses.of("psl", Map.of("activation", activation, "power", "10"))),
                    at(Losses.softmax(), 0.2),
                    0,
                    1e-2);
        }
    }

    /** A single candidate within the margin: its excess times log 2. */
    @RepeatedTest(20)
    void warpOfOneCandidateIsAHinge(RepetitionInfo repetition) {
        draw(repetition);
        c = new double[] {c[0]};
        double expected = Math.log(2) * mean(p, x -> Math.max(0, 0.5 + (c[0] - x) / t));
        assertThat(at(Losses.of("warp", Map.of("margin", "0.5"))).value()).isCloseTo(expected, within(1e-10));
    }

    /** Where all candidates are within the margin, the rank is their number, and the loss a mean of differences. */
    @RepeatedTest(20)
    void warpWithAWideMarginIsAMeanOfDifferences(RepetitionInfo repetition) {
        draw(repetition);
        double margin = 100;
        double expected = Math.log1p(c.length) * (margin + mean(c, y -> y / t) - mean(p, x -> x / t));
        assertThat(at(Losses.of("warp", Map.of("margin", "" + margin))).value()).isCloseTo(expected, within(1e-8));
    }

    private static double mean(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).average().orElseThrow();
    }
}
