package org.mineral.app.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Times laps of some work, each between two measurements of its limit: the share of a lap refers to those two, so that a temporary slowdown
 * of the machine does not change it. Results are medians.
 */
final class Meter {

    private final double work;
    private final Limit limit;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> limits = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private double before;

    /** @param work of one lap, in the limit's unit */
    Meter(double work, Limit limit) {
        this.work = work;
        this.limit = limit;
        this.before = limit.now();
    }

    /** Restarts the clock of the next lap. */
    void restart() {
        before = limit.now();
    }

    /** Records a lap of this length that has just ended. */
    void lap(double lapSeconds) {
        double after = limit.now();
        double around = (before + after) / 2;
        seconds.add(lapSeconds);
        limits.add(around);
        shares.add(work / lapSeconds / around);
        before = after;
    }

    /** Runs and times laps. */
    Meter laps(int count, Runnable lap) {
        for (int k = 0; k < count; k++) {
            long start = System.nanoTime();
            lap.run();
            lap((System.nanoTime() - start) / 1e9);
        }
        return this;
    }

    double medianSeconds() {
        return median(seconds);
    }

    double medianLimit() {
        return median(limits);
    }

    BenchRow row(String group, String name, int dimension, int threads) {
        double time = medianSeconds();
        return new BenchRow(
                group,
                name,
                dimension,
                threads,
                time,
                work / time,
                limit.unit() + "/s",
                limit.name(),
                medianLimit(),
                median(shares));
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
