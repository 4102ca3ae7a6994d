package org.mineral.algorithm.embedding.shard;

import java.io.Serializable;
import java.util.List;

/**
 * Something in parts, wherever they are. Answers and sums are in the order of the parts, so that all places give the same bits.
 *
 * @param <S> one part
 */
public interface Parts<S> {

    /** The answer of each part to a question, which must be small. */
    <T> List<T> ask(Question<S, T> question);

    /** The sum of the parts' arrays, which may be large. */
    float[] sum(Question<S, float[]> question);

    /**
     * Asked where the part is. What it holds is not to be written to afterwards: a part that was lost is asked again.
     *
     * @param <S> one part
     * @param <T> the answer
     */
    @FunctionalInterface
    interface Question<S, T> extends Serializable {
        T of(S part);
    }

    /** The sum of matrices of one shape. */
    static double[][] sum(List<double[][]> matrices) {
        double[][] sum = new double[matrices.get(0).length][];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = new double[matrices.get(0)[i].length];
            for (double[][] matrix : matrices) {
                for (int j = 0; j < sum[i].length; j++) {
                    sum[i][j] += matrix[i][j];
                }
            }
        }
        return sum;
    }
}
