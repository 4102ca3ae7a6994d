package org.mineral.algorithm;

import java.util.Locale;
import org.mineral.config.HeapException;
import org.mineral.data.Dataset;

/** What a run will do and the memory it needs, counted before it starts. */
public interface Plan {

    /** How the model is computed, in words. */
    String engine();

    long users();

    long items();

    /** Epochs to be run; 0 if the algorithm knows none. */
    int epochs();

    /** Users ranked after each epoch, for validation. */
    default int rankedUsers() {
        return 0;
    }

    /** The heap (-Xmx) that the run needs. */
    long bytesEstimate();

    /** One line for people. */
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
     * @param engine how the model is computed, in words
     * @param bytes of the heap that it needs at most
     * @param less what lets it do with less, for the refusal: {@code keep fewer neighbours}
     * @throws HeapException if Java may not take so much
     */
    static Plan of(Dataset data, String engine, long bytes, String less) {
        checkMemory(bytes, less);
        return new Once(engine, data.users().size(), data.items().size(), bytes);
    }

    /** @throws HeapException if Java may not take so many bytes */
    static void checkMemory(long bytes, String less) {
        long available = Runtime.getRuntime().maxMemory();
        if (bytes > available) {
            // The parallel collector's survivors take a ninth that Java does not count as usable.
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
    record Once(String engine, long users, long items, long bytesEstimate) implements Plan {
        @Override
        public int epochs() {
            return 0;
        }
    }
}
