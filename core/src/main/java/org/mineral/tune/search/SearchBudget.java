package org.mineral.tune.search;

import org.mineral.config.InputException;

/**
 * When the search ends.
 *
 * @param points number of points for each loss; 0 for as many as fit into the time
 * @param minutes training time of all trials together, an equal share for each loss; 0 for no limit
 */
public record SearchBudget(int points, double minutes) {

    private static final int MOST = 100_000;

    public SearchBudget {
        if (points < 0 || points > MOST || !(minutes >= 0 && minutes <= MOST) || points == 0 && minutes == 0) {
            throw new InputException("a search of " + points + " trials and " + minutes + " minutes; allowed: 1 to "
                    + MOST + " of either.");
        }
    }

    /** Without a limit of time. */
    public static SearchBudget points(int points) {
        return new SearchBudget(points, 0);
    }

    int limit() {
        return points == 0 ? MOST : points;
    }

    double seconds(int losses) {
        return minutes == 0 ? Double.POSITIVE_INFINITY : 60 * minutes / losses;
    }

    @Override
    public String toString() {
        String some = points == 0 ? "" : points + " points a loss";
        String time = minutes == 0 ? "" : minutes + " minutes";
        return some.isEmpty() || time.isEmpty() ? some + time : some + ", " + time + " at most";
    }
}
