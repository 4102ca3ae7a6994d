package org.mineral.app.serve.feedback;

/** The id of an event belongs to a different event already. */
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message);
    }
}
