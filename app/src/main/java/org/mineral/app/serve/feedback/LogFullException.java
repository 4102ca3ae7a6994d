package org.mineral.app.serve.feedback;

/** The log has no room: on the disk, or within its own limit. Nothing of the events was kept. */
public final class LogFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogFullException(String message, Throwable cause) {
        super(message, cause);
    }

    LogFullException(String message) {
        super(message);
    }
}
