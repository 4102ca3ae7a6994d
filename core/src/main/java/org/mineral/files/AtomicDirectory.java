package org.mineral.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.mineral.config.InputException;

/**
 * A directory of files that is written beside its place, so that a reader finds the older one or the new one, whole.
 *
 * <ol>
 *   <li>Everything is written into a hidden directory beside the place and forced to the disk.
 *   <li>An older directory steps aside under a hidden name; the new one takes its place by a rename.
 *   <li>Only then is the older one deleted; files in it that its owner does not know move over.
 * </ol>
 *
 * Should the machine stop between the two renames, the older directory is whole under the name {@code .NAME.old-...}, and
 * {@link #recover} or the next writer puts it back.
 */
public final class AtomicDirectory implements Closeable {

    private final Path place;
    private final boolean replaces;
    private final Predicate<String> own;
    private final Staging staging;

    private AtomicDirectory(Path directory, boolean replaces, Predicate<String> own) throws IOException {
        this.place = Staging.place(directory);
        this.replaces = replaces;
        this.own = own;
        Path parent = place.getParent();
        if (parent == null) {
            throw new InputException(directory + ": found the root; allowed: a directory below it; choose another");
        }
        Files.createDirectories(parent);
        this.staging = Staging.beside(place, own);
        try {
            // Not createTempDirectory: its directories are for their owner alone, and so would the target be.
            Files.createDirectory(path());
        } catch (IOException e) {
            staging.close();
            throw e;
        }
    }

    /** @throws InputException if something is there already */
    public static AtomicDirectory create(Path directory) throws IOException {
        recover(directory, name -> true);
        if (Files.exists(directory)) {
            throw new InputException(directory
                    + ": found something there already; allowed: a new directory; choose another, or delete it");
        }
        return new AtomicDirectory(directory, false, name -> true);
    }

    /**
     * In the place of a directory that the caller has found replaceable, if there is one.
     *
     * @param own names of files that are deleted with the older directory; others move to the new one
     */
    public static AtomicDirectory replace(Path directory, Predicate<String> own) throws IOException {
        return new AtomicDirectory(directory, true, own);
    }

    /** Finishes what a killed writer left beside a place; does nothing where another writer is at work. */
    public static void recover(Path directory, Predicate<String> own) throws IOException {
        Staging.recover(Staging.place(directory), own);
    }

    /** Where everything is written: a directory, empty at first. */
    public Path path() {
        return staging.fresh();
    }

    /** Puts it to its place; it survives a loss of power from here on. */
    public void commit() throws IOException {
        Fsync.tree(path());
        staging.finish(this::swap);
        Fsync.directory(place.resolveSibling("."));
        try {
            Staging.settle(staging.old(), place, own);
        } catch (IOException e) {
            // The new one is in its place; the next writer settles what is left of the older one.
        }
    }

    private void swap() throws IOException {
        boolean moved = replaces && Files.exists(place);
        if (moved) {
            Files.move(place, staging.old(), StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(path(), place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (moved) {
                Files.move(staging.old(), place, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
    }

    /** Deletes what was written, unless it is in its place. */
    @Override
    public void close() {
        staging.close();
    }
}
