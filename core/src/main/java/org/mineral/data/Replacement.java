package org.mineral.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mineral.config.InputException;

/** A directory that is written under a temporary name and takes its place in one step, or leaves no trace. */
public final class Replacement implements Closeable {

    private final Path target;
    private final Unfinished temporary;

    /**
     * @param overwrite whether a data set that is already there may be replaced
     * @throws InputException if something else is there
     */
    public Replacement(Path directory, boolean overwrite) throws IOException {
        this.target = directory.toAbsolutePath().normalize();
        if (Files.exists(target)) {
            checkReplaceable(overwrite);
        }
        Path parent = target.getParent();
        if (parent == null) {
            throw new InputException(directory + ": found the root; allowed: a directory below it; choose another");
        }
        Files.createDirectories(parent);
        this.temporary = Unfinished.beside(target);
    }

    private void checkReplaceable(boolean overwrite) throws IOException {
        if (!overwrite) {
            throw new InputException(
                    target + ": found something there already; allowed: a new directory; choose another, or delete it");
        }
        // replacing means deleting: only what this writer makes is ever deleted
        List<Path> others = List.of(target);
        if (Files.isDirectory(target)) {
            try (Stream<Path> entries = Files.list(target)) {
                others = entries.filter(p -> !isPart(p)).sorted().toList();
            }
        }
        if (!others.isEmpty()) {
            throw new InputException(target + ": found " + others.get(0).getFileName()
                    + ", which is no part of a data set; only train.*, valid.* and test.* are overwritten;"
                    + " choose another directory");
        }
    }

    private static boolean isPart(Path entry) {
        String name = String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT);
        return Files.isRegularFile(entry) && name.matches("(train|valid|test)\\.(csv|txt|inter)");
    }

    /** Where everything is written. */
    public Path temporary() {
        return temporary.path();
    }

    /** Puts it to its place. */
    public void commit() throws IOException {
        temporary.finish(this::move);
    }

    private void move() throws IOException {
        Path from = temporary.path();
        if (!Files.exists(target)) {
            Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path old = from.resolveSibling(from.getFileName() + ".old");
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        Unfinished.delete(old);
    }

    @Override
    public void close() throws IOException {
        temporary.close();
    }
}
