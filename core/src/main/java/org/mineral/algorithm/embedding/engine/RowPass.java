package org.mineral.algorithm.embedding.engine;

import org.mineral.loss.row.Row;

/**
 * How rows of a loss turn scores into derivatives while the candidates pass by, strip by strip, and what is left to do at a row's end. What they
 * leave in a score's place is {@code g_uj}, the derivative up to a factor: the true one is {@code a_u g_uj}, with a_u known when the row is complete.
 */
interface RowPass {

    /** Makes room for the block and its candidates. */
    default void resize() {}

    /** Before the first strip of row u. */
    default void begin(int u) {}

    /** Whether all strips of a row are to pass by {@link #look} before the first goes to {@link #strip}. */
    default boolean looksFirst() {
        return false;
    }

    /** One strip of row u in the first of two sweeps; as {@link #strip}, but scores stay. */
    default void look(int u, int at, int width, ThreadScratch own) {}

    /** Whether few g of a row are other than 0, and none is below; only where rows are looked at first. */
    default boolean sparse() {
        return false;
    }

    /** Whether the positives' scores are read from the row of candidates; otherwise they are computed before it. */
    default boolean readsScores() {
        return true;
    }

    /** Whether g is there only once the row is complete. */
    default boolean keepsScores() {
        return false;
    }

    /**
     * Takes a positive out of the candidates, before {@link #strip} of the strip that it is in.
     *
     * @param at where its score is
     * @param within its place in the strip
     */
    void mask(int at, int within, ThreadScratch own);

    /**
     * One strip of row u. Its weights are in {@code own}.
     *
     * @param at where its scores begin
     */
    void strip(int strip, int u, int at, int width, ThreadScratch own);

    /** A row all of whose strips have passed; only where scores are kept. */
    default void complete(int u, Row row, ThreadScratch own) {}

    /**
     * The end of row u: its loss, the positives' derivatives (not times the row's weight).
     *
     * @param row with all but the statistics filled in
     * @return a_u
     */
    double finish(int u, Row row, ThreadScratch own);

    /** Whether the g of a row differ by a factor from strip to strip; then {@link #rescale} says it. */
    default boolean rescales() {
        return false;
    }

    /** a_u of one strip, times the row's weight. */
    default double rescale(int strip, int u) {
        throw new UnsupportedOperationException("all strips have the same factor");
    }
}
