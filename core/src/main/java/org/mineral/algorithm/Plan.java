package org.mineral.algorithm;

import java.util.Locale;
import org.mineral.config.HeapException;
import org.mineral.data.Dataset;

/** The work and memory of a run, counted before it starts. */
public interface Plan {

    /** A description of the computation. */
    String engine();

    long users();

    long items();

    /** Number of epochs; 0 for algorithms without epochs. */
    int epochs();

    /** Number of users ranked after each epoch, for validation. */
    default int rankedUsers() {
        return 0;
    }

    /** Bytes of heap (-Xmx) that the run needs. */
    long bytesEstimate();

    /**
     * Arithmetic of the whole run in units of 10^9 operations of single precision, counted from shapes; other work as arithmetic of the same
     * duration. 0 if it is not counted.
     */
    default double gigaflops() {
        return 0;
    }

    /** A description in one line. */
    default String describe() {
        return String.format(
                Locale.ROOT,
                "%s; %,d users x %,d items; about %.2f GB of memory",
                engine(),
                users(),
                items(),
                bytesEstimate() / 1e9);
    }

    /**
     * The plan of an algorithm without epochs.
     *
     * @param engine a description of the computation
     * @param bytes peak use of the heap
     * @param less how to reduce memory, for the error: {@code keep fewer neighbours}
     * @throws HeapException if the heap is too small
     */
    static Plan of(Dataset data, String engine, long bytes, String less) {
        return of(data, engine, 0, bytes, less);
    }

    /**
     * As above, with the work counted.
     *
     * @param gigaflops see {@link #gigaflops}
     */
    static Plan of(Dataset data, String engine, double gigaflops, long bytes, String less) {
        checkMemory(bytes, less);
        return new Once(engine, data.users().size(), data.items().size(), gigaflops, bytes);
    }

    /** @throws HeapException if the heap is too small */
    static void checkMemory(long bytes, String less) {
        long available = Runtime.getRuntime().maxMemory();
        if (bytes > available) {
            // maxMemory() leaves out a survivor space, up to a ninth of the heap with the parallel collector.
            long megabytes = (long) (bytes * 1.15 / (1 << 20)) + 1;
            throw new HeapException(
                    String.format(
                            Locale.ROOT,
                            "this run needs about %.1f GB of memory, and Java may use %.1f GB. %s, or give Java more.",
                            bytes / 1e9,
                            available / 1e9,
                            less),
                    megabytes);
        }
    }

    /** See {@link #of}. */
    record Once(String engine, long users, long items, double gigaflops, long bytesEstimate) implements Plan {
        @Override
        public int epochs() {
            return 0;
        }
    }
}
