package org.mineral.tune.compare;

import java.util.List;

/**
 * The data of a comparison as the user named them, for the commands that repeat an entry.
 *
 * @param name a path, or generated data such as {@code builtin:tastes}
 * @param options of reading, in the application's syntax; empty for the defaults
 */
public record DataSource(String name, List<String> options) {

    public DataSource {
        options = List.copyOf(options);
    }

    /** With default options. */
    public static DataSource of(String name) {
        return new DataSource(name, List.of());
    }

    /** Whether the data are generated. */
    public boolean generated() {
        return name.startsWith("builtin:");
    }
}
