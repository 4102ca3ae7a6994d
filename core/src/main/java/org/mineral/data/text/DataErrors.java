package org.mineral.data.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mineral.config.Hint;
import org.mineral.config.InputException;

/** Errors about files: the place, what was found, what is allowed, what to do. */
public final class DataErrors {

    private static final int LONGEST_QUOTE = 40;
    private static final int MOST_QUOTED = 20;

    private DataErrors() {}

    /** An error in one line. */
    public static InputException at(Path file, long line, String found, String allowed, String advice) {
        return new InputException(file + ":" + line + ": found " + found + "; allowed: " + allowed + "; " + advice);
    }

    /** An error of a whole file. */
    public static InputException of(Path file, String found, String allowed, String advice) {
        return new InputException(file + ": found " + found + "; allowed: " + allowed + "; " + advice);
    }

    /** An error in one line, with hints. */
    public static InputException at(Path file, long line, String found, String allowed, Hint... hints) {
        return new InputException(file + ":" + line + ": found " + found + "; allowed: " + allowed + ";", hints);
    }

    /** An error of a whole file, with hints. */
    public static InputException of(Path file, String found, String allowed, Hint... hints) {
        return new InputException(file + ": found " + found + "; allowed: " + allowed + ";", hints);
    }

    /** Bytes that are not valid UTF-8. */
    public static InputException binary(Path file, long line, String found) {
        return at(
                file,
                line,
                found,
                "text in UTF-8",
                "give a text file, or convert this one: iconv -f LATIN1 -t UTF-8 FILE > NEW");
    }

    /** A NUL character, which text does not contain. */
    public static InputException nul(Path file, long line) {
        return at(
                file,
                line,
                "a NUL character",
                "text in UTF-8",
                "give a text file, or leave the NUL bytes out: tr -d '\\000' < FILE > NEW");
    }

    /** A name that occurs twice in a JSON object. */
    public static InputException repeated(Path file, long line, String name) {
        return at(file, line, quote(name) + " twice in an object", "each name once", "remove one of the two");
    }

    /** {@code 1 field}, {@code 3 fields}. */
    public static String fields(int count) {
        return count + (count == 1 ? " field" : " fields");
    }

    /** Quotes a piece of input, shortened and with control characters replaced, so that it cannot disturb a terminal. */
    public static String quote(CharSequence text) {
        boolean whole = text.length() <= LONGEST_QUOTE;
        return "'" + printable(whole ? text : text.subSequence(0, LONGEST_QUOTE)) + (whole ? "'" : "...'");
    }

    /** Quotes the names of columns one by one, whatever separates them in the file. */
    public static String quoted(List<String> names) {
        String more = names.size() > MOST_QUOTED ? ", ..." : "";
        return names.stream()
                        .limit(MOST_QUOTED)
                        .map(name -> quote(name.strip()))
                        .collect(Collectors.joining(", "))
                + more;
    }

    /** Replaces control characters by their codes. */
    public static String printable(CharSequence text) {
        StringBuilder shown = new StringBuilder();
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            shown.append(
                    Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
        }
        return shown.toString();
    }
}
