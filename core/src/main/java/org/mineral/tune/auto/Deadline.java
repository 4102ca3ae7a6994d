package org.mineral.tune.auto;

/**
 * The end of a search by the clock. Time that a run spent before it was killed counts.
 *
 * @param clock of the whole search
 * @param at seconds on that clock when the last trial of a part of the search should end
 * @param end seconds on that clock when the whole search should
 */
record Deadline(Clock clock, double at, double end) {

    /** Seconds since the search began, over all of its runs. */
    static final class Clock {

        private final long started = System.nanoTime();
        private double before;

        /** Adds the seconds of a trial that an earlier run has finished. */
        void add(double seconds) {
            before += seconds;
        }

        double seconds() {
            return before + (System.nanoTime() - started) / 1e9;
        }
    }

    static Deadline none() {
        return inMinutes(Double.POSITIVE_INFINITY);
    }

    static Deadline inMinutes(double minutes) {
        return new Deadline(new Clock(), 60 * minutes, 60 * minutes);
    }

    /** Whether work of this duration ends in time. */
    boolean allows(double seconds) {
        return clock.seconds() + seconds <= at;
    }

    /** Whether work of this duration ends before the whole search should. */
    boolean allowsAtAll(double seconds) {
        return clock.seconds() + seconds <= end;
    }

    /** The end of the whole after half of the time that is left. */
    Deadline half() {
        return end == Double.POSITIVE_INFINITY ? this : new Deadline(clock, at, (clock.seconds() + end) / 2);
    }

    /** The end of the first of so many parts of equal duration, from now on. */
    Deadline first(int parts) {
        double now = clock.seconds();
        return new Deadline(clock, end == Double.POSITIVE_INFINITY ? end : now + Math.max(0, end - now) / parts, end);
    }
}
