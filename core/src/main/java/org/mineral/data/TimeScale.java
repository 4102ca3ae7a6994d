package org.mineral.data;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The unit in which times since 1970 are counted, recognised by their size: seconds from 1973 to 9999, milliseconds from 1978,
 * microseconds and nanoseconds likewise, and the same before 1970. Smaller numbers may be anything, such as years or the steps of a log.
 */
public enum TimeScale {
    SECONDS(1),
    MILLISECONDS(1_000),
    MICROSECONDS(1_000_000),
    NANOSECONDS(1_000_000_000);

    private static final long LEAST = 100_000_000L;
    /** The first second of the year 10000. */
    private static final long END_OF_SECONDS = 253_402_300_800L;

    private final long perSecond;

    TimeScale(long perSecond) {
        this.perSecond = perSecond;
    }

    /** The unit of a time; null if the number is too small. */
    public static @Nullable TimeScale of(long time) {
        if (time > -LEAST && time < LEAST) {
            return null;
        }
        for (TimeScale scale : values()) {
            long end = END_OF_SECONDS * Math.min(scale.perSecond, MICROSECONDS.perSecond);
            if (time > -end && time < end) {
                return scale;
            }
        }
        return NANOSECONDS;
    }

    /** The units that occur in these times. */
    static Set<TimeScale> among(long[] times) {
        boolean[] found = new boolean[values().length];
        for (long time : times) {
            TimeScale scale = of(time);
            if (scale != null) {
                found[scale.ordinal()] = true;
            }
        }
        EnumSet<TimeScale> scales = EnumSet.noneOf(TimeScale.class);
        Arrays.stream(values()).filter(scale -> found[scale.ordinal()]).forEach(scales::add);
        return scales;
    }

    /** {@code seconds}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Converts a time in this unit to an instant. */
    public Instant instant(long time) {
        return Instant.ofEpochSecond(
                Math.floorDiv(time, perSecond), Math.floorMod(time, perSecond) * (NANOSECONDS.perSecond / perSecond));
    }

    /** Converts a time of a coarser unit to this one; values out of range are clamped. */
    long from(long time, TimeScale coarser) {
        long factor = perSecond / coarser.perSecond;
        if (time > Long.MAX_VALUE / factor) {
            return Long.MAX_VALUE;
        }
        return time < Long.MIN_VALUE / factor ? Long.MIN_VALUE : time * factor;
    }
}
