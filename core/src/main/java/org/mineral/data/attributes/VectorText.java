package org.mineral.data.attributes;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Splits the text of a vector: numbers between {@code |}, spaces or commas, in brackets or without. */
final class VectorText {

    private static final Pattern BETWEEN = Pattern.compile("[|\\s]+|,\\s*");

    private VectorText() {}

    static List<String> elements(String text) {
        String inner = text.strip();
        if (inner.startsWith("[") && inner.endsWith("]")) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        return Arrays.asList(BETWEEN.split(inner));
    }
}
