package org.mineral.app.bench;

import java.util.function.DoubleSupplier;

/**
 * An upper limit of a measurement.
 *
 * @param name in words
 * @param unit of one second's work: {@code flop} or {@code B}
 * @param perSecond measures the limit
 */
record Limit(String name, String unit, DoubleSupplier perSecond) {

    double now() {
        return perSecond.getAsDouble();
    }
}
