package org.mineral.data;

import java.util.Locale;

/**
 * What is known of users, or of items, besides their interactions: a sparse matrix X, rows x attributes. An attribute is a value of a column
 * of a side file such as {@code genre=Drama}, a bin of a number, a word, or an element of a vector. Immutable.
 *
 * @param x the values {@code x_ia}
 * @param names of the attributes by their index, as {@code column=value}
 */
public record Attributes(SparseMatrix x, IdMap names) {

    /** @throws IllegalArgumentException if there is not one name for each attribute */
    public Attributes {
        if (names.size() != x.columns()) {
            throw new IllegalArgumentException(
                    names.size() + " names of " + x.columns() + " attributes; the counts must agree");
        }
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
        return new Attributes(x.rows(others.indicesIn(ids)), names);
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
        return new Attributes(x.beside(more.x, 1), joined);
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
