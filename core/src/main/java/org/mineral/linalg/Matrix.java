package org.mineral.linalg;

import java.util.Arrays;

/**
 * A dense matrix of floats, row by row. Rows are padded with zeros to a multiple of {@link #PAD} floats so that a kernel
 * never meets half a vector; {@link #stride()} is the padded length.
 */
public final class Matrix {

    /** Floats in the widest SIMD register in use (512 bits). */
    public static final int PAD = 16;

    private final int rows;
    private final int columns;
    private final int stride;
    private final float[] values;

    /** All zeros. */
    public Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.stride = pad(columns);
        long size = (long) rows * stride;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a matrix of " + rows + " x " + columns + " is larger than one Java array (2^31 floats)");
        }
        this.values = new float[(int) size];
    }

    /** The smallest multiple of {@link #PAD} that is not below n. */
    public static int pad(int n) {
        return (n + PAD - 1) / PAD * PAD;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** Distance between the starts of two rows in {@link #values()}. */
    public int stride() {
        return stride;
    }

    /** The backing array: row r starts at {@code r * stride()}. Padding must stay zero. */
    public float[] values() {
        return values;
    }

    /** The start of a row in {@link #values()}. */
    public int offset(int row) {
        return row * stride;
    }

    public float get(int row, int column) {
        return values[row * stride + column];
    }

    public void set(int row, int column, float value) {
        values[row * stride + column] = value;
    }

    /** A copy of one row, without padding. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * stride, row * stride + columns);
    }

    /** A copy with more rows at the end, which are zeros. */
    public Matrix enlarged(int newRows) {
        Matrix all = new Matrix(newRows, columns);
        System.arraycopy(values, 0, all.values, 0, values.length);
        return all;
    }

    /** Overwrites one row with {@code columns()} values. */
    public void setRow(int row, float[] from) {
        System.arraycopy(from, 0, values, row * stride, columns);
    }

    public Matrix copy() {
        Matrix copy = new Matrix(rows, columns);
        System.arraycopy(values, 0, copy.values, 0, values.length);
        return copy;
    }

    /**
     * A copy with {@code size} rows, row r at {@code to[r]}; rows that nothing moves to are zeros.
     *
     * @param to for each row its place, or -1 to leave it out
     */
    public Matrix moved(int[] to, int size) {
        Matrix moved = new Matrix(size, columns);
        for (int row = 0; row < to.length; row++) {
            if (to[row] >= 0) {
                System.arraycopy(values, offset(row), moved.values, moved.offset(to[row]), columns);
            }
        }
        return moved;
    }

    /** A copy with each row at unit length; rows of zeros stay. */
    public Matrix directions() {
        Matrix unit = new Matrix(rows, columns);
        for (int r = 0; r < rows; r++) {
            double squares = 0;
            for (int k = 0; k < columns; k++) {
                squares += (double) get(r, k) * get(r, k);
            }
            for (int k = 0; k < columns && squares > 0; k++) {
                unit.set(r, k, (float) (get(r, k) / Math.sqrt(squares)));
            }
        }
        return unit;
    }
}
