package org.mineral.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
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

    /** Recalls are fractions: 1 - 2/3 and 1/3 - 0 are one difference, whatever their last bits say. */
    @Test
    void differencesThatAreEqualOnPaperShareARank() {
        double[] a = {3, 1, 3, 2, 1, 3, 0, 2, 3, 1, 2, 3};
        double[] b = {2, 0, 2, 1, 2, 1, 1, 0, 3, 0, 1, 1};
        double[] third = Arrays.stream(a).map(v -> v / 3).toArray();
        double[] otherThird = Arrays.stream(b).map(v -> v / 3).toArray();
        PairedTests.Comparison counts = PairedTests.compare(a, b);
        PairedTests.Comparison recalls = PairedTests.compare(third, otherThird);
        assertThat(recalls.wilcoxon()).isEqualTo(counts.wilcoxon());
        assertThat(recalls.wilcoxonPValue()).isEqualTo(counts.wilcoxonPValue());
    }

    @Test
    void equalModelsAreNotDifferent() {
        double[] same = {0.1, 0.2, 0.3};
        assertThat(PairedTests.compare(same, same)).isEqualTo(new PairedTests.Comparison(3, 0, 0, 1, 0, 1));
        assertThat(PairedTests.compare(new double[] {1}, new double[] {0}).tPValue())
                .isEqualTo(1);
        assertThatThrownBy(() -> PairedTests.compare(same, new double[2])).isInstanceOf(InputException.class);
    }

    /**
     * SciPy 1.17; ties, three users without a difference, the normal approximation:
     *
     * <pre>
     * k = np.arange(200); x = (k * 7919 % 101) / 128; y = (k * 104729 % 97) / 128
     * stats.ttest_rel(x, y)                                        # 0.8458434005786583, 0.3986560214787633
     * stats.wilcoxon(x, y, correction=False, method='approx')      # 9072.0, 0.39638881186174035
     * </pre>
     */
    @Test
    void manyUsersAgreeWithSciPy() {
        double[] x = new double[200];
        double[] y = new double[200];
        Arrays.setAll(x, k -> k * 7919 % 101 / 128.0);
        Arrays.setAll(y, k -> k * 104729 % 97 / 128.0);
        PairedTests.Comparison c = PairedTests.compare(x, y);
        assertThat(c.t()).isCloseTo(0.8458434005786583, within(1e-9));
        assertThat(c.tPValue()).isCloseTo(0.3986560214787633, within(1e-9));
        assertThat(c.wilcoxonPValue()).isCloseTo(0.39638881186174035, within(1e-9));
    }

    private static final double[][] A = {{.5, .2, .9, .4, .7, .3}, {.6, .1, .8, .5, .9, .3}, {.4, .3, .9, .6, .8, .2}};
    private static final double[][] B = {{.4, .2, .6, .3, .7, .1}, {.3, .2, .7, .4, .6, .2}, {.4, .1, .7, .4, .5, .2}};

    /**
     * NumPy and SciPy, a and b as above, a row a seed; the square of t is min F' = F1 F2 / (F1 + F2) = 23.414634146341452:
     *
     * <pre>
     * d = a - b; S, n = d.shape
     * vu = d.mean(0).var(ddof=1) / n; vs = d.mean(1).var(ddof=1) / S
     * t = d.mean() / np.sqrt(vu + vs); df = (vu + vs)**2 / (vu**2 / (n - 1) + vs**2 / (S - 1))
     * t, df, 2 * stats.t.sf(abs(t), df)     # 4.83886703127307, 6.1869709238130275, 0.002650595791875657
     * </pre>
     */
    @Test
    void theTestOverUsersAndSeedsIsMinF() {
        PairedTests.Comparison c = PairedTests.compare(A, B);
        assertThat(c.t()).isCloseTo(4.83886703127307, within(1e-9));
        assertThat(c.tPValue()).isCloseTo(0.002650595791875657, within(1e-9));
        assertThat(c.meanDifference()).isCloseTo(0.13333333333333333, within(1e-9));
        assertThat(c.wilcoxonPValue())
                .isEqualTo(PairedTests.compare(PairedTests.mean(A), PairedTests.mean(B))
                        .wilcoxonPValue());
    }

    @Test
    void oneSeedOrSeedsThatAllAgreeLeaveTheTestOverUsers() {
        PairedTests.Comparison users = PairedTests.compare(A[0], B[0]);
        assertThat(PairedTests.compare(new double[][] {A[0]}, new double[][] {B[0]}))
                .isEqualTo(users);
        PairedTests.Comparison same = PairedTests.compare(new double[][] {A[0], A[0]}, new double[][] {B[0], B[0]});
        assertThat(same.t()).isCloseTo(users.t(), within(1e-9));
        assertThat(same.tPValue()).isCloseTo(users.tPValue(), within(1e-9));
        assertThatThrownBy(() -> PairedTests.compare(A, new double[][] {B[0]})).isInstanceOf(InputException.class);
    }

    /** Users differ by 1 for sure, seeds by as much as the mean: with two seeds there is nothing to believe. */
    @Test
    void seedsThatDisagreeTakeTheCertaintyAway() {
        double[] zero = new double[1000];
        double[] up = new Random(5).doubles(1000).map(x -> 3 + x).toArray();
        double[] down = new Random(6).doubles(1000).map(x -> x - 1.5).toArray();
        double[][] none = {zero, zero};
        assertThat(PairedTests.compare(up, zero).tPValue()).isLessThan(1e-9);
        assertThat(PairedTests.compare(new double[][] {up, down}, none).tPValue())
                .isBetween(0.3, 1.0);
    }

    /** One value a seed: resampled means of two seeds are a, (a + b)/2 or b, so that the interval reaches from a to b. */
    @Test
    void anIntervalOverSeedsSpansThem() {
        double[][] two = {{0, 0, 0}, {1, 1, 1}};
        Intervals.Interval interval = Intervals.bootstrap(two, 3);
        assertThat(interval.mean()).isEqualTo(0.5);
        assertThat(interval.low()).isZero();
        assertThat(interval.high()).isEqualTo(1);
        assertThat(Intervals.bootstrap(new double[][] {A[0]}, 3)).isEqualTo(Intervals.bootstrap(A[0], 3));
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
