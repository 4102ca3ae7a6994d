package org.mineral.data;

import org.mineral.config.InputException;

/** A source holds no interactions, and none were left out: bad input for a training, no news for a model that is updated. */
public final class NoDataException extends InputException {

    private static final long serialVersionUID = 1;

    public NoDataException(InputException refusal) {
        super(refusal);
    }
}
