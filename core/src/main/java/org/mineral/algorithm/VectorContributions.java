package org.mineral.algorithm;

import java.util.List;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;
import org.mineral.model.Explainable;
import org.mineral.model.attributes.AttributeVectors;

/**
 * Explains the score of a user vector by the user's items: the vector e is approximated by the vectors of these items. With the rows of Q
 * these vectors, {@code A = Q'Q + r I} and {@code z = A^-1 e}, e = Q'(Q z) + r z, so that for an
 * item with vector q
 * <pre>
 *   score = &lt;e, q&gt; = sum_k &lt;q_k, z&gt; &lt;q_k, q&gt;  +  r &lt;z, q&gt;
 * </pre>
 * one contribution for each item k, and a rest that they do not explain. r is a tenth of the items' mean squared length: small enough to
 * explain most of the score, large enough that nearly equal items share it. Source: the decomposition of Hu, Koren and Volinsky, ICDM
 * 2008, section 5, applied to a vector of any origin.
 */
public final class VectorContributions {

    private static final double RIDGE = 0.1;
    private static final double EXACT = 1e-20;

    private VectorContributions() {}

    /**
     * @param vector e, d values
     * @param vectors of all items, I x d
     * @param items the user's items
     * @param scored the vector of the item whose score is explained
     */
    public static Explainable.Contributions of(float[] vector, Matrix vectors, int[] items, float[] scored) {
        double[][] q = new double[items.length][];
        double squares = 0;
        for (int k = 0; k < items.length; k++) {
            q[k] = doubles(vectors.row(items[k]));
            squares += dot(q[k], q[k]);
        }
        double[] e = doubles(vector);
        double[] target = doubles(scored);
        double[] z = solve(q, Math.max(RIDGE * squares / Math.max(1, items.length), 1e-12), e);
        double explained = 0;
        double[] values = new double[items.length];
        for (int k = 0; k < items.length; k++) {
            values[k] = dot(q[k], z) * dot(q[k], target);
            explained += values[k];
        }
        return new Explainable.Contributions(items, values, dot(e, target) - explained);
    }

    /**
     * Takes the parts of a row's attributes out of its vector.
     *
     * @param from the vector; changed
     * @param with the other side's vector, whose products with the parts are the contributions
     * @param directions coordinates that parts have: all, or those before the bias
     * @param ofUser whether the row is a user's
     */
    public static void takeOut(
            AttributeVectors side,
            int row,
            float[] from,
            float[] with,
            int directions,
            boolean ofUser,
            List<Explainable.Contributions.OfAttribute> to) {
        if (side.norms()[row] == 0) {
            return;
        }
        float[] shares = side.shares(side.attributes().x(), row);
        Interactions entries = side.attributes().x().entries();
        for (int k = 0; k < shares.length; k++) {
            int attribute = entries.columns()[entries.begin(row) + k];
            int o = side.vectors().offset(attribute);
            double value = 0;
            for (int d = 0; d < directions; d++) {
                float part = shares[k] / side.norms()[row] * side.vectors().values()[o + d];
                from[d] -= part;
                value += (double) part * with[d];
            }
            to.add(new Explainable.Contributions.OfAttribute(
                    side.attributes().names().id(attribute), ofUser, value));
        }
    }

    /** (Q'Q + r I) z = e by conjugate gradients, which need no matrix of d x d. */
    private static double[] solve(double[][] q, double r, double[] e) {
        double[] z = new double[e.length];
        double[] residual = e.clone();
        double[] direction = e.clone();
        double squared = dot(residual, residual);
        double enough = EXACT * squared;
        for (int step = 0; step < 4 * e.length && squared > enough; step++) {
            double[] image = new double[e.length];
            for (double[] row : q) {
                add(dot(row, direction), row, image);
            }
            add(r, direction, image);
            double length = squared / dot(direction, image);
            add(length, direction, z);
            add(-length, image, residual);
            double next = dot(residual, residual);
            for (int k = 0; k < e.length; k++) {
                direction[k] = residual[k] + next / squared * direction[k];
            }
            squared = next;
        }
        return z;
    }

    private static void add(double factor, double[] x, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * x[k];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            doubles[k] = values[k];
        }
        return doubles;
    }
}
