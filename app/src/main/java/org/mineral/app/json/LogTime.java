package org.mineral.app.json;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The time of a line in a log: UTC, to the millisecond, as RFC 3339 has it. */
public final class LogTime {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LogTime() {}

    public static String of(Instant time) {
        return FORMAT.format(time);
    }
}
