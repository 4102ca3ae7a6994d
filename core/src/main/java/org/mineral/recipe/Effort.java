package org.mineral.recipe;

import org.mineral.config.InputException;
import org.mineral.config.Names;

/** What may be spent on finding settings, where nothing says how to begin. */
public enum Effort {
    /** The rules of the preset {@code auto}, which look at the data and train nothing. */
    QUICK,

    /** A search that takes at most as much work as the training ({@link org.mineral.tune.auto.DefaultSearch}). */
    NORMAL,

    /** A search over all algorithms, with a limit in minutes or none ({@link org.mineral.tune.auto.ThoroughSearch}). */
    THOROUGH;

    /** @throws InputException for another name */
    public static Effort parse(String text) {
        return Names.constant(Effort.class, "effort", text);
    }
}
