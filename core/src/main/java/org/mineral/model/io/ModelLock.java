package org.mineral.model.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mineral.config.InputException;
import org.mineral.config.Internal;
import org.mineral.files.FileLock;
import org.mineral.files.WriteErrors;

/**
 * Reserves a model's path for one writer, from the first epoch until the model is saved: a locked file {@code .NAME.lock} beside it, deleted
 * at the end. Leftovers of a killed writer are deleted.
 */
@Internal
public final class ModelLock implements Closeable {

    private final FileLock lock;
    private final Thread atShutdown = new Thread(this::release);

    private ModelLock(FileLock lock) {
        this.lock = lock;
    }

    /** @throws InputException if another writer has it, or the path cannot be written */
    public static ModelLock of(Path model) {
        try {
            Path place = Files.exists(model)
                    ? model.toRealPath()
                    : model.toAbsolutePath().normalize();
            FileLock lock = FileLock.tryLock(place.resolveSibling("." + place.getFileName() + ".lock"));
            if (lock == null) {
                throw new InputException(
                        model + " is being trained by another run; wait for it, or choose another place.");
            }
            ModelLock owner = new ModelLock(lock);
            try {
                ModelDirectory.recover(place);
                Runtime.getRuntime().addShutdownHook(owner.atShutdown);
                return owner;
            } catch (IOException | IllegalStateException e) {
                owner.release();
                throw e;
            }
        } catch (IOException e) {
            throw WriteErrors.of(model, e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The process is ending, and the shutdown hook releases the lock.
        }
        release();
    }

    private synchronized void release() {
        try {
            lock.delete();
        } catch (IOException e) {
            // A remaining file is not locked; the next run takes it over.
        }
    }
}
