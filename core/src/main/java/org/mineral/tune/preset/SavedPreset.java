package org.mineral.tune.preset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.ModelSpec;
import org.mineral.config.Hint;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.data.text.TextFile;
import org.mineral.files.AtomicFile;
import org.mineral.files.WriteErrors;
import org.mineral.json.Json;
import org.mineral.json.JsonException;
import org.mineral.json.JsonRecords;

/**
 * A preset found by a search, stored as a small JSON file.
 *
 * @param about one line about the data, for people
 * @param dataHash {@link org.mineral.data.Dataset#hash()} of the data of the search
 * @param found one entry for each loss, the best first
 */
public record SavedPreset(String name, String about, String dataHash, List<Found> found) implements Preset {

    private static final long LONGEST = 1L << 20;

    /**
     * The settings found for a loss, or for an algorithm without one.
     *
     * @param settings of the loss and of its training, epochs included
     * @param bestEpoch the epoch of this schedule that was best; training without validation part ends there
     * @param metric that they were chosen by, on validation data
     * @param validation its value
     * @param search that found them; null in files of other origin
     * @param date of the search, ISO 8601
     */
    public record Found(
            String loss,
            Map<String, String> settings,
            int bestEpoch,
            String metric,
            double validation,
            @Nullable Search search,
            String date) {}

    /**
     * A search, as data: enough to repeat it.
     *
     * @param data its name
     * @param models that were tuned, each as {@link ModelSpec#toString}
     * @param points number tried for each model; 0 for as many as fit into the time
     * @param minutes limit of the training time; 0 for none
     * @param epochs of the longest trials
     * @param settings that were not tuned
     * @param validation which interactions were held out where the data have no validation part: {@code random} or {@code last}
     */
    public record Search(
            String data,
            List<String> models,
            int points,
            double minutes,
            int epochs,
            Map<String, String> settings,
            String validation,
            long seed) {}

    /** @throws InputException if a loss or a setting is unknown, or a value out of range */
    public SavedPreset {
        if (name == null || about == null || dataHash == null || found == null || found.isEmpty()) {
            throw new InputException(
                    "a preset has name, about, dataHash and found, a list of a loss or more; something is"
                            + " missing.");
        }
        for (Found one : found) {
            if (one.loss == null || one.settings == null) {
                throw new InputException("the preset " + name + " has an entry without loss or settings.");
            }
            check(one);
        }
        found = List.copyOf(found);
    }

    private static void check(Found one) {
        ModelSpec.parse(one.loss).with(one.settings).configured();
    }

    @Override
    public List<String> losses() {
        return found.stream().map(Found::loss).toList();
    }

    @Override
    public Map<String, String> settings(String loss, Interactions train) {
        return settings(loss);
    }

    @Override
    public Set<String> names(String loss) {
        return settings(loss).keySet();
    }

    private Map<String, String> settings(String loss) {
        return found.stream()
                .filter(f -> f.loss.equals(loss))
                .findFirst()
                .map(Found::settings)
                .orElse(Map.of());
    }

    @Override
    public int bestEpoch(String loss) {
        return found.stream()
                .filter(f -> f.loss.equals(loss))
                .mapToInt(Found::bestEpoch)
                .findFirst()
                .orElse(0);
    }

    public void write(Path file) {
        try {
            AtomicFile.writeString(file, Json.pretty(this) + "\n");
        } catch (IOException e) {
            throw WriteErrors.of(file, e);
        }
    }

    /** @throws InputException if it is not a preset */
    static SavedPreset read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST) {
                throw new InputException(
                        file + " is no file of a preset.",
                        Hint.of("see those that are known", Hint.Action.LIST_PRESETS));
            }
            return parse(TextFile.text(file), file.toString());
        } catch (IOException e) {
            throw new InputException(file + " cannot be read as a preset: " + e.getMessage() + ".", e);
        }
    }

    /** Reads a built-in preset. */
    static SavedPreset resource(String name) {
        String file = name + ".json";
        try (InputStream in = SavedPreset.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SavedPreset parse(String text, String source) {
        try {
            return JsonRecords.read(SavedPreset.class, Json.parse(text));
        } catch (JsonException e) {
            throw new InputException(source + " is no preset: " + e.getMessage() + ".", e);
        } catch (InputException e) {
            throw new InputException(source + " is no preset: " + e.getMessage(), e);
        }
    }
}
