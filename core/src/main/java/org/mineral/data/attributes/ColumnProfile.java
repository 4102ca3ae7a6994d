package org.mineral.data.attributes;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mineral.data.rows.RowNotes;
import org.mineral.data.text.Decimals;

/** Guesses the role of a column from its first fields. */
final class ColumnProfile {

    /** Fields that are looked at. */
    private static final int MOST = 20_000;

    /** From so many fields on, a column that is different in each of them is a name or an id. */
    private static final int SOME = 20;

    /** Whole numbers with at most so many different values, each three times on average, are categories. */
    private static final int FEW = 12;

    private static final Pattern BAG = Pattern.compile("\\S+:\\d+(\\.\\d+)?(\\s+\\S+:\\d+(\\.\\d+)?)*");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Set<String> different = new HashSet<>();
    private boolean arrays;
    private int fields;
    private int lists;
    private int numbers;
    private int whole;
    private int bags;
    private int vectors;
    private int piped;
    private int fractions;
    private int length = -1;
    private long words;

    void add(@Nullable Object cell) {
        arrays |= cell instanceof float[];
        if (cell == null || cell instanceof float[] || fields == MOST) {
            return;
        }
        String text = cell instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining("|"))
                : (String) cell;
        if (text.isBlank() || RowNotes.missing(text)) {
            return;
        }
        fields++;
        lists += cell instanceof List ? 1 : 0;
        different.add(text);
        double number = Decimals.parse(text);
        numbers += Double.isNaN(number) ? 0 : 1;
        whole += number == Math.rint(number) ? 1 : 0;
        piped += text.indexOf('|') >= 0 ? 1 : 0;
        bags += BAG.matcher(text.strip()).matches() ? 1 : 0;
        words += BLANKS.split(text.strip()).length;
        List<String> elements = VectorText.elements(text);
        if (elements.size() > 1 && elements.stream().noneMatch(e -> Double.isNaN(Decimals.parse(e)))) {
            length = vectors == 0 ? elements.size() : length == elements.size() ? length : -1;
            fractions += elements.stream().anyMatch(e -> e.indexOf('.') >= 0) ? 1 : 0;
            vectors++;
        }
    }

    AttributeRole guess() {
        if (arrays) {
            return AttributeRole.VECTOR;
        } else if (fields == 0) {
            return AttributeRole.NONE;
        } else if (vectors == fields && length > 1 && fractions * 2 > fields) {
            return AttributeRole.VECTOR;
        } else if (bags == fields) {
            return AttributeRole.BAG;
        } else if (lists > 0 || piped > 0 && numbers < fields) {
            return AttributeRole.LIST;
        }
        boolean allDifferent = fields >= SOME && different.size() == fields;
        if (numbers == fields) {
            boolean few = different.size() <= FEW && different.size() * 3 <= fields;
            return whole == fields && allDifferent
                    ? AttributeRole.NONE
                    : whole == fields && few ? AttributeRole.CATEGORY : AttributeRole.NUMBER;
        }
        boolean varied = different.size() * 2 > fields;
        if (varied && words >= 2L * fields) {
            return AttributeRole.TEXT;
        }
        return allDifferent ? AttributeRole.NONE : AttributeRole.CATEGORY;
    }
}
