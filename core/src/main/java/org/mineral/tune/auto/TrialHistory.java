package org.mineral.tune.auto;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
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
            log.trials().forEach(trial -> known.put(List.of(trial.algorithm(), trial.settings()), trial));
        }
    }

    /**
     * Opens or creates the file.
     *
     * @param checkpoints null to keep nothing
     * @param identity of the search
     * @throws org.mineral.config.InputException if there are trials of another search
     */
    static TrialHistory open(@Nullable Checkpoints checkpoints, Map<String, String> identity, SearchListener listener) {
        if (checkpoints == null) {
            return new TrialHistory(null);
        }
        try {
            Files.createDirectories(checkpoints.directory());
        } catch (IOException e) {
            throw WriteErrors.of(checkpoints.directory(), e);
        }
        TrialHistory history = new TrialHistory(TrialLog.open(
                checkpoints.trials(FILE),
                identity,
                TrialRecord.class,
                listener::note,
                Hint.of("begin anew", Hint.Action.START_OVER)));
        if (!history.known.isEmpty()) {
            listener.note("the search goes on after " + history.known.size() + " trials, which are kept in "
                    + checkpoints.directory());
        }
        return history;
    }

    /** The trial, if it was finished by an earlier run. */
    @Nullable
    TrialRecord find(String algorithm, Map<String, String> settings) {
        return known.get(List.of(algorithm, settings));
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
