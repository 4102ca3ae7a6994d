package org.mineral.loss.listwise;

import org.mineral.loss.row.Row;

/**
 * The arithmetic of the listwise family, in log space so that scores of a thousand stay finite. One formula serves
 * softmax, InfoNCE, InfoNCE+, DCL, MINE and MINE+:
 * {@code l(u,i) = -s_i + lambda log( epsilon e^{s_i} + Z )} with {@code Z = sum_j w_j e^{s_j}}.
 */
final class Listwise {

    /** A sum below this is none: its reciprocal is still a number of single precision. */
    private static final double SMALLEST = 1e-30;

    private Listwise() {}

    /**
     * The mean of l(u,i) over the row's positives, each with its share v_i; leaves all derivatives in the row.
     *
     * <p>With {@code D_i = epsilon e^{s_i} + Z}: {@code dl/ds_i = v_i (-1 + lambda epsilon e^{s_i} / D_i)} and
     * {@code dl/d log Z = lambda sum_i v_i Z / D_i}. A row whose candidates were all masked out has no D_i if epsilon
     * is 0; only its positives are then left.
     */
    static double evaluate(Row row, double lambda, double epsilon) {
        if (epsilon == 0) {
            return row.sum() == Double.NEGATIVE_INFINITY ? evaluate(row, 0, 1) : withoutOwn(row, lambda);
        }
        double logEpsilon = Math.log(epsilon);
        double value = 0;
        double sumGradient = 0;
        for (int i = 0; i < row.n; i++) {
            double own = logEpsilon + row.positives[i];
            double share = sigmoid(own - row.sum());
            value += row.shares[i] * (lambda * logAdd(own, row.sum()) - row.positives[i]);
            row.positiveGradients[i] = row.shares[i] * (-1 + lambda * share);
            sumGradient += row.shares[i] * lambda * sigmoid(row.sum() - own);
        }
        row.sumGradient(sumGradient);
        return value;
    }

    /** epsilon = 0, where D_i = Z for all positives. */
    private static double withoutOwn(Row row, double lambda) {
        double mean = 0;
        for (int i = 0; i < row.n; i++) {
            mean += row.shares[i] * row.positives[i];
            row.positiveGradients[i] = -row.shares[i];
        }
        row.sumGradient(lambda);
        return lambda * row.sum() - mean;
    }

    /**
     * The row's losses pooled softly instead of averaged: {@code L = -(1/g) log sum_i v_i e^{-g l(u,i)}}, g being the
     * sharpness. L lies between their mean, to which it tends for small g, and their least. Its derivatives are those of a
     * mean in which each positive has the share {@code v_i e^{-g l(u,i)} / sum_k v_k e^{-g l(u,k)}}: the less a positive fits
     * what else the user likes, the less it counts. Source: log-mean-exp pooling, Pinheiro and Collobert 2015, arXiv 1411.6228.
     */
    static double evaluate(Row row, double lambda, double epsilon, double sharpness) {
        if (sharpness == 0) {
            return evaluate(row, lambda, epsilon);
        }
        double[] given = row.shares;
        double[] pooled = new double[row.n];
        double logEpsilon = Math.log(epsilon);
        for (int i = 0; i < row.n; i++) {
            double denominator = logAdd(logEpsilon + row.positives[i], row.sum());
            double pushed = denominator == Double.NEGATIVE_INFINITY ? 0 : lambda * denominator;
            pooled[i] = Math.log(given[i]) - sharpness * (pushed - row.positives[i]);
        }
        double total = logSum(pooled, row.n);
        for (int i = 0; i < row.n; i++) {
            pooled[i] = Math.exp(pooled[i] - total);
        }
        row.shares = pooled;
        evaluate(row, lambda, epsilon);
        row.shares = given;
        return -total / sharpness;
    }

    /** The logarithm of a sum of powers, which single precision may have rounded to 0. */
    static double log(double sum) {
        return Math.log(Math.max(sum, SMALLEST));
    }

    /** The derivative of {@link #log}. */
    static double slopeOfLog(double sum) {
        return 1 / Math.max(sum, SMALLEST);
    }

    /** log(e^a + e^b). */
    static double logAdd(double a, double b) {
        double max = Math.max(a, b);
        double min = Math.min(a, b);
        return min == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(min - max));
    }

    /** log sum_k v_k e^{x_k} over the row's positives. */
    static double logMean(Row row) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < row.n; k++) {
            max = Math.max(max, row.positives[k]);
        }
        double mean = 0;
        for (int k = 0; k < row.n; k++) {
            mean += row.shares[k] * Math.exp(row.positives[k] - max);
        }
        return max + Math.log(mean);
    }

    /** log sum_k e^{x_k} over the first n entries. */
    static double logSum(double[] x, int n) {
        double max = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            max = Math.max(max, x[k]);
        }
        if (max == Double.NEGATIVE_INFINITY) {
            return max;
        }
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += Math.exp(x[k] - max);
        }
        return max + Math.log(sum);
    }

    /** 1 / (1 + e^{-x}). */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
