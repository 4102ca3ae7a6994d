package org.mineral.app.serve.service;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mineral.config.InputException;

/** The model that is served now, and how another takes its place: at once, or not at all. */
public final class ModelHolder {

    private final ModelSource source;
    private volatile ServedModel current;
    private final AtomicBoolean loading = new AtomicBoolean();

    /** @throws InputException if the first model is not in good order */
    public ModelHolder(ModelSource source) throws IOException {
        this.source = source;
        this.current = source.load(1);
    }

    /** To be asked once a request, so that all of an answer is of one model. */
    public ServedModel now() {
        return current;
    }

    /**
     * Reads the model anew. Whoever asked for the old one finishes with it; a model that cannot be read leaves the old one in
     * its place.
     *
     * @throws InputException if the model is not in good order
     * @throws BusyException if it is being read already
     */
    public ServedModel reload() throws IOException {
        if (!loading.compareAndSet(false, true)) {
            throw new BusyException("the model is being reloaded already; wait for that.");
        }
        try {
            ServedModel next = source.load(now().generation() + 1);
            current = next;
            return next;
        } finally {
            loading.set(false);
        }
    }

    /** Somebody else does the same at the moment. */
    public static final class BusyException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BusyException(String message) {
            super(message);
        }
    }
}
