package org.mineral.algorithm;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What several runs over the same data need not compute twice, such as a start or a Gram matrix: one object of each type, made by the
 * run that asks first. An object has to check itself that it is of the data that it is used for.
 */
public final class SharedWork {

    private final Map<Class<?>, Object> kept = new HashMap<>();

    public synchronized <T> T of(Class<T> type, Supplier<T> make) {
        return type.cast(kept.computeIfAbsent(type, t -> make.get()));
    }
}
