package org.mineral.data.attributes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.data.rows.RowNotes;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.Decimals;

/** Takes one field apart, by the role of its column. */
final class RowCells {

    /** Receives what a field says. */
    interface Sink {

        /** @param value null for a number of the column itself */
        void add(@Nullable String value, double number);
    }

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final Path file;

    RowCells(Path file) {
        this.file = file;
    }

    /** @throws org.mineral.config.InputException if the field is not what the role says */
    void read(long line, String column, AttributeRole role, @Nullable Object cell, Sink sink) {
        List<String> list =
                cell instanceof List<?> all ? all.stream().map(Object::toString).toList() : List.of();
        String text = cell instanceof String whole ? whole.strip() : String.join("|", list);
        if (text.isEmpty() && list.isEmpty()) {
            return;
        }
        switch (role) {
            case CATEGORY -> value(text, sink);
            case LIST ->
                (list.isEmpty() ? Arrays.asList(BAR.split(text)) : list).forEach(part -> value(part.strip(), sink));
            case NUMBER, SCALED -> sink.add(null, number(line, column, text));
            case BAG ->
                (list.isEmpty() ? Arrays.asList(BLANKS.split(text)) : list)
                        .forEach(part -> count(line, column, part, sink));
            case TEXT -> {
                for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT))) {
                    if (!word.isEmpty()) {
                        sink.add(word, 1);
                    }
                }
            }
            case VECTOR -> {
                List<String> elements = list.isEmpty() ? VectorText.elements(text) : list;
                for (int k = 0; k < elements.size(); k++) {
                    sink.add(Integer.toString(k), number(line, column, elements.get(k)));
                }
            }
            case NONE -> {
                // Left out.
            }
        }
    }

    private static void value(String text, Sink sink) {
        if (!text.isEmpty() && !RowNotes.missing(text)) {
            sink.add(text, 1);
        }
    }

    private void count(long line, String column, String part, Sink sink) {
        int colon = part.lastIndexOf(':');
        double count = colon < 1 ? 1 : Decimals.parse(part.substring(colon + 1));
        if (!(count >= 0 && count <= 1e9)) {
            throw DataErrors.at(
                    file,
                    line,
                    DataErrors.quote(part) + " in " + DataErrors.quote(column),
                    "word:count, the count from 0 to 1e9",
                    "correct it");
        }
        if (count > 0 && !part.isEmpty()) {
            sink.add(colon < 1 ? part : part.substring(0, colon), count);
        }
    }

    private double number(long line, String column, String text) {
        double number = Decimals.parse(text);
        if (!(Math.abs(number) <= 1e30)) {
            throw DataErrors.at(
                    file,
                    line,
                    DataErrors.quote(text) + " in " + DataErrors.quote(column),
                    "a finite number, or nothing where there is none",
                    "correct it, or give the column another role, such as category");
        }
        return number;
    }
}
