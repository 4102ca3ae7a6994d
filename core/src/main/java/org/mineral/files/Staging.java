package org.mineral.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary files beside a target {@code NAME} while it is being written, on the same disk:
 *
 * <ul>
 *   <li>{@code .NAME.new-TOKEN}: the new file or directory, not complete yet;
 *   <li>{@code .NAME.old-TOKEN}: the older directory, between the two renames that replace it;
 *   <li>{@code .NAME.lock-TOKEN}: locked by the writer as long as there may be one of the others.
 * </ul>
 *
 * All are deleted on close, and also on a regular end of the process. Leftovers of a killed process, recognised by a lock file that nobody
 * holds, are {@link #recover recovered} by the next writer.
 */
final class Staging implements Closeable {

    private final Path fresh;
    private final Path old;
    private final FileLock lock;
    private final Thread atShutdown = new Thread(this::abandon);

    /** The step that {@link #finish} performs. */
    interface Step {
        void run() throws IOException;
    }

    private Staging(Path place, String token, FileLock lock) {
        this.fresh = sibling(place, "new-" + token);
        this.old = sibling(place, "old-" + token);
        this.lock = lock;
    }

    /**
     * Starts a replacement, after {@link #recover}.
     *
     * @throws IllegalStateException if the process is ending already
     */
    static Staging beside(Path place, Predicate<String> own) throws IOException {
        recover(place, own);
        Staging staging = begin(place);
        try {
            Runtime.getRuntime().addShutdownHook(staging.atShutdown);
        } catch (IllegalStateException e) {
            staging.abandon();
            throw e;
        }
        return staging;
    }

    private static Staging begin(Path place) throws IOException {
        while (true) {
            String token = UUID.randomUUID().toString().substring(0, 8);
            FileLock lock = FileLock.tryLock(sibling(place, "lock-" + token));
            // A process that recovers at the same time may have deleted the new file as a leftover.
            if (lock != null) {
                return new Staging(place, token, lock);
            }
        }
    }

    /** The real path behind links, so that the target of a link is replaced and not the link. */
    static Path place(Path target) throws IOException {
        return Files.exists(target)
                ? target.toRealPath()
                : target.toAbsolutePath().normalize();
    }

    private static Path sibling(Path place, String suffix) {
        return place.resolveSibling("." + place.getFileName() + "." + suffix);
    }

    /** The new file or directory. */
    Path fresh() {
        return fresh;
    }

    Path old() {
        return old;
    }

    /** Moves the new file or directory to its target. A process that is ending waits until that is done. */
    synchronized void finish(Step step) throws IOException {
        step.run();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The process is ending: the second of two callers finds nothing to do.
        }
        abandon();
    }

    private synchronized void abandon() {
        try (lock) {
            delete(fresh);
            if (!Files.exists(old)) {
                lock.delete();
            }
        } catch (IOException e) {
            // The lock is released, so the next writer deletes what could not be deleted here.
        }
    }

    /**
     * Cleans up after killed writers: an incomplete new file is deleted, and an old directory that had been renamed goes back if nothing
     * replaced it. What cannot be repaired is left for the next writer.
     *
     * @param own names of files that may be deleted with the old directory; others are moved to the new one
     */
    static void recover(Path place, Predicate<String> own) {
        Path parent = place.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        Pattern left = Pattern.compile(Pattern.quote("." + place.getFileName()) + "\\.(?:new|old|lock)-([0-9a-f]{8})");
        try {
            Set<String> tokens = new TreeSet<>();
            for (Path entry : entries(parent)) {
                Matcher name = left.matcher(entry.getFileName().toString());
                if (name.matches()) {
                    tokens.add(name.group(1));
                }
            }
            tokens.forEach(token -> recover(place, token, own));
        } catch (IOException e) {
            // The directory cannot be listed, so leftovers cannot be found.
        }
    }

    private static void recover(Path place, String token, Predicate<String> own) {
        try (FileLock lock = FileLock.tryLock(sibling(place, "lock-" + token))) {
            if (lock == null) {
                return;
            }
            delete(sibling(place, "new-" + token));
            settle(sibling(place, "old-" + token), place, own);
            lock.delete();
        } catch (IOException e) {
            // Not listable: no leftovers can be found.
        }
    }

    /**
     * Restores an old directory if nothing replaced it; otherwise moves the files that are not the writer's own to the new one, and deletes
     * it.
     */
    static void settle(Path old, Path place, Predicate<String> own) throws IOException {
        if (!Files.isDirectory(old)) {
            return;
        }
        if (!Files.exists(place)) {
            Files.move(old, place, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        for (Path entry : entries(old)) {
            String name = entry.getFileName().toString();
            if (!own.test(name) && !Files.exists(place.resolve(name))) {
                Files.move(entry, place.resolve(name));
            }
        }
        delete(old);
    }

    /** Deletes a file or a directory of files, if it exists. */
    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (Path entry : entries(path)) {
                Files.deleteIfExists(entry);
            }
        }
        Files.deleteIfExists(path);
    }

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
