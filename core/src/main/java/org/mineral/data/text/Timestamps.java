package org.mineral.data.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * Parses times. Numbers keep their unit, seconds to nanoseconds since 1970; dates become seconds since 1970, in UTC unless they have a zone.
 * A time with a fraction is converted to the coarsest unit that holds it. If the size of the number would not show that unit (before 1978,
 * and in smaller numbers), the fraction is kept separately. The date format is either recognised ({@link Dates}) or given.
 */
public final class Timestamps {

    /** Recognises numbers and dates automatically. */
    public static final String AUTO = "auto";

    public static final String DAY_FIRST = "day-first";
    public static final String MONTH_FIRST = "month-first";

    private static final int LONGEST_NUMBER = 60;

    /**
     * From this number on, a time converted to the next finer unit (times 1000) exceeds every time in the coarser unit: the first second of
     * the year 10000, divided by 1000.
     */
    private static final BigDecimal LEAST_WITH_FRACTION = BigDecimal.valueOf(253_402_301L);

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1_000);

    /** Number of digits of a fraction that are kept; further digits are truncated. */
    private static final int DIGITS = 9;

    /**
     * A time, {@code whole + billionths / 10^9}.
     *
     * @param whole in the unit given by its size, rounded down
     * @param billionths of that unit, from 0 to 999,999,999; above 0 only if the size of a number in a finer unit would be ambiguous
     */
    public record Time(long whole, int billionths) {}

    private final Dates dates;
    private final @Nullable DatePattern pattern;

    /**
     * @param format {@link #AUTO}; {@link #DAY_FIRST} or {@link #MONTH_FIRST}, which decide how 03/04/2013 is read; or a pattern in the
     *     letters of {@link java.time.format.DateTimeFormatter} or the directives of strftime
     * @throws InputException if it is not one of these
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

    /** Whether plain digits are a time in this format. */
    public boolean numeric() {
        return pattern == null;
    }

    /**
     * The time of a number or a date.
     *
     * @throws DateTimeException if it is neither
     */
    public Time parse(String given) {
        String text = given.strip();
        if (pattern != null) {
            TemporalAccessor read = pattern.parse(text);
            // Typed dates of databases and Parquet arrive as ISO dates, independent of the pattern.
            return of(read == null ? dates.parse(text) : instant(read));
        }
        return isNumber(text) ? number(text) : of(dates.parse(text));
    }

    private static Instant instant(TemporalAccessor read) {
        if (read instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        } else if (read instanceof OffsetDateTime offset) {
            return offset.toInstant();
        } else if (read instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        return LocalDate.from(read).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The time of an instant. */
    public static Time of(Instant moment) {
        if (moment.getNano() == 0) {
            return new Time(moment.getEpochSecond(), 0);
        }
        BigDecimal nanos = BigDecimal.valueOf(moment.getNano(), DIGITS);
        return counted(BigDecimal.valueOf(moment.getEpochSecond()).add(nanos));
    }

    /** Converts to the unit that holds the fraction, if the size of the number identifies that unit. */
    private static Time counted(BigDecimal time) {
        BigDecimal best = time;
        if (time.abs().compareTo(LEAST_WITH_FRACTION) >= 0) {
            while (best.stripTrailingZeros().scale() > 0) {
                BigDecimal finer = best.multiply(THOUSAND);
                if (finer.abs().compareTo(MOST) > 0) {
                    break;
                }
                best = finer;
            }
        }
        BigDecimal whole = best.setScale(0, RoundingMode.FLOOR);
        BigDecimal rest = best.subtract(whole).movePointRight(DIGITS);
        return new Time(
                whole.longValueExact(), rest.setScale(0, RoundingMode.FLOOR).intValueExact());
    }

    /** Digits, optionally with sign, decimal point and exponent. */
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

    private static Time number(String text) {
        try {
            return new Time(Long.parseLong(text), 0);
        } catch (NumberFormatException e) {
            // A decimal, or too large for a long.
        }
        try {
            BigDecimal value = text.length() > LONGEST_NUMBER ? null : new BigDecimal(text);
            if (value != null && value.precision() - (long) value.scale() <= 20) {
                return counted(value);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // refused below
        }
        throw new DateTimeException("no time: " + text);
    }
}
