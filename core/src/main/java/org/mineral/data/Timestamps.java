package org.mineral.data;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.mineral.data.read.DataErrors;

/**
 * Times as files write them. Numbers are kept in their own unit, usually seconds or milliseconds since 1970, a fraction cut off; ISO dates
 * become seconds since 1970, in UTC unless they say otherwise.
 */
final class Timestamps {

    private Timestamps() {}

    static long parse(String given, Path file, long line) {
        String text = given.strip();
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            // a decimal or a date
        }
        try {
            double value = Double.parseDouble(text);
            if (Math.abs(value) < 1e18) {
                return text.length() < 40 ? new BigDecimal(text).longValue() : (long) value;
            }
        } catch (NumberFormatException e) {
            // a date
        }
        try {
            return date(text);
        } catch (DateTimeException e) {
            throw DataErrors.at(
                    file,
                    line,
                    "the timestamp " + DataErrors.quote(text),
                    "seconds or milliseconds since 1970, or ISO dates such as 2013-02-28 or 2013-02-28T12:00:00Z",
                    "correct or remove the line");
        }
    }

    private static long date(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text).toEpochDay() * 86_400;
        }
        String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + "T" + text.substring(11) : text;
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
        return zoned
                ? OffsetDateTime.parse(iso).toEpochSecond()
                : LocalDateTime.parse(iso).toEpochSecond(ZoneOffset.UTC);
    }
}
