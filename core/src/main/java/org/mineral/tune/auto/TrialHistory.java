package org.mineral.tune.auto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Hint;
import org.mineral.files.WriteErrors;
import org.mineral.tune.log.TrialLog;

/**
 * Finished trials of a search. With checkpoints, each is on disk before the next begins, so that a search that was killed goes on after the
 * last of them: a search is a function of the results of its trials.
 */
final class TrialHistory implements AutoCloseable {

    /** The file among the checkpoints. */
    private static final String FILE = "search";

    private final @Nullable TrialLog<TrialRecord> log;
    private final Map<List<Object>, TrialRecord> known = new HashMap<>();

    private TrialHistory(@Nullable TrialLog<TrialRecord> log) {
        this.log = log;
        if (log != null) {
            log.trials().forEach(trial -> known.put(List.of(trial.given(), trial.settings()), trial));
        }
    }

    /**
     * Opens or creates the file of one search.
     *
     * @param checkpoints null to keep nothing
     * @param given what is searched
     * @param identity of the search otherwise
     * @throws org.mineral.config.InputException if there are trials of another search
     */
    static TrialHistory open(
            @Nullable Checkpoints checkpoints, ModelSpec given, Map<String, String> identity, SearchListener listener) {
        if (checkpoints == null) {
            return new TrialHistory(null);
        }
        try {
            Files.createDirectories(checkpoints.directory());
        } catch (IOException e) {
            throw WriteErrors.of(checkpoints.directory(), e);
        }
        Map<String, String> own = new LinkedHashMap<>(identity);
        own.put("search", given.toString());
        Path file = checkpoints.trials(FILE);
        return open(file, own, listener, Hint.of("begin anew", Hint.Action.START_OVER))
                .noted(trial -> true, file, listener);
    }

    /**
     * Opens or creates a file for searches of any models.
     *
     * @param log {@code NAME}; the file is {@code NAME.search}
     * @param given what is searched
     * @param identity of the searches otherwise
     * @throws org.mineral.config.InputException if there are trials on other data, or judged in another way
     */
    static TrialHistory beside(Path log, ModelSpec given, Map<String, String> identity, SearchListener listener) {
        Path file = beside(log);
        return open(file, identity, listener).noted(trial -> trial.given().equals(given.toString()), file, listener);
    }

    private static TrialHistory open(Path file, Map<String, String> identity, SearchListener listener, Hint... advice) {
        return new TrialHistory(TrialLog.open(file, identity, TrialRecord.class, listener::note, advice));
    }

    static Path beside(Path log) {
        return log.resolveSibling(log.getFileName() + "." + FILE);
    }

    /** @param of those that were finished before */
    private TrialHistory noted(Predicate<TrialRecord> of, Path file, SearchListener listener) {
        long finished = known.values().stream().filter(of).count();
        if (finished > 0) {
            listener.note("the search goes on after " + finished + " trials, which are kept in " + file);
        }
        return this;
    }

    /** The trial, if it was finished by an earlier run. */
    @Nullable
    TrialRecord find(ModelSpec given, Map<String, String> settings) {
        return known.get(List.of(given.toString(), settings));
    }

    void add(TrialRecord trial) {
        if (log != null) {
            log.add(trial);
        }
    }

    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
    }
}
