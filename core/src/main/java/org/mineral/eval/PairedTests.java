package org.mineral.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.SignificanceResult;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.mineral.config.InputException;

/** Two-sided paired tests of whether two models differ on the same users, and Holm's correction for several tests. */
public final class PairedTests {

    /**
     * @param users pairs compared
     * @param meanDifference mean of a - b
     * @param t Student's statistic of the differences; 0 if they are all zero
     * @param tPValue of the paired t test: is the mean difference zero? Over users, or over users and seeds
     * @param wilcoxon sum of the ranks of the positive differences
     * @param wilcoxonPValue of the signed-rank test (Wilcoxon 1945): do the differences lie symmetrically around zero?
     */
    public record Comparison(
            int users, double meanDifference, double t, double tPValue, double wilcoxon, double wilcoxonPValue) {}

    private PairedTests() {}

    /**
     * Compares values of two models, user by user. Both p-values are 1 if all differences are 0 or there are fewer than two users.
     *
     * @param a values by user, finite
     * @param b values of the same users in the same order
     */
    public static Comparison compare(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new InputException("values of " + a.length + " users against " + b.length
                    + "; a paired test wants the same users on both sides.");
        }
        double[] differences = new double[a.length];
        Arrays.setAll(differences, u -> a[u] - b[u]);
        double mean = Arrays.stream(differences).sum() / Math.max(1, a.length);
        double[] nonZero = ranked(differences, largest(a, b));
        if (a.length < 2 || nonZero.length == 0) {
            return new Comparison(a.length, mean, 0, 1, 0, 1);
        }
        SignificanceResult t = TTest.withDefaults().test(differences);
        // Users without a difference are left out, as Wilcoxon did; ties get mean ranks, and the normal approximation.
        SignificanceResult ranks = WilcoxonSignedRankTest.withDefaults()
                .with(ContinuityCorrection.DISABLED)
                .test(nonZero);
        return new Comparison(a.length, mean, t.getStatistic(), t.getPValue(), ranks.getStatistic(), ranks.getPValue());
    }

    /**
     * The non-zero differences, with rounding errors removed: 1 - 2/3 and 1/3 - 0 differ in their last bits and would otherwise get different
     * ranks. Values within 2^-40 of the largest are equal.
     */
    private static double[] ranked(double[] differences, double largest) {
        double grain = Math.scalb(1.0, Math.getExponent(largest) - 40);
        return Arrays.stream(differences)
                .map(d -> grain > 0 ? Math.rint(d / grain) * grain : d)
                .filter(d -> d != 0)
                .toArray();
    }

    private static double largest(double[] a, double[] b) {
        return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b))
                .map(Math::abs)
                .max()
                .orElse(0);
    }

    /**
     * Compares two models that were trained with several seeds each, on the same users. Users and seeds are both drawn, and
     * crossed: a difference must be large compared with the variation over users and over seeds.
     *
     * <p>With D the mean difference, V_u = s_u^2 / n from the n users' differences (each a mean over the S seeds), and V_s =
     * s_s^2 / S from the S seeds' differences (each a mean over the users):
     *
     * <pre>t = D / sqrt(V_u + V_s),  degrees of freedom = (V_u + V_s)^2 / ( V_u^2 / (n-1) + V_s^2 / (S-1) )</pre>
     *
     * <p>Its square is min F' (Clark 1973, "The language-as-fixed-effect fallacy"), which counts the interaction of users and seeds twice and
     * is therefore slightly conservative. With one seed V_s cannot be estimated, and this is the paired t test. The
     * signed-rank test is over the users' means over seeds; it ignores the variance over seeds.
     *
     * @param a values by seed, then by user; seed k of a is paired with seed k of b
     */
    public static Comparison compare(double[][] a, double[][] b) {
        if (a.length != b.length || a.length == 0) {
            throw new InputException("values of " + a.length + " seeds against " + b.length
                    + "; allowed: as many on both sides, 1 or more.");
        }
        double[] left = mean(a);
        double[] right = mean(b);
        Comparison users = compare(left, right);
        double[] byUser = new double[left.length];
        double[] bySeed = new double[a.length];
        Arrays.setAll(byUser, u -> left[u] - right[u]);
        Arrays.setAll(bySeed, s -> compare(a[s], b[s]).meanDifference());
        double ofUsers = variance(byUser) / byUser.length;
        double ofSeeds = variance(bySeed) / bySeed.length;
        double all = ofUsers + ofSeeds;
        if (a.length == 1 || !(all > 0)) {
            return users;
        }
        double freedom = square(all) / (square(ofUsers) / (byUser.length - 1) + square(ofSeeds) / (bySeed.length - 1));
        double t = users.meanDifference() / Math.sqrt(all);
        double p = 2 * TDistribution.of(freedom).survivalProbability(Math.abs(t));
        return new Comparison(users.users(), users.meanDifference(), t, p, users.wilcoxon(), users.wilcoxonPValue());
    }

    /** Each user's mean over seeds. */
    static double[] mean(double[][] bySeed) {
        double[] mean = new double[bySeed[0].length];
        for (double[] values : bySeed) {
            if (values.length != mean.length) {
                throw new InputException("values of " + mean.length + " users with one seed and of " + values.length
                        + " with another; allowed: the same users with each.");
            }
            for (int u = 0; u < mean.length; u++) {
                mean[u] += values[u] / bySeed.length;
            }
        }
        return mean;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values).map(v -> square(v - mean)).sum() / (values.length - 1);
    }

    private static double square(double x) {
        return x * x;
    }

    /**
     * Holm's step-down correction (1979): p-values that control the probability of at least one false positive among all tests. In the order
     * given; each at most 1.
     *
     * <p>Sorted ascending as p_(1) to p_(m): max over j &lt;= i of min(1, (m - j + 1) p_(j)).
     */
    public static double[] holm(double... p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double largest = 0;
        for (int j = 0; j < p.length; j++) {
            largest = Math.max(largest, Math.min(1, (p.length - j) * p[ascending[j]]));
            adjusted[ascending[j]] = largest;
        }
        return adjusted;
    }
}
