package org.mineral.app.serve.service;

/** No such user or item. */
public final class UnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 64;

    UnknownException(String what, String id) {
        super("the model knows no " + what + " '" + (id.length() > LONGEST ? id.substring(0, LONGEST) + "..." : id)
                + "'.");
    }
}
