package org.mineral.data;

import java.nio.file.Path;
import org.mineral.config.InputException;

/** The wording of what is wrong with a file: where, what was found, what is allowed, what to do. */
final class Refusal {

    private static final int LONGEST_QUOTE = 40;

    private Refusal() {}

    static InputException at(Path file, long line, String found, String allowed, String advice) {
        return new InputException(file + ":" + line + ": found " + found + "; allowed: " + allowed + "; " + advice);
    }

    static InputException of(Path file, String found, String allowed, String advice) {
        return new InputException(file + ": found " + found + "; allowed: " + allowed + "; " + advice);
    }

    static InputException binary(Path file, long line, String found) {
        return at(file, line, found, "text in UTF-8", "give a text file of interactions, or convert this one to UTF-8");
    }

    /** {@code 1 field}, {@code 3 fields}. */
    static String fields(int count) {
        return count + (count == 1 ? " field" : " fields");
    }

    /** A piece of input between quotes, shortened and without control characters, so that it cannot spoil a terminal. */
    static String quote(CharSequence text) {
        StringBuilder shown = new StringBuilder("'");
        int length = Math.min(text.length(), LONGEST_QUOTE);
        for (int k = 0; k < length; k++) {
            char c = text.charAt(k);
            shown.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return shown.append(length < text.length() ? "...'" : "'").toString();
    }
}
