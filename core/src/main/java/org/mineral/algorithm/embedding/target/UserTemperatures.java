package org.mineral.algorithm.embedding.target;

import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.data.Interactions;

/**
 * The temperature of each user's row: {@code t_u = t (n_u / g)^x}, with g the geometric mean of the n_u of users that have
 * items and x the setting {@code temperature_exponent}. Above 0, users with many items get higher temperatures.
 */
public final class UserTemperatures {

    private final double common;
    private final double exponent;
    private final double meanLog;

    /**
     * t for all users if the loss has no temperature.
     *
     * @param meanLog log g
     */
    public UserTemperatures(double meanLog, Objective objective, double exponent) {
        this.common = objective.temperature();
        this.exponent = objective.tempered() ? exponent : 0;
        this.meanLog = meanLog;
    }

    /** t_u of a user with n items. */
    public double of(int n) {
        return exponent == 0 ? common : common * Math.exp(exponent * (Math.log(Math.max(1, n)) - meanLog));
    }

    /** log g. */
    public static double meanLog(Interactions train) {
        int active = train.users() - train.emptyRows();
        return active == 0 ? 0 : logs(train) / active;
    }

    /** The sum of log n_u over users that have items. */
    public static double logs(Interactions train) {
        double sum = 0;
        for (int u = 0; u < train.users(); u++) {
            if (train.count(u) > 0) {
                sum += Math.log(train.count(u));
            }
        }
        return sum;
    }
}
