package org.mineral.data.rows;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mineral.data.text.DataErrors;

/** Notes about unusual lines that are not errors: the number of each kind, and the first. */
public final class RowNotes {

    public enum Kind {
        PADDED("ids in %s with spaces around them, kept as they are", false),
        MISSING("ids in %s that look like a missing value, kept as they are", true),
        NEGATIVE("rows in %s with a negative rating, kept as interactions", true),
        COMMA("ratings in %s with a decimal comma, read as such", true),
        HEADER("header lines repeated among the rows of %s, left out", true),
        COMMENT("comment lines in %s, left out", true);

        private final String sentence;
        private final boolean placed;

        Kind(String sentence, boolean placed) {
            this.sentence = sentence;
            this.placed = placed;
        }
    }

    private final long[] counts = new long[Kind.values().length];
    private final long[] lines = new long[counts.length];
    private final String[] texts = new String[counts.length];

    /** @param text the value found; the first is shown */
    public void add(Kind kind, long line, String text) {
        int k = kind.ordinal();
        if (counts[k]++ == 0) {
            lines[k] = line;
            texts[k] = text;
        }
    }

    /** Adds the notes of a later block of the same file, which starts after this many lines. */
    public void add(RowNotes later, long linesBefore) {
        for (int k = 0; k < counts.length; k++) {
            if (counts[k] == 0 && later.counts[k] > 0) {
                lines[k] = linesBefore + later.lines[k];
                texts[k] = later.texts[k];
            }
            counts[k] += later.counts[k];
        }
    }

    public void note(Path file, String part, DatasetBuilder builder) {
        for (Kind kind : Kind.values()) {
            int k = kind.ordinal();
            String first = kind.placed && counts[k] > 0
                    ? String.format(
                            Locale.ROOT,
                            " (first %s in line %d of %s)",
                            DataErrors.quote(texts[k]),
                            lines[k],
                            DataErrors.printable(String.valueOf(file.getFileName())))
                    : "";
            builder.note(String.format(Locale.ROOT, kind.sentence, part) + first, counts[k]);
        }
    }

    /** Whether an id looks like a missing value: {@code None}, {@code nan}, {@code NULL}, {@code \N} and the like. */
    public static boolean missing(byte[] bytes, int from, int to) {
        int length = to - from;
        int first = bytes[from] | 0x20;
        if (length > 9
                || length < 2
                || first != 'n' && first != 'u' && first != ('\\' | 0x20) && first != ('<' | 0x20)) {
            return false;
        }
        StringBuilder text = new StringBuilder(length);
        for (int k = from; k < to; k++) {
            if (bytes[k] < 0 || bytes[k] >= '0' && bytes[k] <= '9') {
                return false;
            }
            text.append((char) bytes[k]);
        }
        return missing(text.toString());
    }

    public static boolean missing(@Nullable String id) {
        if (id == null || id.length() > 9) {
            return false;
        }
        return switch (id.toLowerCase(Locale.ROOT)) {
            case "none", "nan", "null", "nil", "n/a", "<na>", "undefined", "\\n" -> true;
            default -> id.equals("NA");
        };
    }
}
