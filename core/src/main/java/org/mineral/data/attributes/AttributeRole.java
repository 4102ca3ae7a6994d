package org.mineral.data.attributes;

import java.util.Arrays;
import java.util.Locale;
import org.mineral.config.InputException;

/** What the values of a column mean, and so which attributes they become. */
public enum AttributeRole {
    /** One value a row: an attribute for each different value. */
    CATEGORY("a value"),
    /** Several values a row, separated by {@code |}, or a list: an attribute for each different value. */
    LIST("values, separated by |"),
    /** A number: an attribute for each of a few bins that hold equally many rows. */
    NUMBER("a number, in bins"),
    /** A number: one attribute, {@code (x - mean) / standard deviation}. */
    SCALED("a number, standardised"),
    /** Words with counts, {@code word:count word:count}: an attribute for each word, {@code log2(1 + count)}. */
    BAG("words with counts"),
    /** A text: an attribute for each of its words in lower case, {@code log2(1 + count)}. */
    TEXT("a text, by its words"),
    /** Numbers, equally many in each row: an attribute for each position, scaled so that a row has a length of 1 on average. */
    VECTOR("a vector"),
    /** Left out. */
    NONE("left out");

    private final String meaning;

    AttributeRole(String meaning) {
        this.meaning = meaning;
    }

    /** What a field of the column is, in a few words. */
    public String meaning() {
        return meaning;
    }

    /** The name in lower case, as {@link #parse} reads it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an attribute is one of a few values of a row, by which rows can be filtered. */
    public boolean isValue() {
        return this == CATEGORY || this == LIST;
    }

    /** Whether its rare values are left out rather than pooled. */
    boolean words() {
        return this == BAG || this == TEXT;
    }

    /**
     * The value of an attribute.
     *
     * @param number what a row has: a number, a count of a word, or 1
     * @param mean taken from standardised numbers
     * @param scale multiplies these then, and the elements of a vector
     */
    float value(float number, double mean, double scale) {
        return switch (this) {
            case BAG, TEXT -> (float) (Math.log1p(number) / Math.log(2));
            case SCALED, VECTOR -> (float) ((number - mean) * scale);
            default -> 1;
        };
    }

    /** @throws InputException if there is no such role */
    public static AttributeRole parse(String text) {
        return Arrays.stream(values())
                .filter(role -> role.label().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> InputException.unknown(
                        "role of a column",
                        text,
                        Arrays.stream(values()).map(AttributeRole::label).toList()));
    }
}
