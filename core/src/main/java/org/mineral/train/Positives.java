package org.mineral.train;

import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;

/**
 * What a user's row calls positive, and what each of it counts in the means over the row and in the user's {@link History}: the
 * user's interactions, which {@link Recency} may weigh, and what a teacher adds to them ({@link Distillation}).
 *
 * @param counts one a position of {@code rows.columns()}, their mean 1 for every user; null if all are 1
 */
record Positives(Interactions rows, float @Nullable [] counts) {

    /** Interactions that all count the same. */
    static Positives of(Interactions rows) {
        return new Positives(rows, null);
    }
}
