package org.mineral.data.rows;

import org.mineral.config.InputException;

/** A row of a file cannot be parsed; {@link ReadOptions#skipBad} would leave it out. */
public final class BadRow extends InputException {

    private static final long serialVersionUID = 1L;

    BadRow(InputException refusal) {
        super(refusal);
    }
}
