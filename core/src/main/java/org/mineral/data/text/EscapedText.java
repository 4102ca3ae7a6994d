package org.mineral.data.text;

import org.jspecify.annotations.Nullable;

/**
 * Any text as one field of one line: tab, line feed, carriage return and backslash are written {@code \t \n \r \\}. So ids stand
 * in the files of a model and in lists that are written for other programs.
 */
public final class EscapedText {

    private static final String LETTERS = "tnr\\";
    private static final String MEANT = "\t\n\r\\";

    private EscapedText() {}

    /** The text with escapes. */
    public static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** The text that was escaped; null if a backslash stands before anything else than t, n, r or a backslash. */
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
