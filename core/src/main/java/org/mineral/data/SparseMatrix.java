package org.mineral.data;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A sparse matrix with values, in compressed rows. The arrays are shared for speed and must not be written to.
 *
 * @param entries where it has values, rows x columns; its {@code users} are the rows, its {@code items} the columns
 * @param values one for each of {@code entries.columns()}, finite
 */
public record SparseMatrix(Interactions entries, float[] values) {

    /** @throws IllegalArgumentException if the counts differ or a value is not finite */
    public SparseMatrix {
        if (values.length != entries.size()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%,d values for %,d entries; the counts must agree", values.length, entries.size()));
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("found the value " + value + "; allowed: finite numbers");
            }
        }
    }

    /** The matrix with 1 at these places. */
    public static SparseMatrix ofOnes(Interactions entries) {
        float[] ones = new float[entries.size()];
        Arrays.fill(ones, 1);
        return new SparseMatrix(entries, ones);
    }

    public int rows() {
        return entries.users();
    }

    public int columns() {
        return entries.items();
    }

    /** The value in a row and column; 0 if there is no entry. */
    public float get(int row, int column) {
        int at = Arrays.binarySearch(entries.columns(), entries.begin(row), entries.end(row), column);
        return at < 0 ? 0 : values[at];
    }

    /**
     * Some rows in another order.
     *
     * @param from by new row: the row here, or -1 for an empty one
     */
    public SparseMatrix rows(int[] from) {
        int[] offsets = new int[from.length + 1];
        for (int r = 0; r < from.length; r++) {
            offsets[r + 1] = Math.addExact(offsets[r], from[r] < 0 ? 0 : entries.count(from[r]));
        }
        int[] columns = new int[offsets[from.length]];
        float[] moved = new float[columns.length];
        for (int r = 0; r < from.length; r++) {
            if (from[r] >= 0) {
                int begin = entries.begin(from[r]);
                System.arraycopy(entries.columns(), begin, columns, offsets[r], offsets[r + 1] - offsets[r]);
                System.arraycopy(values, begin, moved, offsets[r], offsets[r + 1] - offsets[r]);
            }
        }
        return new SparseMatrix(new Interactions(columns(), offsets, columns), moved);
    }

    public SparseMatrix transpose() {
        Interactions turned = entries.transpose();
        int[] next = new int[columns()];
        Arrays.setAll(next, turned::begin);
        float[] moved = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            moved[next[entries.columns()[k]]++] = values[k];
        }
        return new SparseMatrix(turned, moved);
    }

    /**
     * Both side by side: {@code [this | factor right]}.
     *
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public SparseMatrix beside(SparseMatrix right, float factor) {
        if (right.rows() != rows()) {
            throw new IllegalArgumentException(rows() + " rows beside " + right.rows() + "; allowed: equal numbers");
        }
        int[] offsets = new int[rows() + 1];
        int[] columns = new int[Math.addExact(values.length, right.values.length)];
        float[] both = new float[columns.length];
        for (int row = 0, at = 0; row < rows(); row++) {
            for (int k = entries.begin(row); k < entries.end(row); k++, at++) {
                columns[at] = entries.columns()[k];
                both[at] = values[k];
            }
            for (int k = right.entries.begin(row); k < right.entries.end(row); k++, at++) {
                columns[at] = columns() + right.entries.columns()[k];
                both[at] = factor * right.values[k];
            }
            offsets[row + 1] = at;
        }
        int width = Math.addExact(columns(), right.columns());
        return new SparseMatrix(new Interactions(width, offsets, columns), both);
    }

    /**
     * One above the other: the rows of this one, then those of the other.
     *
     * @throws IllegalArgumentException if the numbers of columns differ
     */
    public SparseMatrix above(SparseMatrix more) {
        if (more.columns() != columns()) {
            throw new IllegalArgumentException(
                    columns() + " columns above " + more.columns() + "; allowed: equal numbers");
        }
        int[] offsets = Arrays.copyOf(entries.offsets(), rows() + more.rows() + 1);
        for (int row = 1; row <= more.rows(); row++) {
            offsets[rows() + row] = Math.addExact(values.length, more.entries.offsets()[row]);
        }
        int[] columns = Arrays.copyOf(entries.columns(), values.length + more.values.length);
        System.arraycopy(more.entries.columns(), 0, columns, values.length, more.values.length);
        float[] all = Arrays.copyOf(values, columns.length);
        System.arraycopy(more.values, 0, all, values.length, more.values.length);
        return new SparseMatrix(new Interactions(columns(), offsets, columns), all);
    }

    /** Bytes of the matrix. */
    public long bytes() {
        return bytes(rows(), values.length);
    }

    /** Bytes of a matrix with so many rows and values. */
    public static long bytes(int rows, long values) {
        return Integer.BYTES * (rows + 1L) + (Integer.BYTES + Float.BYTES) * values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SparseMatrix that && entries.equals(that.entries) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * entries.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d x %,d, %,d values", rows(), columns(), values.length);
    }
}
