package org.mineral.app.serve.service;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mineral.app.serve.feedback.Addition;
import org.mineral.app.serve.feedback.AdditionLog;
import org.mineral.config.InputException;
import org.mineral.model.Model;

/** Holds the served model, with the users and items that were added since its training, and replaces it atomically. */
public final class ModelHolder {

    private final ModelSource source;
    private final @Nullable AdditionLog additions;
    private final AtomicBoolean loading = new AtomicBoolean();

    /** As it was loaded. */
    private ServedModel base;

    /** The same with the side files, which are read once. */
    private Model described;

    private volatile ServedModel current;

    /**
     * @param additions null for none
     * @throws InputException if the first model is invalid
     */
    public ModelHolder(ModelSource source, @Nullable AdditionLog additions) throws IOException {
        this.source = source;
        this.additions = additions;
        this.base = source.load(1);
        this.described = source.described(base.model());
        this.current = extended(base, described);
    }

    /** Without additions. */
    public ModelHolder(ModelSource source) throws IOException {
        this(source, null);
    }

    private ServedModel extended(ServedModel loaded, Model all) {
        return source.with(loaded, all, added(Addition.Kind.ITEM), added(Addition.Kind.USER));
    }

    private List<Addition> added(Addition.Kind kind) {
        return additions == null ? List.of() : additions.all(kind);
    }

    /** To be asked once a request, so that all of an answer is of one model. */
    public ServedModel now() {
        return current;
    }

    /** Serves the model with all that was added by now. */
    public synchronized void publish() {
        current = extended(base, described);
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
            Model all = source.described(next.model());
            synchronized (this) {
                current = extended(next, all);
                base = next;
                described = all;
                return current;
            }
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
