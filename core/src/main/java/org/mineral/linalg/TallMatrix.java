package org.mineral.linalg;

import java.util.Arrays;
import org.mineral.config.Internal;

/** Products of tall, narrow matrices with themselves and with small ones, in an order that no thread count changes. */
@Internal
public final class TallMatrix {

    private static final int CHUNK = 1024;

    /** Partial sums of columns x columns that a million rows may leave behind. */
    private static final int MOST_PARTS = 128;

    /** Rows taken together; divides {@link Matrix#PAD}. */
    private static final int AT_ONCE = 4;

    private TallMatrix() {}

    /** A^T A in double precision, columns x columns. */
    public static double[][] gram(Matrix a, Workers workers) {
        int n = a.columns();
        int size = partRows(a.rows());
        int chunks = (a.rows() + size - 1) / size;
        double[][][] partial = new double[chunks][][];
        workers.run(chunks, (chunk, worker) -> {
            partial[chunk] = gram(a, chunk * size, Math.min(a.rows(), (chunk + 1) * size));
        });
        double[][] sum = new double[n][n];
        for (double[][] part : partial) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    sum[i][j] += part[Math.max(i, j)][Math.min(i, j)];
                }
            }
        }
        return sum;
    }

    private static int partRows(int rows) {
        return Math.max(CHUNK, (rows + MOST_PARTS - 1) / MOST_PARTS);
    }

    /** What {@link #gram} holds while it adds up. */
    public static long gramBytes(int rows, int columns) {
        int size = partRows(rows);
        return (long) Double.BYTES * columns * columns * ((rows + size - 1) / size + 1);
    }

    private static double[][] gram(Matrix a, int from, int to) {
        int n = a.columns();
        double[][] sum = new double[n][n];
        double[][] four = new double[AT_ONCE][n];
        for (int r = from; r < to; r += AT_ONCE) {
            for (int row = 0; row < AT_ONCE; row++) {
                for (int i = 0; i < n; i++) {
                    four[row][i] = r + row < to ? a.values()[a.offset(r + row) + i] : 0;
                }
            }
            for (int i = 0; i < n; i++) {
                add(four[0][i], four[1][i], four[2][i], four[3][i], four, 0, sum[i], i + 1);
            }
        }
        return sum;
    }

    /** A B^T for a small B given by its rows: result column k is A b_k. Summed in double precision. */
    public static Matrix times(Matrix a, double[][] rows, Workers workers) {
        Matrix result = new Matrix(a.rows(), rows.length);
        double[][] transposed = new double[(a.columns() + AT_ONCE - 1) / AT_ONCE * AT_ONCE][rows.length];
        for (int j = 0; j < a.columns(); j++) {
            for (int k = 0; k < rows.length; k++) {
                transposed[j][k] = rows[k][j];
            }
        }
        int chunks = (a.rows() + CHUNK - 1) / CHUNK;
        workers.run(chunks, (chunk, worker) -> {
            double[] sum = new double[rows.length];
            for (int r = chunk * CHUNK; r < Math.min(a.rows(), (chunk + 1) * CHUNK); r++) {
                Arrays.fill(sum, 0);
                float[] values = a.values();
                for (int j = 0; j < transposed.length; j += AT_ONCE) {
                    int o = a.offset(r) + j;
                    // Padding behind the columns is zero, and transposed has rows of zeros there.
                    add(values[o], values[o + 1], values[o + 2], values[o + 3], transposed, j, sum, sum.length);
                }
                for (int k = 0; k < sum.length; k++) {
                    result.values()[result.offset(r) + k] = (float) sum[k];
                }
            }
        });
        return result;
    }

    /** to += a from[at] + b from[at + 1] + ..., n entries: four at once, or most of the time goes into moving to. */
    private static void add(double a, double b, double c, double d, double[][] from, int at, double[] to, int n) {
        double[] first = from[at];
        double[] second = from[at + 1];
        double[] third = from[at + 2];
        double[] fourth = from[at + 3];
        for (int k = 0; k < n; k++) {
            to[k] += a * first[k] + b * second[k] + (c * third[k] + d * fourth[k]);
        }
    }

    /** Orthonormalises the columns; directions with negligible norm become zero. */
    public static Matrix orthonormal(Matrix a, Workers workers) {
        SmallEigen eigen = SmallEigen.of(gram(a, workers));
        double smallest = 1e-10 * Math.max(eigen.values()[0], Double.MIN_NORMAL);
        double[][] rows = new double[a.columns()][];
        for (int k = 0; k < rows.length; k++) {
            double value = eigen.values()[k];
            rows[k] = eigen.vectors()[k].clone();
            double scale = value > smallest ? 1 / Math.sqrt(value) : 0;
            for (int j = 0; j < rows[k].length; j++) {
                rows[k][j] *= scale;
            }
        }
        return times(a, rows, workers);
    }
}
