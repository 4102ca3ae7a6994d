package org.mineral.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written beside its place and takes it in one step: a reader finds the older one or the new one, whole. It is
 * forced to the disk before it takes its place, and its name after.
 */
public final class AtomicFile implements Closeable {

    private final Path place;
    private final Staging staging;

    /** @param file a file may be there already; it stays until {@link #commit} */
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

    /** Deletes what killed writers left half written beside a place; leaves alone what is being written. */
    public static void recover(Path file) throws IOException {
        Staging.recover(Staging.place(file), name -> true);
    }

    /** Where everything is written; nothing is there yet. */
    public Path path() {
        return staging.fresh();
    }

    /** Puts it to its place; it survives a loss of power from here on. */
    public void commit() throws IOException {
        Fsync.file(path());
        staging.finish(
                () -> Files.move(path(), place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        Fsync.directory(place.resolveSibling("."));
    }

    /** Deletes what was written, unless it is in its place. */
    @Override
    public void close() {
        staging.close();
    }
}
