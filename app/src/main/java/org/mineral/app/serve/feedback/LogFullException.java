package org.mineral.app.serve.feedback;

/** The disk is full or the log has reached its limit. None of the events was kept. */
public final class LogFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogFullException(String message, Throwable cause) {
        super(message, cause);
    }

    LogFullException(String message) {
        super(message);
    }
}
