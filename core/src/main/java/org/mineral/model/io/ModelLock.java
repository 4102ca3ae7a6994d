package org.mineral.model.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mineral.config.InputException;
import org.mineral.files.FileLock;
import org.mineral.files.WriteErrors;

/**
 * Keeps a model's place for one writer from the first epoch to the saved model: a locked file {@code .NAME.lock} beside it,
 * which is deleted at the end. What a killed writer left there is cleared away.
 */
public final class ModelLock implements Closeable {

    private final FileLock lock;
    private final Thread atShutdown = new Thread(this::release);

    private ModelLock(FileLock lock) {
        this.lock = lock;
    }

    /** @throws InputException if another writer has it, or nothing can be written there */
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
            // The process is ending; the hook does the same.
        }
        release();
    }

    private synchronized void release() {
        try {
            lock.delete();
        } catch (IOException e) {
            // A file that stays behind is locked by nobody, and the next run takes it.
        }
    }
}
