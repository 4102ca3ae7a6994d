package org.mineral.algorithm.embedding.init;

import org.mineral.linalg.Matrix;

/** A matrix that is known by its products. */
public interface LinearMap {

    int rows();

    int columns();

    /** A Q, a new matrix; Q is columns x k. */
    Matrix times(Matrix q);

    /** A^T Y, a new matrix; Y is rows x k. */
    Matrix transposedTimes(Matrix y);
}
