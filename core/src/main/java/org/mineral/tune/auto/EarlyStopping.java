package org.mineral.tune.auto;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Epoch;
import org.mineral.algorithm.FitListener;

/**
 * Ends a training that cannot come up to the best one so far. What it may still come to is judged by its height and its slope:
 *
 * <pre>  best epoch so far + mean rise of the last two epochs * epochs left / 2  </pre>
 *
 * <p>Half, because the learning rate falls to 0 in the epochs that are left, and curves flatten with it. Settings that learn slowly
 * have a slope, and so their time; one that survives has been trained all along, and nothing of it is trained twice.
 */
final class EarlyStopping implements FitListener {

    /** Epochs before anything is judged. */
    private static final int FIRST = 3;

    /** Epochs without a better one that end a training, as its own patience does. */
    private static final int PATIENCE = 3;

    /** A training that promises less than this share of the best one ends. */
    private static final double MARGIN = 0.98;

    /** Seconds of progress before a run's duration is foretold. */
    private static final double FORETOLD = 2;

    /** A run was ended because it would have passed the deadline. */
    static final class TimeUpException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TimeUpException() {
            super("the time is up", null, false, false);
        }
    }

    /** The progress of a run at a time. */
    record Progress(double seconds, double share) {

        /** Seconds to the end at the pace since an earlier time, which may be after a start that shows no progress; 0 where that is too little to tell. */
        double left(Progress earlier) {
            double taken = seconds - earlier.seconds;
            double done = share - earlier.share;
            return taken > FORETOLD && done > 0 ? taken / done * (1 - share) : 0;
        }
    }

    private final double toBeat;
    private final Deadline deadline;
    private final long started = System.nanoTime();
    private final List<Double> curve = new ArrayList<>();
    private @Nullable Progress first;
    private double best = Double.NEGATIVE_INFINITY;
    private int bestEpoch;
    private boolean stopped;

    /**
     * @param toBeat NDCG@20 of the best settings so far on the same part; NaN if there are none
     * @param deadline of the whole search
     */
    EarlyStopping(double toBeat, Deadline deadline) {
        this.toBeat = toBeat;
        this.deadline = deadline;
    }

    /** @throws TimeUpException if the run, at this pace, would pass the deadline */
    @Override
    public void progress(double share) {
        Progress now = new Progress((System.nanoTime() - started) / 1e9, share);
        if (first == null) {
            first = now;
        } else if (!deadline.allowsAtAll(now.left(first))) {
            throw new TimeUpException();
        }
    }

    @Override
    public boolean epoch(Epoch epoch) {
        double value = epoch.validation();
        curve.add(value);
        if (value > best) {
            best = value;
            bestEpoch = epoch.number();
        }
        int n = curve.size();
        if (n < FIRST) {
            return true;
        }
        double slope = Math.max(0, (value - curve.get(n - FIRST)) / (FIRST - 1));
        stopped = best + slope * (epoch.of() - epoch.number()) / 2 < MARGIN * toBeat;
        return !stopped && epoch.number() - bestEpoch < PATIENCE;
    }

    List<Double> curve() {
        return List.copyOf(curve);
    }

    double best() {
        return best;
    }

    int bestEpoch() {
        return bestEpoch;
    }

    boolean stopped() {
        return stopped;
    }
}
