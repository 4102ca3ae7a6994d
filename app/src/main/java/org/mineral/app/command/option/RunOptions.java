package org.mineral.app.command.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The seed and the threads of a run, and whether it is debugged. */
public final class RunOptions {

    private static final int MOST_THREADS = 1024;

    @Option(names = "--seed", paramLabel = "N", order = 101, description = "Seed of every random number. Default: 42.")
    @Nullable
    Long seed;

    @Option(names = "--threads", paramLabel = "N", order = 102, description = "Threads. Default: one a processor.")
    @Nullable
    Integer threads;

    @Option(names = "--debug", order = 103, description = "Show where in the code an error arose.")
    boolean debug;

    /** Whether errors are shown with their place in the code. */
    public boolean debug() {
        return debug;
    }

    public long seed() {
        return seed == null ? Seeds.DEFAULT : seed;
    }

    /** Null if there is none. */
    public @Nullable Long givenSeed() {
        return seed;
    }

    /** Ignores the given seed, because another one overrides it. */
    public void dropSeed() {
        seed = null;
    }

    /**
     * The number of threads to work with.
     *
     * @throws org.mineral.config.InputException if it is out of range
     */
    public int threads() {
        if (threads == null) {
            return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        }
        Ranges.check("--threads", threads, 1, MOST_THREADS);
        return threads;
    }
}
