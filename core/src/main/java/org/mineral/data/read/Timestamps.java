package org.mineral.data.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * Times as files write them. Numbers are kept in their own unit, seconds to nanoseconds since 1970, a fraction cut off; dates
 * become seconds since 1970, in UTC unless they say otherwise. How dates are written is either recognised ({@link Dates}) or given.
 */
public final class Timestamps {

    /** The format that recognises numbers and dates by themselves. */
    public static final String AUTO = "auto";

    public static final String DAY_FIRST = "day-first";
    public static final String MONTH_FIRST = "month-first";

    private static final int LONGEST_NUMBER = 60;

    private final Dates dates;
    private final @Nullable DatePattern pattern;

    /**
     * @param format {@link #AUTO}; {@link #DAY_FIRST} or {@link #MONTH_FIRST}, which decide how 03/04/2013 is read; or a pattern in the
     *     letters of {@link java.time.format.DateTimeFormatter} or the directives of strftime
     * @throws InputException if it is none of these
     */
    public Timestamps(String format) {
        this.dates = new Dates(
                switch (format) {
                    case DAY_FIRST -> Dates.Order.DAY_FIRST;
                    case MONTH_FIRST -> Dates.Order.MONTH_FIRST;
                    default -> Dates.Order.UNKNOWN;
                });
        boolean named = format.equals(AUTO) || format.equals(DAY_FIRST) || format.equals(MONTH_FIRST);
        this.pattern = named ? null : DatePattern.of(format);
    }

    /** Whether digits alone are a time as they stand. */
    public boolean numeric() {
        return pattern == null;
    }

    /**
     * The time of a number or a date.
     *
     * @throws DateTimeException if it is neither
     */
    public long parse(String given) {
        String text = given.strip();
        if (pattern != null) {
            TemporalAccessor read = pattern.parse(text);
            // Databases and Parquet have types for dates, which come as ISO dates whatever the pattern.
            return read == null ? dates.parse(text) : seconds(read);
        }
        return isNumber(text) ? number(text) : dates.parse(text);
    }

    private static long seconds(TemporalAccessor read) {
        if (read instanceof ZonedDateTime zoned) {
            return zoned.toEpochSecond();
        } else if (read instanceof OffsetDateTime offset) {
            return offset.toEpochSecond();
        } else if (read instanceof LocalDateTime local) {
            return local.toEpochSecond(ZoneOffset.UTC);
        }
        return LocalDate.from(read).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    /** Digits, with a sign, a decimal point and an exponent or without. */
    public static boolean isNumber(String text) {
        int digits = 0;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            boolean digit = c >= '0' && c <= '9';
            boolean sign = (c == '-' || c == '+') && (k == 0 || (text.charAt(k - 1) | 0x20) == 'e');
            if (!digit && !sign && c != '.' && ((c | 0x20) != 'e' || digits == 0)) {
                return false;
            }
            digits += digit ? 1 : 0;
        }
        return digits > 0 && text.indexOf('.') == text.lastIndexOf('.');
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            // a decimal, or too large
        }
        try {
            BigDecimal value = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
            if (value != null && value.precision() - (long) value.scale() <= 20) {
                BigInteger whole = value.toBigInteger();
                if (whole.bitLength() < Long.SIZE) {
                    return whole.longValue();
                }
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new DateTimeException("no time: " + text);
    }
}
