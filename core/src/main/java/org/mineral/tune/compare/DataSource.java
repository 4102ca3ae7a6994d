package org.mineral.tune.compare;

import java.util.List;

/**
 * The data of a comparison as a user names them, for what an application says to repeat an entry.
 *
 * @param name a path, or generated data such as {@code builtin:tastes}
 * @param options how the data are read, in the application's words; empty for the defaults
 */
public record DataSource(String name, List<String> options) {

    public DataSource {
        options = List.copyOf(options);
    }

    /** Read by the defaults. */
    public static DataSource of(String name) {
        return new DataSource(name, List.of());
    }

    /** Whether the name is that of generated data. */
    public boolean generated() {
        return name.startsWith("builtin:");
    }
}
