package org.mineral.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file, among threads and processes. The operating system releases it when the process ends, also when it is killed.
 *
 * <p>POSIX also releases it when the process closes <em>any</em> descriptor of that file. Two rules follow:
 *
 * <ul>
 *   <li>The holder reads and writes the file through {@link #channel} only.
 *   <li>A second attempt in the same process is refused before the file is opened. Locked files are recognised by their identity (device and
 *       inode), so that links and other spellings of a path do not matter.
 * </ul>
 */
public final class FileLock implements Closeable {

    private static final Set<Object> HELD = new HashSet<>();

    private final Path file;
    private final Object key;
    private final FileChannel channel;

    private FileLock(Path file, Object key, FileChannel channel) {
        this.file = file;
        this.key = key;
        this.channel = channel;
    }

    /**
     * Locks a file, which is created if it is missing.
     *
     * @return null if it is locked already, by this process or another
     */
    public static @Nullable FileLock tryLock(Path file) throws IOException {
        synchronized (HELD) {
            while (true) {
                Object key = key(file);
                if (key == null) {
                    Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                            .close();
                } else if (HELD.contains(key)) {
                    return null;
                } else {
                    FileLock lock = open(file, key);
                    if (lock == null || lock.channel.isOpen()) {
                        return lock;
                    }
                }
            }
        }
    }

    /** Null if another process has it; closed if another file has taken the name meanwhile, in which case the caller tries again. */
    private static @Nullable FileLock open(Path file, Object key) throws IOException {
        FileLock lock = new FileLock(
                file,
                key,
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        boolean locked = false;
        try {
            if (lock.channel.tryLock() == null) {
                return null;
            }
            // The last owner may have deleted or replaced the file between our open and our lock. Then we hold a lock
            // on a file that nobody
            // else finds under this name.
            locked = key.equals(key(file));
            if (locked) {
                HELD.add(key);
            }
            return lock;
        } catch (OverlappingFileLockException e) {
            return null;
        } finally {
            if (!locked) {
                lock.channel.close();
            }
        }
    }

    /** Identifies the file behind a name without opening it; null if there is none. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file.toRealPath() : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The only way to read and write the file while it is locked. */
    public FileChannel channel() {
        return channel;
    }

    /** Deletes the file, then releases the lock. In this order no waiting process can lock a file that is about to be deleted. */
    public void delete() throws IOException {
        synchronized (HELD) {
            if (channel.isOpen()) {
                try (this) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (channel.isOpen()) {
                HELD.remove(key);
                channel.close();
            }
        }
    }
}
