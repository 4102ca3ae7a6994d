package org.mineral.app.serve.http;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of a request, by which its line in the access log, its errors and its response belong together. */
final class RequestId {

    static final String HEADER = "X-Request-Id";

    /** Of a proxy or a client; anything else could disturb those who read the log. */
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._:+/=-]{1,64}");

    private RequestId() {}

    /** The id that the request came with, or a random one. */
    static String of(@Nullable String given) {
        return given != null && ALLOWED.matcher(given).matches() ? given : random();
    }

    static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
