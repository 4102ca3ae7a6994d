package org.mineral.app.cli;

/** A verb that writes its own failure down, as its log has it. */
public interface FailureLog {

    /**
     * @param message one line for the user, with what to do
     * @return false if it has no log of its own, and the usual lines on standard error are wanted
     */
    boolean failed(String message, Throwable e);
}
