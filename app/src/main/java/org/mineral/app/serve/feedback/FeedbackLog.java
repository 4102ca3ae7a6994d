package org.mineral.app.serve.feedback;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.files.Journal;

/**
 * Events in a {@link Journal}, one line of JSON each. An event is durable when {@link #append} returns.
 *
 * <ol>
 *   <li>Events are written in numbered batches. A thread that finds no batch being written writes all waiting events, with one
 *       fsync for them.
 *   <li>If that fails (the disk is full), nothing of the batch is kept, and every thread that waited for it gets the error. The next batch
 *       starts afresh.
 * </ol>
 */
public final class FeedbackLog implements AutoCloseable {

    private static final String OPENING = "{\"event\":\"";

    /** The outcome for one event. */
    public enum Outcome {
        STORED,
        /** The same event was stored before; nothing was done. */
        KNOWN
    }

    /** Receives batches: on return all lines are durable; on failure none was kept. */
    interface Sink {
        void append(List<String> lines) throws IOException;
    }

    private final Sink sink;
    private final Closeable file;
    private final int limit;
    private final Consumer<Event> stored;

    private final Map<String, Known> known;
    private final Map<Long, RuntimeException> failed = new HashMap<>();

    private List<Event> waiting = new ArrayList<>();
    private long waitingBatch = 1;
    private long writtenBatch;
    private boolean writing;

    /** The hash of an event, by which a different one with the same id is detected, and the batch that it is written with. */
    private record Known(int hash, long batch) {}

    FeedbackLog(Sink sink, Closeable file, Map<String, Known> known, int limit, Consumer<Event> stored) {
        this.sink = sink;
        this.file = file;
        this.known = known;
        this.limit = limit;
        this.stored = stored;
    }

    /** An empty log with another destination than a file. */
    static FeedbackLog to(Sink sink, int limit, Consumer<Event> stored) {
        return new FeedbackLog(sink, () -> {}, new HashMap<>(), limit, stored);
    }

    /**
     * Opens or creates a log. A last line that was torn by a crash is removed, and reported.
     *
     * @param repair whether damaged lines in the middle are moved to a separate file
     * @param stored receives each event once it is durable, in the order of the log, starting with those in the file
     * @param notes receives messages about repairs
     * @throws InputException if another server has the log, it cannot be written, or it is damaged and {@code repair} is false
     */
    public static FeedbackLog open(
            Path file, int limit, boolean repair, Consumer<Event> stored, Consumer<String> notes) {
        Replay replay = new Replay(stored);
        Journal journal = new LogFile(file, "feedback log", OPENING, "--feedback").open(repair, replay, notes);
        if (replay.conflicts > 0) {
            notes.accept(file + ": " + replay.conflicts
                    + " events have the id of an earlier one but other contents; the earlier ones count.");
        }
        return new FeedbackLog(journal::append, journal, replay.known, limit, stored);
    }

    /** Reads the log at the start. */
    private static final class Replay implements Journal.Reader {

        private final Consumer<Event> stored;
        private final Map<String, Known> known = new HashMap<>();
        private long conflicts;

        Replay(Consumer<Event> stored) {
            this.stored = stored;
        }

        @Override
        public void read(String line) throws Journal.DamagedLineException {
            Event event;
            try {
                event = EventLine.read(line);
            } catch (IllegalArgumentException e) {
                throw new Journal.DamagedLineException("no event (" + e.getMessage() + ")", e);
            }
            Known before = known.putIfAbsent(event.id(), new Known(event.hashCode(), 0));
            if (before == null) {
                stored.accept(event);
            } else if (before.hash() != event.hashCode()) {
                conflicts++;
            }
        }
    }

    /** Number of events in the log. */
    public synchronized int size() {
        return known.size() - waiting.size();
    }

    /** Largest number of events. */
    public int capacity() {
        return limit;
    }

    /**
     * Stores events; returns when all are durable.
     *
     * @return one outcome for each event, in their order
     * @throws ConflictException if an id is known with other contents; then nothing is kept
     * @throws LogFullException if there is no space; then nothing is kept
     */
    public List<Outcome> append(List<Event> events) {
        List<Outcome> outcomes = new ArrayList<>();
        SortedSet<Long> batches = new TreeSet<>();
        synchronized (this) {
            Map<String, Event> fresh = fresh(events);
            if (known.size() + fresh.size() > limit) {
                throw new LogFullException("the feedback log is at its limit of " + limit
                        + " events; train a new model with it and start a new log.");
            }
            for (Event event : events) {
                outcomes.add(known.containsKey(event.id()) ? Outcome.KNOWN : Outcome.STORED);
                if (known.putIfAbsent(event.id(), new Known(event.hashCode(), waitingBatch)) == null) {
                    waiting.add(event);
                }
                // A known event may belong to a batch that is still being written, and that may fail.
                batches.add(known.get(event.id()).batch());
            }
        }
        batches.forEach(this::await);
        return outcomes;
    }

    private Map<String, Event> fresh(List<Event> events) {
        Map<String, Event> fresh = new LinkedHashMap<>();
        for (Event event : events) {
            Known before = known.get(event.id());
            Event twin = fresh.get(event.id());
            if (before != null && before.hash() != event.hashCode() || twin != null && !twin.equals(event)) {
                throw new ConflictException("event '" + event.id() + "' was sent before with other contents; give each "
                        + "event an id of its own.");
            }
            if (before == null) {
                fresh.put(event.id(), event);
            }
        }
        return fresh;
    }

    private void await(long batch) {
        List<Event> mine;
        synchronized (this) {
            while (writing && writtenBatch < batch) {
                pause();
            }
            if (writtenBatch >= batch) {
                RuntimeException failure = failed.get(batch);
                if (failure != null) {
                    throw failure;
                }
                return;
            }
            writing = true;
            mine = waiting;
            waiting = new ArrayList<>();
            waitingBatch++;
        }
        RuntimeException failure = null;
        try {
            sink.append(mine.stream().map(EventLine::write).toList());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            failure = new LogFullException("the feedback log cannot be written: " + e.getMessage(), e);
        }
        settle(mine, batch, failure);
        if (failure != null) {
            throw failure;
        }
    }

    /** Ends a batch, successful or not, so that the next one can start. */
    private synchronized void settle(List<Event> batched, long batch, @Nullable RuntimeException failure) {
        try {
            if (failure == null) {
                batched.forEach(stored);
            } else {
                batched.forEach(event -> known.remove(event.id()));
                failed.put(batch, failure);
                // Threads that waited for older batches have their results.
                failed.keySet().removeIf(old -> old < batch - 1000);
            }
        } finally {
            writing = false;
            writtenBatch = batch;
            notifyAll();
        }
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogFullException("the server is stopping", e);
        }
    }

    /** To be called after the last {@link #append}. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
