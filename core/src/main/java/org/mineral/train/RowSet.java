package org.mineral.train;

import java.util.Arrays;

/** Rows next to each other, of which those are meant that are marked. Reused; one thread's own. */
final class RowSet {

    /** Whether each row is meant, from the first on. */
    final boolean[] marked;

    private int first;
    private int count;
    private int slot;

    /** @param most rows it can hold */
    RowSet(int most) {
        this.marked = new boolean[most];
    }

    /** All of these rows. */
    static RowSet of(int first, int count) {
        RowSet rows = new RowSet(count).at(first, count);
        Arrays.fill(rows.marked, true);
        return rows;
    }

    /** Moves it to other rows; marks stay. */
    RowSet at(int newFirst, int newCount) {
        first = newFirst;
        count = newCount;
        slot = newFirst;
        return this;
    }

    /** Moves it to the one row that is the slot-th of its step. */
    RowSet one(int row, int newSlot) {
        first = row;
        count = 1;
        slot = newSlot;
        marked[0] = true;
        return this;
    }

    int first() {
        return first;
    }

    int count() {
        return count;
    }

    /** Where the first row stands among those of the step, for what is kept of a row until the step ends. */
    int slot() {
        return slot;
    }
}
