package org.mineral.linalg;

import org.mineral.config.Internal;

/** The matrix of rank d that is nearest to a product {@code A B^T} (Eckart and Young 1936), without forming either. */
@Internal
public final class LowRank {

    /** Singular values below this share of the largest are rounding errors of floats. */
    private static final double SMALLEST = 1e-6;

    private LowRank() {}

    /**
     * With {@code Q = (A^T A)^1/2} and the eigenvectors W and eigenvalues sigma^2 of {@code Q B^T B Q}, the singular values of
     * {@code A B^T} are sigma, its left vectors {@code A Q^-1 W} and its right ones {@code B Q W / sigma}. Costs
     * {@code O((m + n) k^2 + k^3)}.
     *
     * @param a m x k
     * @param b n x k
     * @param rank d; of the result, whose further columns are left out where k is less
     * @return L, m x d, and R, n x d, with {@code L R^T} the nearest matrix, each column of both of norm sigma^1/2
     */
    public static Matrix[] of(Matrix a, Matrix b, int rank, Workers workers) {
        SmallEigen left = SmallEigen.of(TallMatrix.gram(a, workers));
        double[][] root = power(left, 0.5);
        double[][] inverse = power(left, -0.5);
        SmallEigen both = SmallEigen.of(product(root, product(TallMatrix.gram(b, workers), root)));
        int kept = Math.min(rank, a.columns());
        double largest = Math.sqrt(Math.max(0, both.values()[0]));
        double[][] toLeft = new double[kept][];
        double[][] toRight = new double[kept][];
        for (int k = 0; k < kept; k++) {
            double sigma = Math.sqrt(Math.max(0, both.values()[k]));
            double[][] direction = {both.vectors()[k]};
            boolean there = sigma > SMALLEST * largest;
            toLeft[k] = scaled(product(direction, inverse)[0], there ? Math.sqrt(sigma) : 0);
            toRight[k] = scaled(product(direction, root)[0], there ? 1 / Math.sqrt(sigma) : 0);
        }
        return new Matrix[] {TallMatrix.times(a, toLeft, workers), TallMatrix.times(b, toRight, workers)};
    }

    /** Of a matrix that is symmetric and not negative; directions that it hardly has become zero. */
    private static double[][] power(SmallEigen eigen, double exponent) {
        int n = eigen.values().length;
        double smallest = SMALLEST * SMALLEST * Math.max(eigen.values()[0], Double.MIN_NORMAL);
        double[][] result = new double[n][n];
        for (int k = 0; k < n; k++) {
            double value = eigen.values()[k];
            double[] vector = eigen.vectors()[k];
            double factor = value > smallest ? Math.pow(value, exponent) : 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result[i][j] += factor * vector[i] * vector[j];
                }
            }
        }
        return result;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[k].length; j++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }

    private static double[] scaled(double[] vector, double by) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= by;
        }
        return vector;
    }
}
