package org.mineral.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.mineral.config.Internal;

/**
 * Eigenvalues, largest first, and orthonormal eigenvectors of a small symmetric matrix.
 *
 * @param values n eigenvalues, descending
 * @param vectors {@code vectors[k]} is the k-th eigenvector, its largest entry positive
 */
@Internal
public record SmallEigen(double[] values, double[][] vectors) {

    /** Of a symmetric n x n matrix. */
    public static SmallEigen of(double[][] symmetric) {
        int n = symmetric.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(new DMatrixRMaj(symmetric))) {
            throw new ArithmeticException("eigenvectors of a " + n + " x " + n + " matrix did not converge");
        }
        Integer[] order = new Integer[n];
        for (int k = 0; k < n; k++) {
            order[k] = k;
        }
        java.util.Arrays.sort(
                order, (a, b) -> Double.compare(eigen.getEigenvalue(b).real, eigen.getEigenvalue(a).real));
        double[] values = new double[n];
        double[][] vectors = new double[n][];
        for (int k = 0; k < n; k++) {
            values[k] = eigen.getEigenvalue(order[k]).real;
            vectors[k] = positive(eigen.getEigenVector(order[k]).data.clone());
        }
        return new SmallEigen(values, vectors);
    }

    /** Fixes the sign of an eigenvector by its largest entry. */
    private static double[] positive(double[] vector) {
        double largest = 0;
        for (double entry : vector) {
            largest = Math.abs(entry) > Math.abs(largest) ? entry : largest;
        }
        if (largest < 0) {
            for (int k = 0; k < vector.length; k++) {
                vector[k] = -vector[k];
            }
        }
        return vector;
    }
}
