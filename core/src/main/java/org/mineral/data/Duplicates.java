package org.mineral.data;

/** How several rows of the same pair in one part are merged; {@link Interactions} hold each pair once. */
public enum Duplicates {
    /** The row with the latest time, else the one read last. */
    LAST,
    /** The row with the earliest time, else the one read first. */
    FIRST,
    /** The sum of the ratings, or the number of rows if there are none; the time is the latest. */
    SUM
}
