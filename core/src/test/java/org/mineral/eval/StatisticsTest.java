package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mineral.config.InputException;

class StatisticsTest {

    /**
     * Expected by SciPy 1.17 (its statistic is the smaller rank sum, 36 - 32):
     *
     * <pre>
     * a = [4,2,6,8,0,3,5,7,2,1]; b = [3,2,4,5,1,3,2,3,2.5,0]
     * stats.ttest_rel(a, b)                                        # 2.342606428329091, 0.043832751194643395
     * stats.wilcoxon(a, b, correction=False, method='approx')      # 4.0, 0.048550746423148196
     * </pre>
     */
    @Test
    void pairedTestsWithTiesAndZerosAgreeWithSciPy() {
        double[] a = {4, 2, 6, 8, 0, 3, 5, 7, 2, 1};
        double[] b = {3, 2, 4, 5, 1, 3, 2, 3, 2.5, 0};
        PairedTests.Comparison c = PairedTests.compare(a, b);
        assertThat(c.users()).isEqualTo(10);
        assertThat(c.meanDifference()).isCloseTo(1.25, within(1e-12));
        assertThat(c.t()).isCloseTo(2.342606428329091, within(1e-9));
        assertThat(c.tPValue()).isCloseTo(0.043832751194643395, within(1e-9));
        assertThat(c.wilcoxon()).isEqualTo(32);
        assertThat(c.wilcoxonPValue()).isCloseTo(0.048550746423148196, within(1e-9));
    }

    /**
     * <pre>
     * d = [1.5,-0.3,2.2,0.7,-1.1,3.4,0.9]
     * stats.ttest_1samp(d, 0)              # 1.8301545685582357, 0.11696307950961007
     * stats.wilcoxon(d, method='exact')    # 5.0, 0.15625
     * </pre>
     */
    @Test
    void smallSamplesWithoutTiesGetTheExactDistribution() {
        PairedTests.Comparison c =
                PairedTests.compare(new double[] {1.5, -0.3, 2.2, 0.7, -1.1, 3.4, 0.9}, new double[7]);
        assertThat(c.t()).isCloseTo(1.8301545685582357, within(1e-9));
        assertThat(c.tPValue()).isCloseTo(0.11696307950961007, within(1e-9));
        assertThat(c.wilcoxon()).isEqualTo(23);
        assertThat(c.wilcoxonPValue()).isCloseTo(0.15625, within(1e-9));
    }

    @Test
    void equalModelsAreNotDifferent() {
        double[] same = {0.1, 0.2, 0.3};
        assertThat(PairedTests.compare(same, same)).isEqualTo(new PairedTests.Comparison(3, 0, 0, 1, 0, 1));
        assertThat(PairedTests.compare(new double[] {1}, new double[] {0}).tPValue())
                .isEqualTo(1);
        assertThatThrownBy(() -> PairedTests.compare(same, new double[2])).isInstanceOf(InputException.class);
    }

    /** By hand: .01 x 4 = .04; .02 x 3 = .06; .03 x 2 = .06; .9 x 1. */
    @Test
    void holmStepsDownAndNeverGoesBack() {
        assertThat(PairedTests.holm(0.03, 0.01, 0.9, 0.02)).containsExactly(0.06, 0.04, 0.9, 0.06);
        assertThat(PairedTests.holm(0.6, 0.7)).containsExactly(1, 1);
        assertThat(PairedTests.holm()).isEmpty();
    }

    /** For normal values the interval is near mean +- 1.96 sd / sqrt(n) = .0196 sd. */
    @Test
    void bootstrapIntervalHasTheWidthOfTheNormalOneAndRepeats() {
        double[] values =
                new Random(7).doubles(10_000).map(x -> x < 0.3 ? 1 : 0).toArray();
        Intervals.Interval interval = Intervals.bootstrap(values, 11);
        double half = 1.96 * Math.sqrt(0.3 * 0.7 / 10_000);
        assertThat(interval.high() - interval.mean()).isCloseTo(half, within(0.15 * half));
        assertThat(interval.mean() - interval.low()).isCloseTo(half, within(0.15 * half));
        assertThat(Intervals.bootstrap(values, 11)).isEqualTo(interval);
        assertThat(Intervals.bootstrap(new double[] {0.5}, 1))
                .isEqualTo(new Intervals.Interval(0.5, 0.5, 0.5, 0.95, 1000));
        assertThatThrownBy(() -> Intervals.bootstrap(new double[0], 1)).isInstanceOf(InputException.class);
    }
}
