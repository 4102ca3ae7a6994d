package org.mineral.json;

import java.util.Locale;

/**
 * Rejects what RFC 8259 forbids and Gson's reader accepts: raw control characters and unknown escapes in strings, literals in capitals.
 * Rejects nesting that no valid document needs, which would overflow the stack.
 */
final class StrictJson {

    /** Most levels of nested arrays and objects; Mineral's own documents have four. */
    static final int DEEPEST = 100;

    private StrictJson() {}

    /** @throws JsonException at the first character that strict JSON does not allow */
    static void check(String text) {
        boolean quoted = false;
        int depth = 0;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (!quoted) {
                quoted = c == '"';
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
                boolean exponent = c == 'E' && k > 0 && Character.isDigit(text.charAt(k - 1));
                if (depth > DEEPEST) {
                    throw new JsonException("it is nested more than " + DEEPEST + " levels deep");
                } else if (c >= 'A' && c <= 'Z' && !exponent) {
                    throw at(text, k);
                }
            } else if (c == '\\') {
                k++;
                if (k < text.length() && "\"\\/bfnrtu".indexOf(text.charAt(k)) < 0) {
                    throw at(text, k);
                }
            } else if (c < ' ') {
                throw at(text, k);
            } else {
                quoted = c != '"';
            }
        }
    }

    private static JsonException at(String text, int k) {
        char c = text.charAt(k);
        return new JsonException(String.format(
                Locale.ROOT,
                "unexpected %s at character %,d",
                c < ' ' ? String.format(Locale.ROOT, "control character %d", (int) c) : "'" + c + "'",
                k + 1));
    }
}
