package org.mineral.eval;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.mineral.config.InputException;
import org.mineral.random.Streams;

/** Confidence intervals of a mean over users, by the percentile bootstrap (Efron 1979). */
public final class Intervals {

    public static final int RESAMPLES = 1000;

    /**
     * @param mean of the values themselves
     * @param low lower end
     * @param high upper end
     * @param confidence as 0.95
     */
    public record Interval(double mean, double low, double high, double confidence, int resamples) {}

    private Intervals() {}

    /** 95 % interval from {@value #RESAMPLES} resamples. */
    public static Interval bootstrap(double[] values, long seed) {
        return bootstrap(values, 0.95, RESAMPLES, seed);
    }

    /**
     * Draws as many users as there are, with replacement, takes their mean, again and again; the interval lies between
     * the (1 - confidence)/2 and the (1 + confidence)/2 quantile of these means.
     *
     * @param values one a user, at least one
     * @param confidence in (0, 1)
     */
    public static Interval bootstrap(double[] values, double confidence, int resamples, long seed) {
        if (values.length == 0 || !(confidence > 0 && confidence < 1) || resamples < 1) {
            throw new InputException(String.format(
                            Locale.ROOT,
                            "a bootstrap of %d values, confidence %s, %d resamples; allowed: values and resamples",
                            values.length,
                            confidence,
                            resamples)
                    + " at least 1, confidence between 0 and 1.");
        }
        SplittableRandom random = Streams.ofBootstrap(seed);
        double[] means = new double[resamples];
        for (int b = 0; b < resamples; b++) {
            double sum = 0;
            for (int k = 0; k < values.length; k++) {
                sum += values[random.nextInt(values.length)];
            }
            means[b] = sum / values.length;
        }
        return interval(values, means, confidence);
    }

    /**
     * 95 %, {@value #RESAMPLES} resamples, over users and seeds: each resample draws as many users and, independently, as many
     * seeds as there are, with replacement (the pigeonhole bootstrap, Owen 2007, Annals of Applied
     * Statistics 1(2)). With one seed it is the
     * bootstrap over users. With S seeds it sees (S - 1)/S of their variance, as any bootstrap of S values.
     *
     * @param bySeed values by seed, then by user
     */
    public static Interval bootstrap(double[][] bySeed, long seed) {
        if (bySeed.length < 2) {
            return bootstrap(bySeed.length == 0 ? new double[0] : bySeed[0], seed);
        }
        SplittableRandom random = Streams.ofBootstrap(seed);
        double[] all = PairedTests.mean(bySeed);
        double[] means = new double[RESAMPLES];
        for (int b = 0; b < RESAMPLES; b++) {
            double[][] seeds = new double[bySeed.length][];
            Arrays.setAll(seeds, s -> bySeed[random.nextInt(bySeed.length)]);
            double[] users = PairedTests.mean(seeds);
            double sum = 0;
            for (int k = 0; k < users.length; k++) {
                sum += users[random.nextInt(users.length)];
            }
            means[b] = sum / users.length;
        }
        return interval(all, means, 0.95);
    }

    private static Interval interval(double[] values, double[] means, double confidence) {
        Arrays.sort(means);
        return new Interval(
                Arrays.stream(values).sum() / values.length,
                quantile(means, (1 - confidence) / 2),
                quantile(means, (1 + confidence) / 2),
                confidence,
                means.length);
    }

    /** Linear between the order statistics. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
