package org.mineral.data.text;

import org.jspecify.annotations.Nullable;

/**
 * Escapes a text to one field of one line: tab, line feed, carriage return and backslash become {@code \t \n \r \\}. Used for ids in model
 * files and in lists for other programs.
 */
public final class EscapedText {

    private static final String LETTERS = "tnr\\";
    private static final String MEANT = "\t\n\r\\";

    private EscapedText() {}

    /** Escapes a text. */
    public static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** Removes the escapes; null if a backslash precedes a character other than t, n, r or a backslash. */
    public static @Nullable String unescape(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder(field.length());
        for (int k = 0; k < field.length(); k++) {
            char c = field.charAt(k);
            if (c == '\\') {
                k++;
                int which = k < field.length() ? LETTERS.indexOf(field.charAt(k)) : -1;
                if (which < 0) {
                    return null;
                }
                c = MEANT.charAt(which);
            }
            text.append(c);
        }
        return text.toString();
    }
}
