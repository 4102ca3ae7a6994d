package org.mineral.data;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The interactions: a binary sparse matrix of users x items in compressed rows (CSR).
 *
 * <p>Row u holds the items of user u in ascending order, without duplicates, at positions {@code begin(u)} to
 * {@code end(u)} (exclusive) of {@link #columns()}. Treat it as immutable: the arrays are shared for speed and must not be written to.
 */
public final class Interactions {

    private final int users;
    private final int items;
    private final int[] offsets;
    private final int[] columns;

    /**
     * @param items number of columns; every entry of {@code columns} lies in [0, items)
     * @param offsets users + 1 non-decreasing positions into {@code columns}, from 0 to its length
     * @param columns item indices, strictly ascending within each row
     * @throws IllegalArgumentException if the arrays are not such a matrix
     */
    public Interactions(int items, int[] offsets, int[] columns) {
        this.users = offsets.length - 1;
        this.items = items;
        this.offsets = offsets;
        this.columns = columns;
        check();
    }

    /** No interactions at all. */
    public static Interactions empty(int users, int items) {
        return new Interactions(items, new int[users + 1], new int[0]);
    }

    /** From one array of item indices for each user, in any order; duplicates are merged. */
    public static Interactions of(int items, int[]... rows) {
        int[] offsets = new int[rows.length + 1];
        int[] columns = new int[Arrays.stream(rows).mapToInt(r -> r.length).sum()];
        for (int u = 0; u < rows.length; u++) {
            int[] row = Arrays.stream(rows[u]).sorted().distinct().toArray();
            System.arraycopy(row, 0, columns, offsets[u], row.length);
            offsets[u + 1] = offsets[u] + row.length;
        }
        return new Interactions(items, offsets, Arrays.copyOf(columns, offsets[rows.length]));
    }

    public int users() {
        return users;
    }

    public int items() {
        return items;
    }

    /** Number of (user, item) pairs. */
    public int size() {
        return columns.length;
    }

    public int begin(int user) {
        return offsets[user];
    }

    public int end(int user) {
        return offsets[user + 1];
    }

    /** n_u, the number of items of one user. */
    public int count(int user) {
        return offsets[user + 1] - offsets[user];
    }

    /** All rows one after the other; not to be written to. */
    public int[] columns() {
        return columns;
    }

    /** The start of each row, followed by {@link #size()}; not to be written to. */
    public int[] offsets() {
        return offsets;
    }

    /** A copy of one user's items, ascending. */
    public int[] row(int user) {
        return Arrays.copyOfRange(columns, offsets[user], offsets[user + 1]);
    }

    public boolean contains(int user, int item) {
        return Arrays.binarySearch(columns, offsets[user], offsets[user + 1], item) >= 0;
    }

    /** By item: the number of its users. */
    public int[] itemCounts() {
        int[] counts = new int[items];
        for (int item : columns) {
            counts[item]++;
        }
        return counts;
    }

    /** By user: the number of items. */
    public int[] userCounts() {
        int[] counts = new int[users];
        Arrays.setAll(counts, this::count);
        return counts;
    }

    /** The transpose, items x users. */
    public Interactions transpose() {
        int[] counts = itemCounts();
        int[] starts = new int[items + 1];
        for (int i = 0; i < items; i++) {
            starts[i + 1] = starts[i] + counts[i];
        }
        int[] next = Arrays.copyOf(starts, items);
        int[] transposed = new int[columns.length];
        for (int u = 0; u < users; u++) {
            for (int k = offsets[u]; k < offsets[u + 1]; k++) {
                transposed[next[columns[k]]++] = u;
            }
        }
        return new Interactions(users, starts, transposed);
    }

    /**
     * The union of the pairs.
     *
     * @throws IllegalArgumentException if they differ in shape
     */
    public Interactions union(Interactions other) {
        checkShape(other);
        if (other.size() == 0 || other == this || equals(other)) {
            return this;
        }
        int[] starts = new int[users + 1];
        int[] merged = new int[columns.length + other.columns.length];
        int count = 0;
        for (int u = 0; u < users; u++) {
            int mine = offsets[u];
            int theirs = other.offsets[u];
            while (mine < offsets[u + 1] || theirs < other.offsets[u + 1]) {
                int a = mine < offsets[u + 1] ? columns[mine] : Integer.MAX_VALUE;
                int b = theirs < other.offsets[u + 1] ? other.columns[theirs] : Integer.MAX_VALUE;
                merged[count++] = Math.min(a, b);
                mine += a <= b ? 1 : 0;
                theirs += b <= a ? 1 : 0;
            }
            starts[u + 1] = count;
        }
        return new Interactions(items, starts, cut(merged, count));
    }

    /**
     * The pairs of this matrix that are not in the other.
     *
     * @throws IllegalArgumentException if they differ in shape
     */
    public Interactions minus(Interactions other) {
        checkShape(other);
        if (other.size() == 0 || size() == 0) {
            return this;
        }
        boolean[] kept = new boolean[columns.length];
        for (int u = 0; u < users; u++) {
            for (int k = offsets[u]; k < offsets[u + 1]; k++) {
                kept[k] = !other.contains(u, columns[k]);
            }
        }
        return select(k -> kept[k]);
    }

    /** The pairs at those positions of {@link #columns()} that the predicate accepts; this matrix itself if it accepts all. */
    public Interactions select(IntPredicate positions) {
        int[] starts = new int[users + 1];
        int[] kept = new int[columns.length];
        int count = 0;
        for (int u = 0; u < users; u++) {
            for (int k = offsets[u]; k < offsets[u + 1]; k++) {
                if (positions.test(k)) {
                    kept[count++] = columns[k];
                }
            }
            starts[u + 1] = count;
        }
        return count == size() ? this : new Interactions(items, starts, cut(kept, count));
    }

    /**
     * The same pairs in other indices.
     *
     * @param toUser by user: the new index, or -1 to leave out the user's pairs
     * @param toItem by item: the new index, or -1 to leave out the item's pairs
     */
    public Interactions moved(int[] toUser, int[] toItem, int newUsers, int newItems) {
        PairList moved = new PairList(false, false);
        for (int u = 0; u < users; u++) {
            for (int k = offsets[u]; toUser[u] >= 0 && k < offsets[u + 1]; k++) {
                if (toItem[columns[k]] >= 0) {
                    moved.add(toUser[u], toItem[columns[k]]);
                }
            }
        }
        return moved.merge(newUsers, newItems);
    }

    /**
     * The same pairs in a larger shape.
     *
     * @throws IllegalArgumentException if it is smaller
     */
    public Interactions widened(int newUsers, int newItems) {
        if (newUsers < users || newItems < items) {
            throw new IllegalArgumentException(this + " in " + newUsers + " x " + newItems + "; allowed: no fewer");
        }
        int[] starts = Arrays.copyOf(offsets, newUsers + 1);
        Arrays.fill(starts, users, newUsers + 1, columns.length);
        return new Interactions(newItems, starts, columns);
    }

    /** The first {@code length} values, without a copy if these are all. */
    public static int[] cut(int[] values, int length) {
        return length == values.length ? values : Arrays.copyOf(values, length);
    }

    /** Number of users without an item. */
    public int emptyRows() {
        int empty = 0;
        for (int u = 0; u < users; u++) {
            empty += offsets[u] == offsets[u + 1] ? 1 : 0;
        }
        return empty;
    }

    /** Same shape and same pairs. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Interactions that
                && items == that.items
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(columns, that.columns);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * items + Arrays.hashCode(offsets)) + Arrays.hashCode(columns);
    }

    @Override
    public String toString() {
        return users + " users x " + items + " items, " + columns.length + " pairs";
    }

    private void checkShape(Interactions other) {
        if (other.users != users || other.items != items) {
            throw new IllegalArgumentException(this + " beside " + other + "; allowed: one shape");
        }
    }

    private void check() {
        if (users < 0 || offsets[0] != 0 || offsets[users] != columns.length) {
            throw new IllegalArgumentException("offsets do not span the columns");
        }
        for (int u = 0; u < users; u++) {
            if (offsets[u + 1] < offsets[u] || offsets[u + 1] > columns.length) {
                throw new IllegalArgumentException("offsets decrease at row " + u + " or point behind the columns");
            }
            int previous = -1;
            for (int k = offsets[u]; k < offsets[u + 1]; k++) {
                if (columns[k] <= previous || columns[k] >= items) {
                    throw new IllegalArgumentException(
                            "row " + u + " is not strictly ascending within [0, " + items + ")");
                }
                previous = columns[k];
            }
        }
    }
}
