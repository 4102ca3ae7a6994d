package org.mineral.data;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is being written under a temporary name: unless it was moved to its place before, it is deleted when
 * this is closed, and also when the process is asked to end meanwhile.
 */
public final class Unfinished implements Closeable {

    private final Path directory;
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
        try {
            Runtime.getRuntime().addShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            delete(directory);
            throw e;
        }
    }

    public Path path() {
        return directory;
    }

    /** Moves the directory to its place. A process that is asked to end waits until that is done. */
    public synchronized void finish(Step step) throws IOException {
        step.run();
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The process is ending; whoever comes second finds nothing to do.
        }
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
