package org.mineral.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Predicate;
import org.mineral.config.InputException;

/**
 * Replaces a directory of files atomically: a reader sees either the complete old directory or the complete new one.
 *
 * <ol>
 *   <li>All files are written into a hidden directory beside the target and forced to disk (fsync).
 *   <li>An existing directory is renamed to a hidden name, then the new one is renamed to the target.
 *   <li>Only then is the old one deleted; files in it that its owner did not write are moved to the new one.
 * </ol>
 *
 * If the machine stops between the two renames, the old directory is complete under the name {@code .NAME.old-...}, and {@link #recover} or
 * the next writer restores it.
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
            // Not createTempDirectory: only the owner can read its directories, and the target would inherit that.
            Files.createDirectory(path());
        } catch (IOException e) {
            staging.close();
            throw e;
        }
    }

    /** @throws InputException if something is there already */
    public static AtomicDirectory create(Path directory) throws IOException {
        recover(directory, name -> true);
        checkNew(directory);
        return new AtomicDirectory(directory, false, name -> true);
    }

    /** @throws InputException if something is there already */
    public static void checkNew(Path directory) {
        if (Files.exists(directory)) {
            throw new InputException(directory
                    + ": found something there already; allowed: a new directory; choose another, or delete it");
        }
    }

    /**
     * Replaces the existing directory, if any; the caller has checked that it may be replaced.
     *
     * @param own names of files that are deleted with the old directory; others are moved to the new one
     */
    public static AtomicDirectory replace(Path directory, Predicate<String> own) throws IOException {
        return new AtomicDirectory(directory, true, own);
    }

    /** Cleans up after a killed writer: completes or undoes its replacement. Does nothing while another writer is active. */
    public static void recover(Path directory, Predicate<String> own) throws IOException {
        Staging.recover(Staging.place(directory), own);
    }

    /** The directory to write the files into; empty at first. */
    public Path path() {
        return staging.fresh();
    }

    /** Moves the directory to its target. After this it survives a power failure. */
    public void commit() throws IOException {
        Fsync.tree(path());
        staging.finish(this::swap);
        Fsync.directory(place.resolveSibling("."));
        try {
            Staging.settle(staging.old(), place, own);
        } catch (IOException e) {
            // The new directory is in place; the next writer deletes what is left of the old one.
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

    /** Deletes what was written, unless it has been committed. */
    @Override
    public void close() {
        staging.close();
    }
}
