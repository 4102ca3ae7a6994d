package org.mineral.app.serve.feedback;

/** An event's id stands for another event already. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message);
    }
}
