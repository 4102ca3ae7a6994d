package org.mineral.app.serve.feedback;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.mineral.app.json.JsonText;
import org.mineral.config.InputException;
import org.mineral.config.Names;
import org.mineral.files.Journal;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonValue;

/**
 * Users and items that came after training, in a {@link Journal}, one line of JSON each: durable when {@link #append} returns. Of several lines with
 * one id the last counts.
 */
public final class AdditionLog implements AutoCloseable {

    private static final String OPENING = "{\"add\":\"";

    private final Journal journal;
    private final int limit;
    private final Map<Addition.Kind, Map<String, Addition>> latest;

    private AdditionLog(Journal journal, int limit, Map<Addition.Kind, Map<String, Addition>> latest) {
        this.journal = journal;
        this.limit = limit;
        this.latest = latest;
    }

    /**
     * Opens or creates a log. A last line that was torn by a crash is removed, and reported.
     *
     * @param limit most users and items together
     * @param repair whether damaged lines in the middle are moved to a separate file
     * @param notes receives messages about repairs
     * @throws InputException if another server has the log, it cannot be written, or it is damaged and {@code repair} is false
     */
    public static AdditionLog open(Path file, int limit, boolean repair, Consumer<String> notes) {
        Map<Addition.Kind, Map<String, Addition>> latest = new HashMap<>();
        Journal journal = new LogFile(file, "log of additions", OPENING, "--additions")
                .open(repair, line -> put(latest, read(line)), notes);
        return new AdditionLog(journal, limit, latest);
    }

    private static void put(Map<Addition.Kind, Map<String, Addition>> latest, Addition addition) {
        Map<String, Addition> own = latest.computeIfAbsent(addition.kind(), kind -> new LinkedHashMap<>());
        own.remove(addition.id());
        own.put(addition.id(), addition);
    }

    private static String write(Addition addition) {
        Map<String, Object> json = JsonText.object("add", Names.kebab(addition.kind()), "id", addition.id());
        if (addition.title() != null) {
            json.put("title", addition.title());
        }
        json.put("attributes", addition.attributes());
        return JsonText.compact(json);
    }

    private static Addition read(String line) throws Journal.DamagedLineException {
        try {
            JsonValue json = Json.parse(line);
            Map<String, Object> attributes = new LinkedHashMap<>();
            json.get("attributes").entries().forEach((name, value) -> {
                if (value.value() != null) {
                    attributes.put(name, value.value());
                }
            });
            String title = json.get("title").value() instanceof String text ? text : null;
            return new Addition(
                    Names.constant(Addition.Kind.class, "add", json.get("add").text("")),
                    json.get("id").text(""),
                    title,
                    attributes);
        } catch (JsonException | InputException e) {
            throw new Journal.DamagedLineException("no addition (" + e.getMessage() + ")", e);
        }
    }

    /** Number of users and items. */
    public synchronized int size() {
        return latest.values().stream().mapToInt(Map::size).sum();
    }

    /** Most users and items together. */
    public int limit() {
        return limit;
    }

    /** All users, or items, as they were last sent. */
    public synchronized List<Addition> all(Addition.Kind kind) {
        return List.copyOf(latest.getOrDefault(kind, Map.of()).values());
    }

    /**
     * Stores users and items; returns when all are durable.
     *
     * @throws LogFullException if there is no space; then nothing is kept
     */
    public synchronized void append(List<Addition> additions) {
        Set<String> fresh = new HashSet<>();
        for (Addition addition : additions) {
            if (!latest.getOrDefault(addition.kind(), Map.of()).containsKey(addition.id())) {
                fresh.add(addition.kind() + addition.id());
            }
        }
        if (size() + fresh.size() > limit) {
            throw new LogFullException(String.format(
                    Locale.ROOT,
                    "the log of additions is at its limit of %,d users and items; train a new model with them and start a"
                            + " new log.",
                    limit));
        }
        List<String> lines = new ArrayList<>();
        additions.forEach(addition -> lines.add(write(addition)));
        try {
            journal.append(lines);
        } catch (IOException e) {
            throw new LogFullException("the log of additions cannot be written: " + e.getMessage(), e);
        }
        additions.forEach(addition -> put(latest, addition));
    }

    /** To be called after the last {@link #append}. */
    @Override
    public void close() throws IOException {
        journal.close();
    }
}
