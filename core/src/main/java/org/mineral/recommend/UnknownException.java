package org.mineral.recommend;

import org.mineral.config.InputException;

/** An unknown user or item. */
public final class UnknownException extends InputException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 64;

    /** @param what {@code user} or {@code item} */
    public UnknownException(String what, String id) {
        super("the model knows no " + what + " '" + (id.length() > LONGEST ? id.substring(0, LONGEST) + "..." : id)
                + "'.");
    }
}
