package org.mineral.tune.compare;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mineral.tune.log.TrialLog;

/**
 * Stores the finished trainings of a comparison in a {@link TrialLog}, with per-user values, so that the tests can be recomputed. Failures
 * are not stored, so they are tried again.
 */
final class ResultCache implements AutoCloseable {

    private final @Nullable TrialLog<EntryResult> log;
    private final Map<List<Object>, EntryResult> known = new HashMap<>();

    private ResultCache(@Nullable TrialLog<EntryResult> log) {
        this.log = log;
        if (log != null) {
            log.trials().forEach(training -> known.put(key(training), training));
        }
    }

    /**
     * Opens or creates a file.
     *
     * @param file null to store nothing
     * @param shared header shared by all trainings in it
     * @param notes receives messages about repairs
     */
    static ResultCache open(@Nullable Path file, Supplier<Map<String, String>> shared, Consumer<String> notes) {
        return new ResultCache(file == null ? null : TrialLog.open(file, shared.get(), EntryResult.class, notes));
    }

    /** The stored training, or null. */
    @Nullable
    EntryResult of(String name, long seed) {
        return known.get(List.of(name, seed));
    }

    void add(EntryResult training) {
        if (log != null && !training.entry().failed()) {
            log.add(training);
        }
    }

    private static List<Object> key(EntryResult training) {
        return List.of(training.entry().name(), training.entry().seeds().get(0).seed());
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
