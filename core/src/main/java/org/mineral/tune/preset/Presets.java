package org.mineral.tune.preset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mineral.config.InputException;

/** The built-in presets, one small file for each beside this class. */
public final class Presets {

    private static final List<String> SAVED =
            List.of("amazon-electronics-small", "gowalla", "movietweetings-100k", "yelp2018");

    private Presets() {}

    /** Names of all presets: auto, and those found by searches. */
    public static List<String> names() {
        return Stream.concat(Stream.of(AutoPreset.NAME), SAVED.stream()).toList();
    }

    /** Names of the presets found by searches. */
    public static List<SavedPreset> saved() {
        return SAVED.stream().map(SavedPreset::resource).toList();
    }

    /**
     * By name, or from a file.
     *
     * @param name one of {@link #names()}, or the path of a file that ends in {@code .json}
     * @param further other values that the caller accepts, for the message
     * @throws InputException if it does not exist; the message has the nearest name
     */
    public static Preset of(String name, String... further) {
        if (name.endsWith(".json")) {
            return SavedPreset.read(Path.of(name));
        }
        if (name.equals(AutoPreset.NAME)) {
            return new AutoPreset();
        }
        if (!SAVED.contains(name)) {
            throw InputException.unknown(
                    "preset",
                    name,
                    Stream.concat(names().stream(), Stream.of(further)).toList());
        }
        return SavedPreset.resource(name);
    }

    /** Refuses a list of losses of which the preset covers none, so that defaults are not mistaken for it. */
    public static void check(Preset preset, List<String> losses) {
        if (losses.stream().noneMatch(preset.losses()::contains)) {
            throw new InputException("the preset " + preset.name() + " has settings for "
                    + String.join(", ", preset.losses()) + ", none for " + String.join(", ", losses) + ".");
        }
    }
}
