package org.mineral.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Replaces a file atomically: a reader sees either the complete old file or the complete new one. The contents are forced to disk before the
 * rename, the directory entry after it.
 */
public final class AtomicFile implements Closeable {

    private final Path place;
    private final Staging staging;

    /** @param file an existing file stays until {@link #commit} */
    public AtomicFile(Path file) throws IOException {
        place = Staging.place(file);
        staging = Staging.beside(place, name -> true);
    }

    /** Writes a text as UTF-8. */
    public static void writeString(Path file, String text) throws IOException {
        try (AtomicFile atomic = new AtomicFile(file)) {
            Files.writeString(atomic.path(), text);
            atomic.commit();
        }
    }

    /** Deletes incomplete files that killed writers left beside a target, but not those of active writers. */
    public static void recover(Path file) throws IOException {
        Staging.recover(Staging.place(file), name -> true);
    }

    /** The file to write to; it does not exist yet. */
    public Path path() {
        return staging.fresh();
    }

    /** Moves the file to its target. After this it survives a power failure. */
    public void commit() throws IOException {
        Fsync.file(path());
        staging.finish(
                () -> Files.move(path(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        Fsync.directory(place.resolveSibling("."));
    }

    /** Deletes what was written, unless it has been committed. */
    @Override
    public void close() {
        staging.close();
    }
}
