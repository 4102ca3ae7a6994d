package org.mineral.data.attributes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.rows.RowNotes;
import org.mineral.data.text.DataErrors;
import org.mineral.data.text.Decimals;

/** Takes fields apart, each by the role of its column. */
final class RowCells {

    /** Receives what a field says. */
    interface Sink {

        /** @param value null for a number of the column itself */
        void add(@Nullable String value, double number);
    }

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Words an error about a field, with the place where it stands. */
    interface Refusal {
        InputException of(String found, String allowed, String advice);
    }

    private RowCells() {}

    /** @throws InputException if the field is not what the role says */
    static void read(Refusal refusal, String column, AttributeRole role, @Nullable Object cell, Sink sink) {
        if (cell instanceof float[] vector) {
            for (int k = 0; k < vector.length && role == AttributeRole.VECTOR; k++) {
                sink.add(Integer.toString(k), finite(refusal, column, vector[k], String.valueOf(vector[k])));
            }
            return;
        }
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
            case NUMBER, SCALED -> sink.add(null, number(refusal, column, text));
            case BAG ->
                (list.isEmpty() ? Arrays.asList(BLANKS.split(text)) : list)
                        .forEach(part -> count(refusal, column, part, sink));
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
                    sink.add(Integer.toString(k), number(refusal, column, elements.get(k)));
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

    private static void count(Refusal refusal, String column, String part, Sink sink) {
        int colon = part.lastIndexOf(':');
        double count = colon < 1 ? 1 : Decimals.parse(part.substring(colon + 1));
        if (!(count >= 0 && count <= 1e9)) {
            throw refusal.of(
                    DataErrors.quote(part) + " in " + DataErrors.quote(column),
                    "word:count, the count from 0 to 1e9",
                    "correct it");
        }
        if (count > 0 && !part.isEmpty()) {
            sink.add(colon < 1 ? part : part.substring(0, colon), count);
        }
    }

    private static double number(Refusal refusal, String column, String text) {
        return finite(refusal, column, Decimals.parse(text), text);
    }

    private static double finite(Refusal refusal, String column, double number, String text) {
        if (!(Math.abs(number) <= 1e30)) {
            throw refusal.of(
                    DataErrors.quote(text) + " in " + DataErrors.quote(column),
                    "a finite number, or nothing where there is none",
                    "correct it, or give the column another role, such as category");
        }
        return number;
    }
}
