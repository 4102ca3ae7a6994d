package org.mineral.algorithm;

/** Training diverged to infinite or NaN values. The message says when, and which settings to lower. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
