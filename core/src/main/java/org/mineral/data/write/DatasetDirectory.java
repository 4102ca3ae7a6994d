package org.mineral.data.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mineral.config.InputException;
import org.mineral.files.AtomicDirectory;

/** A directory of a data set, to be written: complete, or not at all. */
final class DatasetDirectory {

    private DatasetDirectory() {}

    /**
     * @param overwrite whether a data set that is already there may be replaced
     * @throws InputException if something else is there
     */
    static AtomicDirectory open(Path directory, boolean overwrite) throws IOException {
        if (!overwrite) {
            return AtomicDirectory.create(directory);
        }
        checkReplaceable(directory);
        return AtomicDirectory.replace(directory, DatasetDirectory::isPart);
    }

    private static void checkReplaceable(Path directory) throws IOException {
        // Replacing means deleting: only what this writer makes is ever deleted.
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
