package org.mineral.recommend;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What users took since a model was trained. Thread-safe. */
@FunctionalInterface
public interface Feedback {

    /** There is none. */
    Feedback NONE = user -> null;

    /** What a user took since; null if nothing. */
    @Nullable
    Since of(String user);

    /**
     * Items since training.
     *
     * @param items ids to weights above 0, oldest first; immutable
     * @param version another one whenever the items are others
     */
    record Since(Map<String, Double> items, long version) {}
}
