package org.mineral.algorithm;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Work shared by several runs on the same data, such as a start or a Gram matrix: one object of each type, created by the first run that
 * needs it. The object must check that it belongs to the data.
 */
public final class SharedWork {

    private final Map<Class<?>, Object> kept = new HashMap<>();

    public synchronized <T> T of(Class<T> type, Supplier<T> make) {
        return type.cast(kept.computeIfAbsent(type, t -> make.get()));
    }
}
