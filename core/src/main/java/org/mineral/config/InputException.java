package org.mineral.config;

import java.util.Collection;

/**
 * Something that a user gave cannot be used: a setting, an argument, a file. The message is written for that user: what
 * was found, what is allowed, and what to do next. The command line prints it without a stack trace and exits with 2.
 */
public class InputException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A name that is none of the allowed ones; the message suggests the nearest. */
    public static InputException unknown(String what, String found, Collection<String> allowed) {
        String nearest = Names.nearest(found, allowed)
                .map(name -> " Did you mean '" + name + "'?")
                .orElse("");
        return new InputException(
                "unknown " + what + " '" + found + "'." + nearest + " Allowed: " + String.join(", ", allowed) + ".");
    }
}
