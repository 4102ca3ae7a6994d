package org.mineral.tune.preset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mineral.config.InputException;

/** The presets that come along, one small file each beside this class. */
public final class Presets {

    private static final List<String> SAVED =
            List.of("amazon-electronics-small", "gowalla", "movietweetings-100k", "yelp2018");

    private Presets() {}

    /** Names: auto, and those that searches found. */
    public static List<String> names() {
        return Stream.concat(Stream.of(AutoPreset.NAME), SAVED.stream()).toList();
    }

    /** Those that searches found. */
    public static List<SavedPreset> saved() {
        return SAVED.stream().map(SavedPreset::resource).toList();
    }

    /**
     * By name, or from a file.
     *
     * @param name one of {@link #names()}, or the path of a file that ends in {@code .json}
     * @param further what else the caller understands, for the message
     * @throws InputException if there is none; the message has the nearest name
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

    /** Refuses losses of which the preset knows none, so that nobody takes defaults for it. */
    public static void check(Preset preset, List<String> losses) {
        if (losses.stream().noneMatch(preset.losses()::contains)) {
            throw new InputException("the preset " + preset.name() + " has settings for "
                    + String.join(", ", preset.losses()) + ", none for " + String.join(", ", losses) + ".");
        }
    }
}
