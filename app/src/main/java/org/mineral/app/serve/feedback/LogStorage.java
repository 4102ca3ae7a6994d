package org.mineral.app.serve.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/** Where a log's bytes lie: the few things that a {@link FeedbackLog} asks of its file. */
interface LogStorage extends AutoCloseable {

    InputStream read() throws IOException;

    /** All of these bytes from a position on. */
    void write(long position, ByteBuffer bytes) throws IOException;

    void truncate(long length) throws IOException;

    /** Returns once everything written would survive a loss of power. */
    void sync() throws IOException;

    @Override
    void close() throws IOException;

    /** A file that no other server writes to at the same time. */
    static LogStorage file(Path file) throws IOException {
        boolean created = !Files.exists(file);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new InputException(file + " is another server's feedback log; stop that one, or name another file.");
        }
        Path directory = file.toAbsolutePath().getParent();
        if (created && directory != null) {
            // The file's name must survive as well.
            try (FileChannel parent = FileChannel.open(directory)) {
                parent.force(true);
            }
        }
        return new LogStorage() {
            @Override
            public InputStream read() throws IOException {
                return Files.newInputStream(file);
            }

            @Override
            public void write(long position, ByteBuffer bytes) throws IOException {
                for (long at = position; bytes.hasRemaining(); ) {
                    at += channel.write(bytes, at);
                }
            }

            @Override
            public void truncate(long length) throws IOException {
                channel.truncate(length);
            }

            @Override
            public void sync() throws IOException {
                channel.force(false);
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
