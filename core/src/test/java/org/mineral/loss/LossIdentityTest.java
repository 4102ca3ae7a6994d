package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.mineral.loss.listwise.SampledSoftmax;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.Similarity;

/** The identities and inequalities between losses that docs/losses.md states, on random rows. */
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
        assertThat(a.value() - b.value()).isCloseTo(difference, within(1e-10));
        assertThat(a.gradPositives()).containsExactly(b.gradPositives(), within(1e-10));
        assertThat(a.gradCandidates()).containsExactly(b.gradCandidates(), within(1e-10));
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

    private static double mean(double[] x, DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).average().orElseThrow();
    }
}
