package org.mineral.recommend;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Interactions since a model was trained. Thread-safe. */
@FunctionalInterface
public interface Feedback {

    /** No feedback. */
    Feedback NONE = user -> null;

    /** A user's items since training; null if there are none. */
    @Nullable
    Since of(String user);

    /**
     * Items since training.
     *
     * @param items ids to weights above 0, oldest first; immutable
     * @param version changes with the items
     */
    record Since(Map<String, Double> items, long version) {}
}
