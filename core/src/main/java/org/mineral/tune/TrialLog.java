package org.mineral.tune;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.mineral.config.InputException;
import org.mineral.data.Locks;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonRecords;
import org.mineral.json.JsonValue;

/**
 * Trials in an open file, JSON lines: the first line says what all of them share, each further one is a trial. A
 * line is on disk before the next trial begins, so that a run that was killed goes on where it stopped; half a line at
 * the end, left by the kill, is cut off.
 *
 * @param <T> what is known of a trial: {@link Trial}, or all that a comparison needs of one
 */
final class TrialLog<T extends Record> implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;
    private final Class<T> type;
    private final List<T> trials = new ArrayList<>();

    private TrialLog(Path file, FileChannel channel, Class<T> type) {
        this.file = file;
        this.channel = channel;
        this.type = type;
    }

    /**
     * Opens the file, or begins it.
     *
     * @param shared what the trials of this run share
     * @param type of a trial
     * @throws InputException if the file belongs to other trials, is no such file, or another run writes to it
     */
    static <T extends Record> TrialLog<T> open(Path file, Map<String, String> shared, Class<T> type) {
        try {
            TrialLog<T> log = new TrialLog<>(
                    file,
                    FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    type);
            try {
                log.begin(shared);
                return log;
            } catch (InputException | IOException e) {
                log.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the file held, and what was added since. */
    List<T> trials() {
        return List.copyOf(trials);
    }

    void add(T trial) {
        try {
            write(trial);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        trials.add(trial);
    }

    private void begin(Map<String, String> shared) throws IOException {
        lock();
        String text = text();
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        List<String> lines = whole.lines().toList();
        if (!lines.isEmpty()) {
            Map<String, String> theirs = parse(lines.get(0), 1, TrialLog::texts);
            if (!theirs.equals(shared)) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "%s holds trials of something else (%s); now it is %s. Name another file with --log, or delete this one.",
                        file,
                        difference(theirs, shared),
                        difference(shared, theirs)));
            }
        } else if (!Json.write(shared).startsWith(text)) {
            throw noTrials(1, new IOException("not the beginning of the first line"));
        }
        for (int k = 1; k < lines.size(); k++) {
            trials.add(parse(lines.get(k), k + 1, json -> JsonRecords.read(type, json)));
        }
        channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
        if (lines.isEmpty()) {
            write(shared);
        }
    }

    private String text() throws IOException {
        // Through the locked channel: see Locks.
        InputStream in = Channels.newInputStream(channel.position(0));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw noTrials(1, e);
        }
    }

    private void lock() throws IOException {
        if (!Locks.tryLock(channel)) {
            throw new InputException(
                    file + " is being written to by another run; wait for it, or name another file with --log.");
        }
    }

    private void write(Object line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private <V> V parse(String line, int number, Function<JsonValue, V> as) {
        try {
            return as.apply(Json.parse(line));
        } catch (JsonException e) {
            throw noTrials(number, e);
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

    private InputException noTrials(int line, Exception cause) {
        return new InputException(
                file + ", line " + line
                        + ": this is no file of trials. It is left as it is; name another file with --log.",
                cause);
    }

    /** The entries of one that the other does not have. */
    private static Map<String, String> difference(Map<String, String> of, Map<String, String> from) {
        Map<String, String> rest = new TreeMap<>(of);
        rest.entrySet().removeAll(from.entrySet());
        return rest;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
