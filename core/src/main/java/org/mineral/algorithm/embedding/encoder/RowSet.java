package org.mineral.algorithm.embedding.encoder;

import java.util.Arrays;

/** A range of rows with a mark for each; only marked rows are selected. Reused; used by one thread. */
public final class RowSet {

    /** Whether each row is selected, from the first on. */
    public final boolean[] marked;

    private int first;
    private int count;
    private int slot;

    /** @param most largest number of rows */
    public RowSet(int most) {
        this.marked = new boolean[most];
    }

    /** All of these rows. */
    public static RowSet of(int first, int count) {
        RowSet rows = new RowSet(count).at(first, count);
        Arrays.fill(rows.marked, true);
        return rows;
    }

    /** Changes the range; marks stay. */
    public RowSet at(int newFirst, int newCount) {
        first = newFirst;
        count = newCount;
        slot = newFirst;
        return this;
    }

    /** Selects the single row that is the slot-th of its step. */
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

    /** The position of the first row among those of the step, for data kept until the step ends. */
    int slot() {
        return slot;
    }
}
