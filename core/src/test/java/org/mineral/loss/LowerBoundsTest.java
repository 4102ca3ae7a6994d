package org.mineral.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.mineral.loss.listwise.SampledSoftmax;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Similarity;

/** The inequalities of docs/explanation/study.md, by their numbers there, on random rows. */
class LowerBoundsTest {

    private static final double SLACK = 1e-9;

    /** Rows of one positive and of several, from scores near 0 to scores of tens. */
    private double[] p;

    private double[] c;
    private int m;

    private void draw(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        double size = Math.exp(random.nextDouble(-3, 3.5));
        p = normal(random, 1 + random.nextInt(5), size);
        m = 2 + random.nextInt(40);
        c = normal(random, m, size);
    }

    private static double[] normal(SplittableRandom random, int length, double size) {
        return random.doubles(length).map(x -> size * random.nextGaussian()).toArray();
    }

    private double of(Loss loss) {
        return of(loss, p, c, null);
    }

    private double averaged() {
        double[] weights = new double[m];
        Arrays.fill(weights, 1.0 / m);
        return of(Losses.infoNce(), p, c, weights);
    }

    private static double of(Loss loss, double[] p, double[] c, double[] weights) {
        return RowEvaluator.of(loss)
                .withSimilarity(Similarity.DOT)
                .withTemperature(1)
                .evaluate(p, c, weights)
                .value();
    }

    private static void assertOrdered(double... ascending) {
        for (int k = 1; k < ascending.length; k++) {
            double slack = SLACK * (1 + Math.abs(ascending[k]));
            assertThat(ascending[k - 1]).isLessThanOrEqualTo(ascending[k] + slack);
        }
    }

    @RepeatedTest(50)
    void e1ToE3OnePositiveTiesTheLossesTogether(RepetitionInfo repetition) {
        draw(repetition);
        p = new double[] {p[0]};
        assertThat(of(Losses.mine())).isCloseTo(of(Losses.dcl()) - Math.log(m), within(1e-9));
        assertThat(averaged()).isCloseTo(Phi.SOFTPLUS.value(of(Losses.mine())), within(1e-9));
        assertThat(of(Losses.infoNce())).isCloseTo(Phi.SOFTPLUS.value(of(Losses.dcl())), within(1e-9));
    }

    @RepeatedTest(50)
    void i1MineLiesBetweenMeanAndMaximum(RepetitionInfo repetition) {
        draw(repetition);
        double own = mean(p);
        double max = Arrays.stream(c).max().orElseThrow() - own;
        assertOrdered(Math.max(mean(c) - own, max - Math.log(m)), of(Losses.mine()), max);
    }

    @RepeatedTest(50)
    void i2ToI4OrderTheLosses(RepetitionInfo repetition) {
        draw(repetition);
        assertOrdered(of(Losses.bpr()), averaged(), of(Losses.infoNce()), averaged() + Math.log(m));
        assertOrdered(of(Losses.mine()), averaged());
        assertOrdered(of(Losses.mine()), of(Losses.dcl()), of(Losses.infoNce()));
    }

    @RepeatedTest(50)
    void i5InfoNceIsAtMostMTimesBpr(RepetitionInfo repetition) {
        draw(repetition);
        assertOrdered(of(Losses.infoNce()), m * of(Losses.bpr()));
    }

    @RepeatedTest(50)
    void i6BprIsAtLeastSoftplusOfTheMeanDifference(RepetitionInfo repetition) {
        draw(repetition);
        assertOrdered(Phi.SOFTPLUS.value(mean(c) - mean(p)), of(Losses.bpr()));
    }

    @RepeatedTest(50)
    void i7TheLogarithmOutsideIsAtMostTheOneInside(RepetitionInfo repetition) {
        draw(repetition);
        assertOrdered(
                of(Losses.sampledSoftmax(SampledSoftmax.Pooling.OUTSIDE)),
                of(Losses.sampledSoftmax()) - Math.log(p.length));
    }

    @RepeatedTest(50)
    void i8MinePlusOverLambdaIsAtLeastMineWhilePositivesScoreAboveZero(RepetitionInfo repetition) {
        draw(repetition);
        p = Arrays.stream(p).map(Math::abs).toArray();
        double lambda = 1 + repetition.getCurrentRepetition() / 20.0;
        assertOrdered(of(Losses.mine()), of(Losses.minePlus(lambda)) / lambda);
    }

    /** Neither BPR nor MINE bounds the other. */
    @Test
    void bprAndMineAreNotOrdered() {
        double[] low = {-5, -5};
        double[] high = {0, 40};
        double[] own = {0};
        assertThat(of(Losses.mine(), own, low, null)).isLessThan(of(Losses.bpr(), own, low, null));
        assertThat(of(Losses.mine(), own, high, null)).isGreaterThan(of(Losses.bpr(), own, high, null));
    }

    /** I + log #I - H(item) >= -MINE = log #I - DCL >= log #I - InfoNCE >= log #I - #I BPR, means over the pairs. */
    @RepeatedTest(50)
    void i9EachLossOverAllItemsBoundsTheInformation(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        int items = 3 + random.nextInt(20);
        int[][] taken = new int[2 + random.nextInt(10)][];
        int[] counts = new int[items];
        int pairs = 0;
        for (int u = 0; u < taken.length; u++) {
            int length = 1 + random.nextInt(items - 1);
            taken[u] = random.ints(0, items).distinct().limit(length).toArray();
            Arrays.stream(taken[u]).forEach(i -> counts[i]++);
            pairs += length;
        }
        double information = 0;
        double entropy = 0;
        double[] losses = new double[4];
        double size = random.nextDouble(0.1, 5);
        for (int[] own : taken) {
            double[] all = normal(random, items, size);
            double[] positives = Arrays.stream(own).mapToDouble(i -> all[i]).toArray();
            Loss[] ordered = {Losses.mine(), Losses.dcl(), Losses.infoNce(), Losses.bpr()};
            for (int k = 0; k < 4; k++) {
                losses[k] += of(ordered[k], positives, all, null) * own.length / pairs;
            }
            for (int i : own) {
                information += Math.log((double) pairs / own.length / counts[i]) / pairs;
                entropy -= Math.log((double) counts[i] / pairs) / pairs;
            }
        }
        double log = Math.log(items);
        assertOrdered(
                log - items * losses[3],
                log - losses[2],
                log - losses[1],
                -losses[0] + 1e-12,
                information + log - entropy);
        assertThat(log - losses[1]).isCloseTo(-losses[0], within(1e-9));
    }

    private static double mean(double[] x) {
        return Arrays.stream(x).average().orElseThrow();
    }
}
