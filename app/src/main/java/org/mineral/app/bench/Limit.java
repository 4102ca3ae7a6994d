package org.mineral.app.bench;

import java.util.function.DoubleSupplier;

/**
 * Something that a measurement cannot be faster than.
 *
 * @param name in words
 * @param unit of one second's work: {@code flop} or {@code B}
 * @param perSecond measures it anew
 */
record Limit(String name, String unit, DoubleSupplier perSecond) {

    double now() {
        return perSecond.getAsDouble();
    }
}
