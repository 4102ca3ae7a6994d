package org.mineral.app.serve.service;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mineral.config.InputException;

/** Holds the served model and replaces it atomically. */
public final class ModelHolder {

    private final ModelSource source;
    private volatile ServedModel current;
    private final AtomicBoolean loading = new AtomicBoolean();

    /** @throws InputException if the first model is invalid */
    public ModelHolder(ModelSource source) throws IOException {
        this.source = source;
        this.current = source.load(1);
    }

    /** To be asked once a request, so that all of an answer is of one model. */
    public ServedModel now() {
        return current;
    }

    /**
     * Reloads the model. Requests in flight finish with the old one; if loading fails, the old one stays.
     *
     * @throws InputException if the model is invalid
     * @throws BusyException if a reload is in progress
     */
    public ServedModel reload() throws IOException {
        if (!loading.compareAndSet(false, true)) {
            throw new BusyException("the model is already being reloaded; wait for that.");
        }
        try {
            ServedModel next = source.load(now().generation() + 1);
            current = next;
            return next;
        } finally {
            loading.set(false);
        }
    }

    /** A reload is in progress. */
    public static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(message);
        }
    }
}
