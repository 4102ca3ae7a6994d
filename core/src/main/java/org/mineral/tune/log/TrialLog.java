package org.mineral.tune.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.files.FileLock;
import org.mineral.files.Journal;
import org.mineral.files.WriteErrors;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonRecords;
import org.mineral.json.JsonValue;

/**
 * Stores trials in a {@link Journal} of JSON lines: a header with what all trials share, then one line for each trial. A line is durable
 * before the next trial starts, so that a killed run can be resumed.
 *
 * @param <T> the record of a trial
 */
public final class TrialLog<T extends Record> implements AutoCloseable {

    private final Path file;
    private final Journal journal;
    private final List<T> trials;

    private TrialLog(Path file, Journal journal, List<T> trials) {
        this.file = file;
        this.journal = journal;
        this.trials = trials;
    }

    /**
     * Opens or creates the file.
     *
     * @param shared the header of this run
     * @param type of a trial
     * @param notes receives messages about repairs
     * @param advice for the case that the file belongs to other trials; by default another file
     * @throws InputException if the file belongs to other trials, is not a trials file, cannot be written, or another run writes to it
     */
    public static <T extends Record> TrialLog<T> open(
            Path file, Map<String, String> shared, Class<T> type, Consumer<String> notes, Hint... advice) {
        try {
            FileLock lock = FileLock.tryLock(file);
            if (lock == null) {
                throw new InputException(
                        file + " is being written to by another run; wait for it, or name another file.");
            }
            Lines<T> lines = new Lines<>(file, shared, type, advice);
            String opening = Json.write(shared);
            Journal journal = Journal.open(file, lock, opening, false, lines);
            TrialLog<T> log = new TrialLog<>(file, journal, lines.trials);
            journal.repairs().forEach(notes);
            if (lines.first == null) {
                log.begin(opening);
            }
            return log;
        } catch (Journal.DamagedException e) {
            throw new InputException(
                    e.getMessage() + ": this is no file of trials. It is left as it is; name another file.", e);
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    /** Reads the existing lines. */
    private static final class Lines<T extends Record> implements Journal.Reader {

        private final Path file;
        private final Map<String, String> shared;
        private final Class<T> type;
        private final Hint[] advice;
        private final List<T> trials = new ArrayList<>();
        private @Nullable Map<String, String> first;

        Lines(Path file, Map<String, String> shared, Class<T> type, Hint... advice) {
            this.file = file;
            this.shared = shared;
            this.type = type;
            this.advice = advice;
        }

        @Override
        public void read(String line) throws Journal.DamagedLineException {
            if (first != null) {
                trials.add(parse(line, json -> JsonRecords.read(type, json)));
                return;
            }
            Map<String, String> theirs = parse(line, Lines::texts);
            first = theirs;
            if (!theirs.equals(shared)) {
                throw new InputException(
                        String.format(
                                Locale.ROOT,
                                "%s holds trials of something else (%s); now it is %s.%s",
                                file,
                                difference(theirs, shared),
                                difference(shared, theirs),
                                advice.length == 0 ? " Name another file, or delete this one." : ""),
                        advice);
            }
        }

        private static <V> V parse(String line, Function<JsonValue, V> as) throws Journal.DamagedLineException {
            try {
                return as.apply(Json.parse(line));
            } catch (JsonException e) {
                throw new Journal.DamagedLineException("it is no trial", e);
            }
        }

        private static Map<String, String> texts(JsonValue json) {
            Map<String, String> texts = new LinkedHashMap<>();
            if (!json.isObject()) {
                throw new JsonException("an object was expected");
            }
            json.entries().forEach((name, value) -> texts.put(name, String.valueOf(value.value())));
            return texts;
        }

        /** The entries of one map that the other lacks. */
        private static Map<String, String> difference(Map<String, String> of, Map<String, String> from) {
            Map<String, String> rest = new TreeMap<>(of);
            rest.entrySet().removeAll(from.entrySet());
            return rest;
        }
    }

    /** All trials, from the file and new ones. */
    public List<T> trials() {
        return List.copyOf(trials);
    }

    public void add(T trial) {
        write(Json.write(trial));
        trials.add(trial);
    }

    private void begin(String opening) {
        try {
            write(opening);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void write(String line) {
        try {
            journal.append(List.of(line));
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
