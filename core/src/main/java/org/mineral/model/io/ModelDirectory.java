package org.mineral.model.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.mineral.config.InputException;
import org.mineral.files.AtomicDirectory;

/** The directory of a model, replaced atomically. Only a model directory is ever replaced. */
final class ModelDirectory {

    static final String HEAD = "model.json";

    /** Files that every model has. */
    static final List<String> FILES = List.of(HEAD, "factors.safetensors", "users.tsv", "items.tsv");

    /** Whether a file belongs to models. */
    private static boolean isOurs(String name) {
        return FILES.contains(name) || name.equals(AttributeFile.NAME);
    }

    /** Fills an empty directory. */
    interface Content {
        void write(Path directory) throws IOException;
    }

    private ModelDirectory() {}

    /** Files in the old directory that are not Mineral's are moved to the new one. */
    static void replace(Path target, Content content) throws IOException {
        checkReplaceable(target);
        try (AtomicDirectory directory = AtomicDirectory.replace(target, ModelDirectory::isOurs)) {
            content.write(directory.path());
            directory.commit();
        }
    }

    private static void checkReplaceable(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(target)) {
            try (Stream<Path> entries = Files.list(target)) {
                empty = entries.findAny().isEmpty();
            }
        }
        if (!empty && !ModelHeader.isHead(target.resolve(HEAD))) {
            throw new InputException(target + " exists and is no Mineral model, so it is not replaced. Name a new "
                    + "directory, or delete it yourself.");
        }
    }

    /** Cleans up after a killed writer: restores the old model if it had not been replaced. */
    static void recover(Path target) throws IOException {
        AtomicDirectory.recover(target, ModelDirectory::isOurs);
    }
}
