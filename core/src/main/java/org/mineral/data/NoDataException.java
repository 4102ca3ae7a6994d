package org.mineral.data;

import org.mineral.config.InputException;

/** A source has no interactions. An error for training; an update treats it as nothing new. */
public final class NoDataException extends InputException {

    private static final long serialVersionUID = 1;

    public NoDataException(InputException refusal) {
        super(refusal);
    }
}
