package org.mineral.data;

/** What becomes of a pair that stands several times in a part; an {@link Interactions} holds it once in any case. */
public enum Duplicates {
    /** The row with the latest time, else the one read last. */
    LAST,
    /** The row with the earliest time, else the one read first. */
    FIRST,
    /** Ratings, or 1 a row without ratings, add up; the time is the latest. */
    SUM
}
