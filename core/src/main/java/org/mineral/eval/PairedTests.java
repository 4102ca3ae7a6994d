package org.mineral.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.SignificanceResult;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.mineral.config.InputException;

/** Whether two models differ on the same users: two-sided paired tests, and the price of asking several times. */
public final class PairedTests {

    /**
     * @param users pairs compared
     * @param meanDifference mean of a - b
     * @param t Student's statistic of the differences; 0 if they are all zero
     * @param tPValue of the paired t test: is the mean difference zero?
     * @param wilcoxon sum of the ranks of the positive differences
     * @param wilcoxonPValue of the signed-rank test (Wilcoxon 1945): do the differences lie symmetrically around zero?
     */
    public record Comparison(
            int users, double meanDifference, double t, double tPValue, double wilcoxon, double wilcoxonPValue) {}

    private PairedTests() {}

    /**
     * Compares values of two models, user by user. Where all users agree, or there are fewer than two, nothing speaks
     * against equality: both p-values are 1.
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
        double[] nonZero = Arrays.stream(differences).filter(d -> d != 0).toArray();
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
     * Holm's step-down correction (1979): p-values that hold the chance of any false alarm among all tests at the level
     * of one. In the order given; each at most 1.
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
