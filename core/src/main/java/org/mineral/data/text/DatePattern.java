package org.mineral.data.text;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.SettingName;

/** A date pattern that the user gave: {@code dd/MM/yyyy HH:mm}, or {@code %d/%m/%Y %H:%M}. */
final class DatePattern {

    private static final String ALLOWED =
            "; allowed: auto, day-first, month-first, or a pattern with year, month and day"
                    + " such as dd/MM/yyyy HH:mm or %d/%m/%Y %H:%M; correct it";

    /** Translates directives of strftime to letters of {@link DateTimeFormatter}. */
    private static final Map<Character, String> DIRECTIVES = Map.ofEntries(
            Map.entry('Y', "uuuu"),
            Map.entry('y', "uu"),
            Map.entry('m', "M"),
            Map.entry('d', "d"),
            Map.entry('e', "d"),
            Map.entry('j', "DDD"),
            Map.entry('H', "H"),
            Map.entry('I', "h"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('f', "SSSSSS"),
            Map.entry('p', "a"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('z', "[XXX][XX]"),
            Map.entry('Z', "z"),
            Map.entry('F', "uuuu-MM-dd"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('R', "HH:mm"),
            Map.entry('%', "'%'"));

    private final DateTimeFormatter formatter;

    private DatePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    static DatePattern of(String text) {
        String letters = text.indexOf('%') >= 0 ? translated(text) : strict(text);
        try {
            DateTimeFormatterBuilder builder =
                    new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(letters);
            String fields = letters.replaceAll("'[^']*'", "");
            if (!fields.contains("u") || !fields.contains("M") && !fields.contains("D")) {
                throw new IllegalArgumentException("no year or no month");
            }
            if (!fields.contains("d") && !fields.contains("D")) {
                builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
            }
            return new DatePattern(builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT));
        } catch (IllegalArgumentException e) {
            throw refused(text);
        }
    }

    private static InputException refused(String text) {
        return InputException.naming("%s: found '%s'%s", new SettingName("time_format"), text, ALLOWED);
    }

    /** Parses the date with its time and zone, if any; null if the text does not match. */
    @Nullable
    TemporalAccessor parse(String text) {
        try {
            return formatter.parseBest(
                    text, ZonedDateTime::from, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Replaces y, the year of an era, which would need the era, by u, the year; not within quotes. */
    private static String strict(String pattern) {
        StringBuilder letters = new StringBuilder();
        boolean quoted = false;
        for (char c : pattern.toCharArray()) {
            quoted ^= c == '\'';
            letters.append(!quoted && c == 'y' ? 'u' : c);
        }
        return letters.toString();
    }

    private static String translated(String format) {
        StringBuilder letters = new StringBuilder();
        for (int k = 0; k < format.length(); k++) {
            char c = format.charAt(k);
            if (c != '%') {
                letters.append(c == '\'' ? "''" : Character.isLetter(c) ? "'" + c + "'" : String.valueOf(c));
                continue;
            }
            String known = k + 1 < format.length() ? DIRECTIVES.get(format.charAt(k + 1)) : null;
            if (known == null) {
                throw refused(format);
            }
            // Adjacent numbers have two digits each.
            boolean adjacent =
                    k > 1 && format.charAt(k - 2) == '%' || k + 2 < format.length() && format.charAt(k + 2) == '%';
            letters.append(adjacent && known.length() == 1 && !known.equals("a") ? known + known : known);
            k++;
        }
        return letters.toString();
    }
}
