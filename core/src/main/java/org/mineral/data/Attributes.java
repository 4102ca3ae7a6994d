package org.mineral.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is known of users, or of items, besides their interactions: a sparse matrix X, rows x attributes. An attribute is a value of a column
 * of a side file such as {@code genre=Drama}, a bin of a number, a word, or an element of a vector. Immutable.
 *
 * @param x the values {@code x_ia}
 * @param names of the attributes by their index, as {@code column=value}
 * @param fields of a row that they were made of, so that further rows are understood in the same way; empty if that is not known
 */
public record Attributes(SparseMatrix x, IdMap names, List<Field> fields) {

    /**
     * How a field, the column of a side file, becomes attributes.
     *
     * @param role what a field is, by the name of an {@code AttributeRole}
     * @param numbers of numbers in bins the least one of each bin but the first; of other numbers what is taken from them, and by what they are
     *     multiplied then; otherwise none
     */
    public record Field(String name, String role, List<Double> numbers) {

        public Field {
            numbers = List.copyOf(numbers);
        }
    }

    /** @throws IllegalArgumentException if there is not one name for each attribute */
    public Attributes {
        if (names.size() != x.columns()) {
            throw new IllegalArgumentException(
                    names.size() + " names of " + x.columns() + " attributes; the counts must agree");
        }
        fields = List.copyOf(fields);
    }

    /** Attributes of which nothing but the names is known. */
    public Attributes(SparseMatrix x, IdMap names) {
        this(x, names, List.of());
    }

    /** No attributes at all. */
    public static Attributes none(int rows) {
        return new Attributes(SparseMatrix.ofOnes(Interactions.empty(rows, 0)), IdMap.numbered(0));
    }

    /** Number of users, or items. */
    public int rows() {
        return x.rows();
    }

    /** Number of attributes. */
    public int columns() {
        return x.columns();
    }

    /** Whether there are no attributes. */
    public boolean isEmpty() {
        return columns() == 0;
    }

    /** Whether a row has any attribute. */
    public boolean has(int row) {
        return x.entries().count(row) > 0;
    }

    /** Number of rows with any attribute. */
    public int covered() {
        return rows() - x.entries().emptyRows();
    }

    /**
     * The attributes of other ids; unknown ones have none.
     *
     * @param ids of the rows here
     */
    public Attributes of(IdMap ids, IdMap others) {
        return withRows(x.rows(others.indicesIn(ids)));
    }

    /** The same attributes of other rows. */
    public Attributes withRows(SparseMatrix rows) {
        return new Attributes(rows, names, fields);
    }

    /**
     * The attributes of both, in this order.
     *
     * @throws IllegalArgumentException if the numbers of rows differ, or a name is in both
     */
    public Attributes and(Attributes more) {
        IdMap joined = names.followedBy(more.names.ids());
        if (joined.size() != columns() + more.columns()) {
            throw new IllegalArgumentException("attributes of one name in both; allowed: each name once");
        }
        List<Field> both = new ArrayList<>(fields);
        both.addAll(more.fields);
        return new Attributes(x.beside(more.x, 1), joined, both);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d attributes of %,d of %,d rows, %,d values",
                columns(),
                covered(),
                rows(),
                x.values().length);
    }
}
