package org.mineral.model;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Locks;
import org.mineral.data.WriteFailure;

/**
 * Keeps a model's place for one writer from the first epoch to the saved model: a locked file {@code .NAME.lock} beside it,
 * which is deleted at the end. What a killed writer left there is cleared away.
 */
public final class ModelLock implements Closeable {

    private final Path file;
    private final FileChannel channel;
    private final Thread atShutdown = new Thread(this::release);

    private ModelLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws InputException if another writer has it */
    public static ModelLock of(Path model) {
        try {
            Path place = ModelDirectory.place(model);
            ModelLock lock = acquire(model, place.resolveSibling("." + place.getFileName() + ".lock"));
            try {
                ModelDirectory.clear(place);
                Runtime.getRuntime().addShutdownHook(lock.atShutdown);
                return lock;
            } catch (IOException | IllegalStateException e) {
                lock.release();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(WriteFailure.of(model, e));
        }
    }

    private static ModelLock acquire(Path model, Path file) throws IOException {
        while (true) {
            // Its last owner may delete the file between opening and locking it: then the lock is on nothing
            // that others find under this name. So it must be the same file before and after.
            Object before = key(file);
            if (before == null) {
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                        .close();
                continue;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!Locks.tryLock(channel)) {
                channel.close();
                throw new InputException(
                        model + " is being trained by another run; wait for it, or choose another place with -o.");
            }
            if (before.equals(key(file))) {
                return new ModelLock(file, channel);
            }
            channel.close();
        }
    }

    /** Tells one file from another of the same name; null if there is none. The file is not opened: see {@link Locks}. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            // Where files have no key, they cannot be deleted while somebody has them open either.
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The process is ending; the hook does the same.
        }
        release();
    }

    private synchronized void release() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            channel.close();
        } catch (IOException e) {
            // A file that stays behind is locked by nobody, and the next run takes it.
        }
    }
}
