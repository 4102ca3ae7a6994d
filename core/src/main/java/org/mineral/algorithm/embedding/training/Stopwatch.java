package org.mineral.algorithm.embedding.training;

import org.mineral.linalg.State;

/** The time that a run itself has taken. Runs from its creation on. */
public final class Stopwatch {

    private long taken;
    private long since = System.nanoTime();
    private boolean runs = true;

    void start() {
        since = System.nanoTime();
        runs = true;
    }

    void stop() {
        taken = nanoseconds();
        runs = false;
    }

    /** Takes off what was other runs' work too. */
    public void leaveOut(long nanoseconds) {
        taken -= nanoseconds;
    }

    double seconds() {
        return nanoseconds() / 1e9;
    }

    private long nanoseconds() {
        return runs ? taken + System.nanoTime() - since : taken;
    }

    void state(State state) {
        taken = state.number("nanoseconds", nanoseconds());
        since = System.nanoTime();
    }
}
