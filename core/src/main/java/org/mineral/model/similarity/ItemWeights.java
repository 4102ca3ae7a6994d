package org.mineral.model.similarity;

import java.util.Arrays;
import java.util.Locale;
import org.mineral.config.InputException;

/**
 * A sparse matrix of item-to-item weights B by rows (CSR): row i holds the contributions of item i of a history to the scores of other items.
 * Treat it as immutable: the arrays are shared for speed and must not be written to.
 *
 * @param items number of rows and of columns
 * @param offsets items + 1 non-decreasing positions into {@code columns}, from 0 to its length
 * @param columns item indices, strictly ascending within each row, without the diagonal
 * @param values B_ij for each of {@code columns}; finite, at most 1e15
 */
public record ItemWeights(int items, int[] offsets, int[] columns, float[] values) {

    /** With larger values, the sum over a history could overflow a float. */
    private static final float LARGEST = 1e15f;

    /** @throws InputException if the arrays are not such a matrix */
    public ItemWeights {
        if (items < 0 || offsets.length != items + 1 || offsets[0] != 0 || offsets[items] != columns.length) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "item weights: %,d offsets for %,d items and %,d columns; allowed: one more than items, from 0 to the"
                            + " number of columns.",
                    offsets.length,
                    items,
                    columns.length));
        }
        if (values.length != columns.length) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "item weights: %,d columns and %,d values; the numbers must be equal.",
                    columns.length,
                    values.length));
        }
        for (int i = 0; i < items; i++) {
            checkRow(i, items, offsets, columns, values);
        }
    }

    private static void checkRow(int row, int items, int[] offsets, int[] columns, float[] values) {
        if (offsets[row + 1] < offsets[row] || offsets[row + 1] > columns.length) {
            throw new InputException("item weights: row " + row + " ends before it begins or behind the last column.");
        }
        int before = -1;
        for (int k = offsets[row]; k < offsets[row + 1]; k++) {
            if (columns[k] <= before || columns[k] >= items || columns[k] == row) {
                throw new InputException("item weights: row " + row + " has the column " + columns[k]
                        + "; allowed: other items' indices below " + items + ", ascending, each once.");
            }
            if (!(Math.abs(values[k]) <= LARGEST)) {
                throw new InputException("item weights: row " + row + " has the value " + values[k]
                        + "; allowed: finite, at most 1e15.");
            }
            before = columns[k];
        }
    }

    /** Number of weights that are stored. */
    public int size() {
        return columns.length;
    }

    /** B_ij; 0 if none is stored. */
    public float get(int i, int j) {
        int at = Arrays.binarySearch(columns, offsets[i], offsets[i + 1], j);
        return at < 0 ? 0 : values[at];
    }

    /** By item j: whether any item has a weight to it. */
    public boolean[] reached() {
        boolean[] reached = new boolean[items];
        for (int k = 0; k < columns.length; k++) {
            reached[columns[k]] |= values[k] != 0;
        }
        return reached;
    }

    /** Adds {@code factor * B_ij} to each score j. */
    public void addRow(int i, float factor, float[] scores) {
        for (int k = offsets[i]; k < offsets[i + 1]; k++) {
            scores[columns[k]] += factor * values[k];
        }
    }

    /** The weights with rows and columns exchanged, without those that are 0. */
    public ItemWeights transpose() {
        int[] starts = new int[items + 1];
        for (int k = 0; k < columns.length; k++) {
            starts[columns[k] + 1] += values[k] == 0 ? 0 : 1;
        }
        for (int i = 0; i < items; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, items);
        int[] newColumns = new int[starts[items]];
        float[] newValues = new float[starts[items]];
        for (int i = 0; i < items; i++) {
            for (int k = offsets[i]; k < offsets[i + 1]; k++) {
                if (values[k] != 0) {
                    int at = next[columns[k]]++;
                    newColumns[at] = i;
                    newValues[at] = values[k];
                }
            }
        }
        return new ItemWeights(items, starts, newColumns, newValues);
    }

    /**
     * The same weights with other indices.
     *
     * @param to each item's new index, or -1 to leave it out
     * @param size number of new items
     */
    public ItemWeights moved(int[] to, int size) {
        int[] from = new int[size];
        Arrays.fill(from, -1);
        for (int i = 0; i < items; i++) {
            if (to[i] >= 0) {
                from[to[i]] = i;
            }
        }
        int[] newOffsets = new int[size + 1];
        int[] newColumns = new int[columns.length];
        float[] newValues = new float[columns.length];
        for (int r = 0, at = 0; r < size; r++) {
            int row = from[r];
            if (row >= 0) {
                long[] entries = new long[offsets[row + 1] - offsets[row]];
                int n = 0;
                for (int k = offsets[row]; k < offsets[row + 1]; k++) {
                    if (to[columns[k]] >= 0) {
                        entries[n++] = (long) to[columns[k]] << 32 | k;
                    }
                }
                Arrays.sort(entries, 0, n);
                for (int e = 0; e < n; e++, at++) {
                    newColumns[at] = (int) (entries[e] >> 32);
                    newValues[at] = values[(int) entries[e]];
                }
            }
            newOffsets[r + 1] = at;
        }
        int kept = newOffsets[size];
        return new ItemWeights(size, newOffsets, Arrays.copyOf(newColumns, kept), Arrays.copyOf(newValues, kept));
    }
}
