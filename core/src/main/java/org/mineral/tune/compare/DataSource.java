package org.mineral.tune.compare;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data of a comparison as a user names them, for the commands that repeat an entry.
 *
 * @param name a path, or generated data such as {@code builtin:tastes}
 * @param options the words of a command that say how the data are read, an option and its value one after the other; empty for
 *     the defaults
 */
public record DataSource(String name, List<String> options) {

    public DataSource {
        options = List.copyOf(options);
    }

    /** Read by the defaults. */
    public static DataSource of(String name) {
        return new DataSource(name, List.of());
    }

    boolean generated() {
        return name.startsWith("builtin:");
    }

    /** Name and options as a shell takes them. */
    String words() {
        return Stream.concat(Stream.of(name), options.stream())
                .map(Commands::quote)
                .collect(Collectors.joining(" "));
    }
}
