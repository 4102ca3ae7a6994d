package org.mineral.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A directory that is being written under a temporary name: unless it was moved to its place before, it is deleted when
 * this is closed, and also when the process is asked to end meanwhile. What a process leaves that was not asked, the next one
 * {@link #sweep sweeps} away: a locked file inside tells it from one that is being written.
 */
public final class Unfinished implements Closeable {

    private static final String MARK = ".writing";

    private final Path directory;
    private final FileChannel mark;
    private final Thread atShutdown = new Thread(this::abandon);

    /** What {@link #finish} does. */
    public interface Step {
        void run() throws IOException;
    }

    /**
     * Makes the directory.
     *
     * @throws IllegalStateException if the process is ending already
     */
    public Unfinished(Path directory) throws IOException {
        this.directory = directory;
        // not createTempDirectory: its directories are for their owner alone, and so would the target be
        Files.createDirectory(directory);
        mark = FileChannel.open(directory.resolve(MARK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Locks.tryLock(mark);
        try {
            Runtime.getRuntime().addShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            mark.close();
            delete(directory);
            throw e;
        }
    }

    /** Makes a directory beside {@code target}, after what killed processes left of such is deleted; both are on one disk. */
    public static Unfinished beside(Path target) throws IOException {
        String prefix = "." + target.getFileName() + ".writing-";
        sweep(target, prefix);
        String token = UUID.randomUUID().toString().substring(0, 8);
        return new Unfinished(target.resolveSibling(prefix + token));
    }

    /** Deletes what killed processes left half written beside {@code target}, under names that begin with {@code prefix}. */
    public static void sweep(Path target, String prefix) throws IOException {
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> entries = Files.list(parent)) {
            left = entries.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .filter(entry -> Files.isRegularFile(entry.resolve(MARK)))
                    .toList();
        }
        for (Path directory : left) {
            if (isAbandoned(directory.resolve(MARK))) {
                delete(directory);
            }
        }
    }

    private static boolean isAbandoned(Path mark) throws IOException {
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE)) {
            return Locks.tryLock(channel);
        } catch (NoSuchFileException e) {
            // It was finished meanwhile.
            return false;
        }
    }

    public Path path() {
        return directory;
    }

    /** Moves the directory to its place. A process that is asked to end waits until that is done. */
    public synchronized void finish(Step step) throws IOException {
        mark.close();
        Files.deleteIfExists(directory.resolve(MARK));
        step.run();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The process is ending; whoever comes second finds nothing to do.
        }
        mark.close();
        delete(directory);
    }

    private synchronized void abandon() {
        try {
            delete(directory);
        } catch (IOException e) {
            // Nobody is left to be told.
        }
    }

    /** Deletes a directory of files, if it is there. */
    public static void delete(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            List<Path> entries;
            try (Stream<Path> list = Files.list(directory)) {
                entries = list.toList();
            }
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
            Files.deleteIfExists(directory);
        }
    }
}
