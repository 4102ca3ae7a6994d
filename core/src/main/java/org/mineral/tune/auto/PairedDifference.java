package org.mineral.tune.auto;

import java.util.List;

/**
 * How far two settings lie apart on the same users.
 *
 * @param mean of the users' differences, a user's being their mean over the held-out parts that judge them
 * @param error the standard error of that mean: users are drawn, and others would have given another mean
 */
record PairedDifference(double mean, double error) {

    private static final double LEAST_GAIN = 0.01;
    private static final double STANDARD_ERRORS = 1.5;

    /** With fewer users nothing can be told. */
    private static final int LEAST_USERS = 2;

    /**
     * Of {@code a - b}.
     *
     * @param a values by held-out part, then by user; NaN for users that the part does not judge. Parts that only one side has are
     *     left out
     */
    static PairedDifference of(List<double[]> a, List<double[]> b) {
        int parts = Math.min(a.size(), b.size());
        double sum = 0;
        double squares = 0;
        int users = 0;
        for (int user = 0; parts > 0 && user < a.get(0).length; user++) {
            double difference = 0;
            int judged = 0;
            for (int part = 0; part < parts; part++) {
                double one = a.get(part)[user] - b.get(part)[user];
                if (!Double.isNaN(one)) {
                    difference += one;
                    judged++;
                }
            }
            if (judged > 0) {
                sum += difference / judged;
                squares += difference / judged * (difference / judged);
                users++;
            }
        }
        if (users < LEAST_USERS) {
            return new PairedDifference(0, Double.POSITIVE_INFINITY);
        }
        double mean = sum / users;
        double variance = Math.max(0, squares / users - mean * mean) * users / (users - 1);
        return new PairedDifference(mean, Math.sqrt(variance / users));
    }

    /** Whether it is a gain of 1 % of {@code base} and of 1.5 standard errors, at least. */
    boolean clear(double base) {
        return mean >= LEAST_GAIN * base && certain();
    }

    /** Whether it is a gain of 1.5 standard errors at least. */
    boolean certain() {
        return mean > 0 && mean >= STANDARD_ERRORS * error;
    }
}
