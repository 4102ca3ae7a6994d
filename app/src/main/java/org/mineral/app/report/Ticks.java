package org.mineral.app.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Where an axis is labelled: at round numbers, 1, 2 or 5 times a power of ten apart. */
final class Ticks {

    private static final int MOST = 6;

    private Ticks() {}

    /**
     * Round numbers from low to high, at most six, as close as that allows.
     *
     * @param whole whether only whole numbers make sense: epochs, dimensions
     */
    static double[] linear(double low, double high, boolean whole) {
        double power = Math.pow(10, Math.floor(Math.log10((high - low) / MOST)));
        double step = DoubleStream.of(1, 2, 5, 10, 20)
                .map(s -> s * power)
                .filter(s -> !whole || s >= 1)
                .filter(s -> Math.floor(high / s) - Math.ceil(low / s) < MOST)
                .findFirst()
                .orElse(1);
        long first = (long) Math.ceil(low / step);
        long last = (long) Math.floor(high / step);
        double[] ticks = new double[(int) Math.max(0, last - first + 1)];
        Arrays.setAll(ticks, k -> (first + k) * step);
        return ticks;
    }

    /** Five places evenly along a logarithmic axis; low and high are logarithms, and so are the places. */
    static double[] logarithmic(double low, double high) {
        double[] ticks = new double[5];
        Arrays.setAll(ticks, k -> low + k * (high - low) / (ticks.length - 1));
        return ticks;
    }
}
