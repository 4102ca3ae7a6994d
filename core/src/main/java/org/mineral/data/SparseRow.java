package org.mineral.data;

/**
 * One row of a product of sparse matrices, summed entry by entry. Besides the sums it keeps the columns it has met, so that filling, reading and
 * clearing it cost as much as it has entries, however many columns there are.
 *
 * <pre>{@code (A diag(s) B)_i = sum over the entries k of A_i of s_k B_k}</pre>
 *
 * Scratch space of one thread.
 */
public final class SparseRow {

    /** Operations of single precision within a dense product that take as long as one sum at a place that is not known before. */
    public static final double OPERATIONS = 100;

    private final double[] sums;
    private final int[] met;
    private final boolean[] isMet;
    private int size;

    /** An empty row. */
    public SparseRow(int columns) {
        this.sums = new double[columns];
        this.met = new int[columns];
        this.isMet = new boolean[columns];
    }

    /** Bytes of a row. */
    public static long bytes(int columns) {
        return (long) (Double.BYTES + Integer.BYTES + 1) * columns;
    }

    /** Removes all entries. */
    public void clear() {
        for (int k = 0; k < size; k++) {
            sums[met[k]] = 0;
            isMet[met[k]] = false;
        }
        size = 0;
    }

    /**
     * Adds {@code weight} to each column of a row of a binary matrix.
     *
     * @param weight 0 adds nothing
     */
    public void add(double weight, Interactions matrix, int row) {
        if (weight == 0) {
            return;
        }
        int[] columns = matrix.columns();
        for (int k = matrix.begin(row); k < matrix.end(row); k++) {
            add(columns[k], weight);
        }
    }

    /** Adds {@code weight} times a row of a matrix whose values may have any sign. */
    public void add(double weight, SparseMatrix matrix, int row) {
        int[] columns = matrix.entries().columns();
        int end = matrix.entries().end(row);
        for (int k = matrix.entries().begin(row); k < end; k++) {
            add(columns[k], weight * matrix.values()[k]);
        }
    }

    private void add(int column, double value) {
        if (!isMet[column]) {
            isMet[column] = true;
            met[size++] = column;
        }
        sums[column] += value;
    }

    /** Number of columns with an entry. */
    public int size() {
        return size;
    }

    /** The column of the k-th entry, in the order in which they were met. */
    public int column(int k) {
        return met[k];
    }

    /** The sum in a column; 0 where there is no entry. */
    public double sum(int column) {
        return sums[column];
    }
}
