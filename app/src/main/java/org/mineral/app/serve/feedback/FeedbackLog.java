package org.mineral.app.serve.feedback;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.mineral.config.InputException;

/**
 * Events on disk, one line of JSON each, only ever appended to. An event is durable when {@link #append} returns: it was
 * written and synced, and survives a kill of the process and a loss of power.
 *
 * <ol>
 *   <li>Events are numbered batches. Whoever finds no batch being written writes all that wait, and syncs once for them.
 *   <li>If that fails (the disk is full), the file is cut back to what was durable, none of the batch was kept, and everybody
 *       who waited for it is told. The next batch tries afresh.
 *   <li>At the start the file is read from its beginning. A last line without an end was never acknowledged: it is cut off.
 *       Any other line that is no event is refused, with its number.
 * </ol>
 */
public final class FeedbackLog implements AutoCloseable {

    /** Longer lines are no events. */
    private static final int LONGEST_LINE = 1 << 16;

    /** What became of one event. */
    public enum Outcome {
        STORED,
        /** The same event was stored before; nothing was done. */
        KNOWN
    }

    private final LogStorage storage;
    private final int limit;
    private final Consumer<Event> stored;

    private final Map<String, Known> known = new HashMap<>();
    private final Map<Long, RuntimeException> failed = new HashMap<>();

    private List<Event> waiting = new ArrayList<>();
    private long waitingBatch = 1;
    private long writtenBatch;
    private boolean writing;
    private long length;
    private boolean ragged;

    /** An event by a hash, so that another one under the same id is noticed, and the batch that it is written with. */
    private record Known(int hash, long batch) {}

    /** @param stored told of each event once it is durable, in the order of the log; at the start of all that the file holds */
    public static FeedbackLog open(Path file, int limit, Consumer<Event> stored) throws IOException {
        LogStorage storage = LogStorage.file(file);
        try {
            return new FeedbackLog(storage, file.toString(), limit, stored);
        } catch (IOException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    FeedbackLog(LogStorage storage, String name, int limit, Consumer<Event> stored) throws IOException {
        this.storage = storage;
        this.limit = limit;
        this.stored = stored;
        replay(name);
    }

    private void replay(String name) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long at = 0;
        int number = 1;
        try (InputStream bytes = new BufferedInputStream(storage.read())) {
            for (int b = bytes.read(); b >= 0; b = bytes.read()) {
                at++;
                if (b == '\n') {
                    Event event = parse(line.toString(StandardCharsets.UTF_8), name, number++);
                    if (known.put(event.id(), new Known(event.hashCode(), 0)) == null) {
                        stored.accept(event);
                    }
                    line.reset();
                    length = at;
                } else if (line.size() < LONGEST_LINE) {
                    line.write(b);
                }
            }
        }
        if (line.size() > 0) {
            storage.truncate(length);
            storage.sync();
        }
    }

    private static Event parse(String line, String name, int number) {
        try {
            return EventLine.read(line);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    String.format(
                            Locale.ROOT,
                            "%s, line %d: no event (%s). Repair or remove the line, or name another --feedback file.",
                            name,
                            number,
                            e.getMessage()),
                    e);
        }
    }

    /** Events in the log. */
    public synchronized int size() {
        return known.size() - waiting.size();
    }

    /**
     * Returns once all events are durable.
     *
     * @return an outcome an event, in their order
     * @throws ConflictException if an id is known with other contents; nothing is kept then
     * @throws LogFullException if there is no room; nothing is kept then
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
                // A known event may still be on its way to the disk, and may not get there.
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
            write(mine);
        } catch (IOException e) {
            failure = new LogFullException("the feedback log cannot be written: " + e.getMessage(), e);
        }
        synchronized (this) {
            if (failure == null) {
                mine.forEach(stored);
            } else {
                mine.forEach(event -> known.remove(event.id()));
                failed.put(batch, failure);
                // Whoever waited has long been told.
                failed.keySet().removeIf(old -> old < batch - 1000);
            }
            writing = false;
            writtenBatch = batch;
            notifyAll();
        }
        if (failure != null) {
            throw failure;
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

    /** Only one thread at a time is here. */
    private void write(List<Event> events) throws IOException {
        if (ragged) {
            storage.truncate(length);
            ragged = false;
        }
        StringBuilder lines = new StringBuilder();
        for (Event event : events) {
            lines.append(EventLine.write(event)).append('\n');
        }
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try {
            storage.write(length, ByteBuffer.wrap(bytes));
            storage.sync();
            length += bytes.length;
        } catch (IOException e) {
            ragged = true;
            try {
                storage.truncate(length);
                ragged = false;
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        storage.close();
    }
}
