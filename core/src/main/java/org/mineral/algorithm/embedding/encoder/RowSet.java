package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;

/** Rows next to each other, of which those are meant that are marked. Reused; one thread's own. */
public final class RowSet {

    /** Whether each row is meant, from the first on. */
    public final boolean[] marked;

    private int first;
    private int count;
    private int slot;

    /** @param most rows it can hold */
    public RowSet(int most) {
        this.marked = new boolean[most];
    }

    /** All of these rows. */
    public static RowSet of(int first, int count) {
        RowSet rows = new RowSet(count).at(first, count);
        Arrays.fill(rows.marked, true);
        return rows;
    }

    /** Moves it to other rows; marks stay. */
    public RowSet at(int newFirst, int newCount) {
        first = newFirst;
        count = newCount;
        slot = newFirst;
        return this;
    }

    /** Moves it to the one row that is the slot-th of its step. */
    public RowSet one(int row, int newSlot) {
        first = row;
        count = 1;
        slot = newSlot;
        marked[0] = true;
        return this;
    }

    public int first() {
        return first;
    }

    public int count() {
        return count;
    }

    /** Where the first row stands among those of the step, for what is kept of a row until the step ends. */
    int slot() {
        return slot;
    }
}
