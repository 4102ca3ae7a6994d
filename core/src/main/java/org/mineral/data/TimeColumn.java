package org.mineral.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;

/**
 * Converts the times of all rows to one unit, so that they can be ordered as whole numbers: times in several units are converted to the
 * finest, and fractions become decimal places of all numbers.
 */
public final class TimeColumn {

    private static final int BILLION = 1_000_000_000;

    private final long[] times;
    private final int[] fractions;
    private int digits;
    private String rescaled = "";
    private long rescaledRows;

    /**
     * Changes the times in place.
     *
     * @param times one for each row; 0 if the row has none
     * @param fractions billionths beside each time, see {@link org.mineral.data.text.Timestamps.Time}; an empty array for none
     */
    public TimeColumn(long[] times, int[] fractions) {
        this.times = times;
        this.fractions = fractions;
        Set<TimeScale> scales = TimeScale.among(times);
        if (scales.size() > 1) {
            toFinest(Collections.max(scales));
        } else if (fractions.length > 0) {
            join();
        }
    }

    /** The number of decimal places of the whole numbers. */
    public int digits() {
        return digits;
    }

    /** Notes about times that had another unit; empty if there are none. */
    public String rescaled() {
        return rescaled;
    }

    public long rescaledRows() {
        return rescaledRows;
    }

    private static TimeScale scale(long time) {
        TimeScale scale = TimeScale.of(time);
        return scale == null ? TimeScale.SECONDS : scale;
    }

    private void toFinest(TimeScale coarsest) {
        TimeScale finest = coarsest;
        while (fractions.length > 0 && finest != TimeScale.NANOSECONDS && !holdsFractions(finest)) {
            finest = TimeScale.values()[finest.ordinal() + 1];
        }
        for (int k = 0; k < times.length; k++) {
            TimeScale scale = scale(times[k]);
            rescaledRows += scale != finest && TimeScale.of(times[k]) != null ? 1 : 0;
            long fraction = fractions.length == 0 ? 0 : finest.from(fractions[k], scale) / BILLION;
            long whole = finest.from(times[k], scale);
            times[k] = whole > Long.MAX_VALUE - fraction ? whole : whole + fraction;
        }
        rescaled = "times in another unit counted in " + finest.text() + ", as the others are";
    }

    /** Whether no fraction is lost in a unit, or any time would be in the next. */
    private boolean holdsFractions(TimeScale unit) {
        TimeScale next = TimeScale.values()[unit.ordinal() + 1];
        boolean all = true;
        for (int k = 0; k < times.length; k++) {
            TimeScale scale = scale(times[k]);
            long there = next.from(times[k], scale);
            if (there == Long.MAX_VALUE || there == Long.MIN_VALUE) {
                return true;
            }
            all &= unit.from(fractions[k], scale) % BILLION == 0;
        }
        return all;
    }

    /** The smallest number of digits that holds all fractions, limited by the largest time. */
    private void join() {
        long largest = Arrays.stream(times).map(Math::abs).max().orElse(0);
        long factor = 1;
        while (factor < BILLION && lost(BILLION / factor) && largest < Long.MAX_VALUE / (factor * 10) - 1) {
            factor *= 10;
            digits++;
        }
        for (int k = 0; k < times.length; k++) {
            times[k] = times[k] * factor + fractions[k] / (BILLION / factor);
        }
    }

    private boolean lost(long unit) {
        return Arrays.stream(fractions).anyMatch(fraction -> fraction % unit != 0);
    }
}
