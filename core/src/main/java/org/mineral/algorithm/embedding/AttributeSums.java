package org.mineral.algorithm.embedding;

import java.util.Arrays;
import java.util.List;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.config.Internal;
import org.mineral.data.IdMap;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;
import org.mineral.model.VectorModel;
import org.mineral.model.attributes.AttributeVectors;
import org.mineral.model.attributes.ExpectedPopularity;
import org.mineral.model.attributes.MoreRows;

/**
 * Vectors of users and items of whom nothing but attributes is known: the sum of the vectors of these, at length one for cosines. With item biases, a
 * new item has that of an item of the popularity that its attributes predict ({@link ExpectedPopularity}, {@link BiasColumn#byCount}).
 *
 * @param biased whether the last coordinate is the items' bias
 */
@Internal
public record AttributeSums(boolean cosine, boolean biased) {

    /**
     * Rows of a model, and more.
     *
     * @param vectors of all rows; those from attributes alone are new
     * @param ids of all rows
     * @param from by row: whether its vector is new
     * @param side attributes of all rows
     */
    public record Rows(Matrix vectors, IdMap ids, boolean[] from, AttributeVectors side) {}

    /** The vector of a row, without a bias; zeros if nothing is known of its attributes. */
    public float[] vector(AttributeVectors side, SparseMatrix x, int row) {
        float[] sum = side.sum(x, row);
        divide(sum, norm(sum));
        return sum;
    }

    /**
     * The model's items and more; those that nobody took have the new attributes.
     *
     * @param side of the model's items
     */
    public Rows items(VectorModel model, AttributeVectors side, List<String> ids, SparseMatrix rows) {
        int[] counts = model.trained().itemCounts();
        MoreRows all = MoreRows.of(model.items(), side.attributes(), ids, rows, item -> counts[item] == 0);
        Matrix vectors = model.itemVectors().enlarged(all.ids().size());
        float[] norms = fill(vectors, side, all);
        if (biased) {
            setBiases(vectors, counts, side.weights(), all, norms);
        }
        return rows(vectors, side, all, norms);
    }

    /** The same of users; those without known interactions have the new attributes. */
    Rows users(VectorModel model, AttributeVectors side, List<String> ids, SparseMatrix rows) {
        MoreRows all = MoreRows.of(
                model.users(),
                side.attributes(),
                ids,
                rows,
                user -> model.known().count(user) == 0);
        Matrix vectors = model.userVectors().enlarged(all.ids().size());
        float[] norms = fill(vectors, side, all);
        for (int user = 0; biased && user < norms.length; user++) {
            if (all.from()[user] >= 0 && norms[user] > 0) {
                vectors.set(user, vectors.columns() - 1, 1);
            }
        }
        return rows(vectors, side, all, norms);
    }

    private static Rows rows(Matrix vectors, AttributeVectors side, MoreRows all, float[] norms) {
        boolean[] from = new boolean[norms.length];
        for (int row = 0; row < from.length; row++) {
            from[row] = all.from()[row] >= 0;
        }
        return new Rows(vectors, all.ids(), from, side.withRows(all.x(), norms));
    }

    private static void setBiases(Matrix vectors, int[] counts, float[] weights, MoreRows all, float[] norms) {
        int[] from = all.from();
        int[] more = Arrays.copyOf(counts, from.length);
        Matrix prior = vectors.copy();
        BiasColumn.byCount(prior, ExpectedPopularity.logCounts(more, all.x(), weights), more);
        int column = vectors.columns() - 1;
        for (int item = 0; item < from.length; item++) {
            if (from[item] >= 0) {
                vectors.set(item, column, norms[item] > 0 ? prior.get(item, column) : 0);
            }
        }
    }

    /** Sets the vectors of the new rows, and returns the norms of all; 0 for a row without a vector. */
    private float[] fill(Matrix vectors, AttributeVectors side, MoreRows all) {
        float[] norms = Arrays.copyOf(side.norms(), all.from().length);
        for (int row = 0; row < norms.length; row++) {
            if (all.from()[row] >= 0) {
                float[] sum = side.sum(all.x(), row);
                norms[row] = norm(sum);
                divide(sum, norms[row]);
                vectors.setRow(row, sum);
            }
        }
        return norms;
    }

    /** What a sum is divided by: its length without the bias for cosines, otherwise 1; 0 for zeros. */
    private float norm(float[] sum) {
        double square = 0;
        for (int k = 0; k < sum.length - (biased ? 1 : 0); k++) {
            square += (double) sum[k] * sum[k];
        }
        return square == 0 ? 0 : cosine ? (float) Math.sqrt(square) : 1;
    }

    private static void divide(float[] sum, float norm) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] = norm == 0 ? 0 : sum[k] / norm;
        }
    }
}
