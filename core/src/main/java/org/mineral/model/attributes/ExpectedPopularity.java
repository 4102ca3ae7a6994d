package org.mineral.model.attributes;

import java.util.Arrays;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.data.SparseMatrix;

/**
 * How many users an item that nobody took yet may come to have, by its attributes: a ridge regression of the logarithm of the others' numbers of
 * users,
 *
 * <pre>{@code ln n_i = m + sum over a of z_ia b_a,   z_ia = x_ia g_a / |x_i g|,}</pre>
 *
 * m their mean, b the minimum of {@code sum over i (ln n_i - m - z_i b)^2 + 3 |b|^2} over the items that have users and attributes. Rows have length
 * one, so that 3 is the weight of three items; it was chosen on held-out items ({@code docs/lab/attributes.md}).
 */
@Internal
public final class ExpectedPopularity {

    private static final double RIDGE = 3;

    /** Steps of conjugate gradients, and the residual, relative to that at the start, at which they end. */
    private static final int STEPS = 50;

    private static final double ENOUGH = 1e-4;

    private ExpectedPopularity() {}

    /**
     * ln n_i of the items that have users, what the regression expects of those that have attributes alone, and 0, as of one user, where nothing is
     * known.
     *
     * @param counts n, by item
     * @param x items x attributes
     * @param weights g, one for each attribute
     */
    public static double[] logCounts(int[] counts, SparseMatrix x, float[] weights) {
        double[] logs = new double[counts.length];
        Interactions entries = x.entries();
        boolean asked = false;
        boolean[] fitted = new boolean[counts.length];
        double sum = 0;
        int n = 0;
        for (int item = 0; item < counts.length; item++) {
            boolean described = entries.count(item) > 0;
            logs[item] = Math.log(Math.max(1, counts[item]));
            fitted[item] = described && counts[item] > 0;
            asked |= described && counts[item] == 0;
            sum += fitted[item] ? logs[item] : 0;
            n += fitted[item] ? 1 : 0;
        }
        if (!asked || n == 0) {
            return logs;
        }
        double mean = sum / n;
        double[] z = shares(x, weights);
        double[] b = fit(entries, z, logs, mean, fitted);
        for (int item = 0; item < counts.length; item++) {
            if (counts[item] == 0 && entries.count(item) > 0) {
                logs[item] = mean + product(entries, z, item, b);
            }
        }
        return logs;
    }

    /** z of all entries. */
    private static double[] shares(SparseMatrix x, float[] weights) {
        Interactions entries = x.entries();
        double[] z = new double[entries.size()];
        for (int row = 0; row < x.rows(); row++) {
            double square = 0;
            for (int k = entries.begin(row); k < entries.end(row); k++) {
                z[k] = (double) x.values()[k] * weights[entries.columns()[k]];
                square += z[k] * z[k];
            }
            for (int k = entries.begin(row); k < entries.end(row); k++) {
                z[k] = square == 0 ? 0 : z[k] / Math.sqrt(square);
            }
        }
        return z;
    }

    private static double product(Interactions entries, double[] z, int row, double[] b) {
        double sum = 0;
        for (int k = entries.begin(row); k < entries.end(row); k++) {
            sum += z[k] * b[entries.columns()[k]];
        }
        return sum;
    }

    /** Conjugate gradients for {@code (Z'Z + 3 I) b = Z' (ln n - m)}. */
    private static double[] fit(Interactions entries, double[] z, double[] logs, double mean, boolean[] fitted) {
        double[] b = new double[entries.items()];
        double[] residual = new double[b.length];
        for (int row = 0; row < fitted.length; row++) {
            if (fitted[row]) {
                add(entries, z, row, logs[row] - mean, residual);
            }
        }
        double[] direction = residual.clone();
        double square = square(residual);
        double enough = ENOUGH * ENOUGH * square;
        for (int step = 0; step < STEPS && square > enough; step++) {
            double[] image = new double[b.length];
            Arrays.setAll(image, a -> RIDGE * direction[a]);
            for (int row = 0; row < fitted.length; row++) {
                if (fitted[row]) {
                    add(entries, z, row, product(entries, z, row, direction), image);
                }
            }
            double along = 0;
            for (int a = 0; a < b.length; a++) {
                along += direction[a] * image[a];
            }
            double length = square / along;
            for (int a = 0; a < b.length; a++) {
                b[a] += length * direction[a];
                residual[a] -= length * image[a];
            }
            double next = square(residual);
            for (int a = 0; a < b.length; a++) {
                direction[a] = residual[a] + next / square * direction[a];
            }
            square = next;
        }
        return b;
    }

    private static void add(Interactions entries, double[] z, int row, double factor, double[] to) {
        for (int k = entries.begin(row); k < entries.end(row); k++) {
            to[entries.columns()[k]] += factor * z[k];
        }
    }

    private static double square(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }
}
