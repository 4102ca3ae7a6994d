package org.mineral.tune.compare;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The finished trainings of a comparison in a {@link TrialLog}, each with its users' values, so that the tests can be made again. One
 * that failed is not kept: it is tried again.
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
     * Opens a file, or begins it.
     *
     * @param file null to keep nothing
     * @param shared what all trainings in it share
     * @param notes told what was repaired
     */
    static ResultCache open(@Nullable Path file, Supplier<Map<String, String>> shared, Consumer<String> notes) {
        return new ResultCache(file == null ? null : TrialLog.open(file, shared.get(), EntryResult.class, notes));
    }

    /** Null if it has still to be made. */
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
