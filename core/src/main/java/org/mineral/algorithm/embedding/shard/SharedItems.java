package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import org.mineral.linalg.Matrix;

/**
 * The items as shards see them between two meetings: vectors that are scored, normalised and with biases.
 *
 * @param values of a matrix I x d, row by row with its padding; not to be written to
 * @param items I
 * @param dimension d
 * @param bound see {@link org.mineral.algorithm.embedding.encoder.Encoder#bound}
 */
public record SharedItems(float[] values, int items, int dimension, float bound) implements Serializable {

    /** A copy of these vectors. */
    public static SharedItems of(Matrix vectors, float bound) {
        return new SharedItems(vectors.values().clone(), vectors.rows(), vectors.columns(), bound);
    }

    /** A copy. */
    public Matrix matrix() {
        Matrix matrix = new Matrix(items, dimension);
        System.arraycopy(values, 0, matrix.values(), 0, values.length);
        return matrix;
    }
}
