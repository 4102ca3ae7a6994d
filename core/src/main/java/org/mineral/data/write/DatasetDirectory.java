package org.mineral.data.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mineral.config.InputException;
import org.mineral.files.AtomicDirectory;

/** Writes the directory of a data set atomically. */
final class DatasetDirectory {

    private DatasetDirectory() {}

    /**
     * @param overwrite whether an existing data set may be replaced
     * @throws InputException if something else is there
     */
    static AtomicDirectory open(Path directory, boolean overwrite) throws IOException {
        if (!overwrite) {
            return AtomicDirectory.create(directory);
        }
        check(directory, true);
        return AtomicDirectory.replace(directory, DatasetDirectory::isPart);
    }

    /** @throws InputException if something is there that may not be replaced */
    static void check(Path directory, boolean overwrite) throws IOException {
        if (overwrite) {
            checkReplaceable(directory);
        } else {
            AtomicDirectory.checkNew(directory);
        }
    }

    private static void checkReplaceable(Path directory) throws IOException {
        // Replacing deletes files: only those that this writer creates may be deleted.
        List<Path> others = Files.exists(directory) ? List.of(directory) : List.of();
        if (Files.isDirectory(directory)) {
            try (Stream<Path> entries = Files.list(directory)) {
                others = entries.filter(entry -> !Files.isRegularFile(entry)
                                || !isPart(entry.getFileName().toString()))
                        .sorted()
                        .toList();
            }
        }
        if (!others.isEmpty()) {
            throw new InputException(directory + ": found " + others.get(0).getFileName()
                    + ", which is no part of a data set; only train.*, valid.* and test.* are overwritten;"
                    + " choose another directory");
        }
    }

    private static boolean isPart(String name) {
        return name.matches("(?i)(train|valid|test)\\.(csv|txt|inter)");
    }
}
