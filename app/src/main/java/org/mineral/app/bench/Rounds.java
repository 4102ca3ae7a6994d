package org.mineral.app.bench;

import java.util.Arrays;

/**
 * Times short calls in rounds: enough calls in a round for the resolution of the clock; the first rounds are dropped until they get no
 * faster, because code is still being compiled.
 */
public final class Rounds {

    private static final double SHORTEST = 0.004;

    /** A round that is faster than all before by this factor is attributed to the compiler. */
    private static final double FASTER = 0.95;

    /** The compiler may need most of a second for one kernel, during which nothing changes. */
    private static final double QUIET = 1;

    private static final double LONGEST_WARM_UP = 15;

    private final Runnable task;
    private int calls = 1;

    private Rounds(Runnable task) {
        this.task = task;
    }

    /** Runs the task until it has not become faster for a second. */
    public static Rounds warm(Runnable task) {
        return warm(task, QUIET);
    }

    /** The same for code that is compiled already, as it is when only the data are others. */
    public static Rounds compiled(Runnable task) {
        return warm(task, 0);
    }

    /** The same with so many seconds: on a busy machine the compiler may need more than one. */
    public static Rounds warm(Runnable task, double quiet) {
        Rounds rounds = new Rounds(task);
        long started = System.nanoTime();
        long improved = started;
        double best = Double.MAX_VALUE;
        do {
            double seconds = rounds.seconds();
            if (seconds < best * FASTER) {
                improved = System.nanoTime();
            }
            best = Math.min(best, seconds);
            rounds.calls = (int) Math.max(rounds.calls, Math.min(1 << 24, Math.ceil(SHORTEST / best)));
        } while (since(improved) < quiet && since(started) < LONGEST_WARM_UP);
        return rounds;
    }

    /** Seconds a call, from one round. */
    public double seconds() {
        long start = System.nanoTime();
        for (int c = 0; c < calls; c++) {
            task.run();
        }
        return since(start) / calls;
    }

    /** Seconds a call, the median of so many rounds: one that was disturbed does not count. */
    public double median(int rounds) {
        double[] seconds = new double[rounds];
        for (int r = 0; r < rounds; r++) {
            seconds[r] = seconds();
        }
        Arrays.sort(seconds);
        return seconds[rounds / 2];
    }

    private static double since(long start) {
        return Math.max(1, System.nanoTime() - start) / 1e9;
    }
}
