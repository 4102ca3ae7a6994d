package org.mineral.model.attributes;

import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;
import org.mineral.linalg.Matrix;

/**
 * The vectors of the attributes of users, or of items, and the rows that have them. With attribute values x, a row's vector has the part
 *
 * <pre>{@code sum over a of x_a g_a v_a / |x g|}</pre>
 *
 * before it is divided by its norm; the vector of a row of which nothing else is known is this sum. Immutable: arrays are not to be written to.
 *
 * @param attributes X of the model's rows
 * @param weights g, one for each attribute: rare ones say more
 * @param vectors V, attributes x d
 * @param norms one for each row: what its parts are divided by in the model's vector; 0 where the vector is none of such parts
 */
public record AttributeVectors(Attributes attributes, float[] weights, Matrix vectors, float[] norms) {

    /** With larger values, sums could overflow a float. */
    private static final float LARGEST = 1e15f;

    /** @throws InputException if the shapes disagree, or a number is not finite, or out of range */
    public AttributeVectors {
        int n = attributes.columns();
        if (weights.length != n || vectors.rows() != n || norms.length != attributes.rows()) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%,d weights and %,d vectors of %,d attributes, %,d norms of %,d rows; the numbers must agree.",
                    weights.length,
                    vectors.rows(),
                    n,
                    norms.length,
                    attributes.rows()));
        }
        check("weight of an attribute", weights, 0);
        check("norm", norms, 0);
        check("number in the vector of an attribute", vectors.values(), -LARGEST);
    }

    private static void check(String what, float[] values, float least) {
        for (float value : values) {
            if (!(value >= least && value <= LARGEST)) {
                throw new InputException(
                        "a " + what + " is " + value + "; allowed: finite, from " + least + " to 1e15.");
            }
        }
    }

    /**
     * g of a matrix: {@code ln(1 + N / N_a)}, N its rows with attributes, N_a those with attribute a. 0 where no row has it.
     *
     * @param x rows x attributes
     */
    public static float[] weights(SparseMatrix x) {
        int[] counts = x.entries().itemCounts();
        double rows = x.rows() - x.entries().emptyRows();
        float[] weights = new float[counts.length];
        for (int a = 0; a < weights.length; a++) {
            weights[a] = counts[a] == 0 ? 0 : (float) Math.log1p(rows / counts[a]);
        }
        return weights;
    }

    /** {@code x_a g_a / |x g|} of the entries of a row, in their order; zeros if no weight is above 0. */
    public float[] shares(SparseMatrix x, int row) {
        Interactions entries = x.entries();
        int begin = entries.begin(row);
        float[] shares = new float[entries.count(row)];
        double square = 0;
        for (int k = 0; k < shares.length; k++) {
            shares[k] = x.values()[begin + k] * weights[entries.columns()[begin + k]];
            square += (double) shares[k] * shares[k];
        }
        double scale = square == 0 ? 0 : 1 / Math.sqrt(square);
        for (int k = 0; k < shares.length; k++) {
            shares[k] *= (float) scale;
        }
        return shares;
    }

    /** The sum above, d values. */
    public float[] sum(SparseMatrix x, int row) {
        float[] sum = new float[vectors.columns()];
        float[] shares = shares(x, row);
        int begin = x.entries().begin(row);
        for (int k = 0; k < shares.length; k++) {
            int o = vectors.offset(x.entries().columns()[begin + k]);
            for (int c = 0; c < sum.length; c++) {
                sum[c] += shares[k] * vectors.values()[o + c];
            }
        }
        return sum;
    }

    /** The same for other rows: those of other ids, of which unknown ones have no attributes. */
    public AttributeVectors in(IdMap ids, IdMap others) {
        int[] from = others.indicesIn(ids);
        float[] moved = new float[from.length];
        for (int row = 0; row < moved.length; row++) {
            moved[row] = from[row] < 0 ? 0 : norms[from[row]];
        }
        return new AttributeVectors(attributes.withRows(attributes.x().rows(from)), weights, vectors, moved);
    }

    /** The same with attributes and norms of other rows. */
    public AttributeVectors withRows(SparseMatrix x, float[] newNorms) {
        return new AttributeVectors(attributes.withRows(x), weights, vectors, newNorms);
    }
}
