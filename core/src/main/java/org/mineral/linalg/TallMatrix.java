package org.mineral.linalg;

/** Products of tall, narrow matrices with themselves and with small ones, in an order that no thread count changes. */
public final class TallMatrix {

    private static final int CHUNK = 1024;

    private TallMatrix() {}

    /** A^T A in double precision, columns x columns. */
    public static double[][] gram(Matrix a, Workers workers) {
        int n = a.columns();
        int chunks = (a.rows() + CHUNK - 1) / CHUNK;
        double[][][] partial = new double[chunks][][];
        workers.run(chunks, (chunk, worker) -> {
            partial[chunk] = gram(a, chunk * CHUNK, Math.min(a.rows(), (chunk + 1) * CHUNK));
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

    private static double[][] gram(Matrix a, int from, int to) {
        int n = a.columns();
        double[][] sum = new double[n][n];
        double[] row = new double[n];
        for (int r = from; r < to; r++) {
            for (int i = 0; i < n; i++) {
                row[i] = a.values()[a.offset(r) + i];
            }
            for (int i = 0; i < n; i++) {
                double x = row[i];
                double[] into = sum[i];
                for (int j = 0; j <= i; j++) {
                    into[j] += x * row[j];
                }
            }
        }
        return sum;
    }

    /** A B^T for a small B given by its rows: result column k is A b_k. */
    public static Matrix times(Matrix a, double[][] rows, Workers workers) {
        Matrix result = new Matrix(a.rows(), rows.length);
        int chunks = (a.rows() + CHUNK - 1) / CHUNK;
        workers.run(chunks, (chunk, worker) -> {
            for (int r = chunk * CHUNK; r < Math.min(a.rows(), (chunk + 1) * CHUNK); r++) {
                for (int k = 0; k < rows.length; k++) {
                    double sum = 0;
                    for (int j = 0; j < a.columns(); j++) {
                        sum += a.values()[a.offset(r) + j] * rows[k][j];
                    }
                    result.set(r, k, (float) sum);
                }
            }
        });
        return result;
    }

    /** The same column space with orthonormal columns; directions that A hardly has become zero. */
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
