package org.mineral.data.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses dates in common unambiguous forms: the year first ({@code 2013-02-28}, {@code 2013/2/28},
 * {@code 20130228T120000Z}), the day first between points ({@code 28.02.2013}), or months by their English names ({@code 28 Feb 2013},
 * {@code Feb 28, 2013}, {@code Thu Feb 28 12:00:00 +0000 2013}); then a time of the day or none, and an offset, {@code Z}, {@code UTC} or
 * {@code GMT} or none, which means UTC. 03/04/2013 is ambiguous; an option says whether it is in March or April.
 */
final class Dates {

    /** The order of day and month if the year is last. */
    enum Order {
        UNKNOWN,
        DAY_FIRST,
        MONTH_FIRST
    }

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String CLOCK =
            "(?<hour>\\d{1,2}):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?(?: ?(?<half>[AP])\\.?M\\.?)?";
    private static final String ZONE = "(?<zone>Z|UTC|GMT|UT|(?:UTC|GMT)?[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)";
    private static final String REST = "(?:(?:T|,? +)" + CLOCK + ")?(?: *" + ZONE + ")?(?:\\[[^\\]]*\\])?";
    private static final String WEEKDAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\\.?,? +)?";
    private static final String MONTH = "(?<name>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:[a-z]{1,6})?\\.?";

    private static final List<Pattern> FORMS = List.of(
            form("(?<year>\\d{4})([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})" + REST),
            form("(?<first>\\d{1,2})([-/.])(?<then>\\d{1,2})\\2(?<year>\\d{4})" + REST),
            form("(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)[T ](?<hour>\\d\\d):?(?<minute>\\d\\d)"
                    + "(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?(?: *" + ZONE + ")?"),
            form(WEEKDAY + "(?<day>\\d{1,2})(?:st|nd|rd|th)?[- ]" + MONTH + ",?[- ](?<year>\\d{4})" + REST),
            form(WEEKDAY + MONTH + " +(?<day>\\d{1,2})(?:st|nd|rd|th)?,? (?<year>\\d{4})" + REST),
            form(WEEKDAY + MONTH + " +(?<day>\\d{1,2}) " + CLOCK + "(?: " + ZONE + ")? (?<year>\\d{4})"),
            form("(?<year>\\d{4})[- ]" + MONTH + "[- ](?<day>\\d{1,2})" + REST));

    private final Order order;

    Dates(Order order) {
        this.order = order;
    }

    private static Pattern form(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    /**
     * The moment, to the nanosecond.
     *
     * @throws DateTimeException if it is not a date, or day and month are ambiguous
     */
    Instant parse(String text) {
        for (Pattern form : FORMS) {
            Matcher found = form.matcher(text);
            if (found.matches()) {
                LocalDateTime local = LocalDateTime.of(date(found), time(found));
                return local.toInstant(offset(group(found, "zone")));
            }
        }
        throw new DateTimeException("no date: " + text);
    }

    private LocalDate date(Matcher found) {
        int year = Integer.parseInt(found.group("year"));
        String first = group(found, "first");
        String then = group(found, "then");
        String name = group(found, "name");
        if (first != null && then != null) {
            boolean points = found.group(2).equals(".");
            if (order == Order.UNKNOWN && !points) {
                throw new DateTimeException("day or month first: " + found.group());
            }
            boolean dayFirst = order != Order.MONTH_FIRST;
            return LocalDate.of(
                    year, Integer.parseInt(dayFirst ? then : first), Integer.parseInt(dayFirst ? first : then));
        }
        int month = name == null
                ? Integer.parseInt(found.group("month"))
                : 1 + MONTHS.indexOf(name.toLowerCase(Locale.ROOT));
        return LocalDate.of(year, month, Integer.parseInt(found.group("day")));
    }

    private static LocalTime time(Matcher found) {
        String hour = group(found, "hour");
        String second = group(found, "second");
        String half = group(found, "half");
        if (hour == null) {
            return LocalTime.MIDNIGHT;
        }
        int hours = Integer.parseInt(hour);
        if (half != null) {
            if (hours < 1 || hours > 12) {
                throw new DateTimeException("hour of half a day: " + hour);
            }
            hours = hours % 12 + (half.equalsIgnoreCase("p") ? 12 : 0);
        }
        return LocalTime.of(
                hours,
                Integer.parseInt(found.group("minute")),
                second == null ? 0 : Integer.parseInt(second),
                nanos(group(found, "fraction")));
    }

    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }

    private static ZoneOffset offset(@Nullable String zone) {
        String offset = zone == null ? "" : zone.toUpperCase(Locale.ROOT).replaceFirst("^(UTC|GMT|UT|Z)", "");
        return offset.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(offset);
    }

    /** The group's text; null also if the form has no such group. */
    private static @Nullable String group(Matcher found, String name) {
        return found.pattern().pattern().contains("(?<" + name + ">") ? found.group(name) : null;
    }
}
