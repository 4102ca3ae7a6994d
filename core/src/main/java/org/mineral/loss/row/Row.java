package org.mineral.loss.row;

import java.util.Arrays;

/**
 * One user's row: the input of a loss, and its output, the derivatives. Reused from row to row.
 *
 * <table>
 * <caption>Symbols</caption>
 * <tr><td>s_i</td><td>{@link #positives}, the first {@link #n} entries</td></tr>
 * <tr><td>n_u</td><td>{@link #n}, at least 1</td></tr>
 * <tr><td>v_i</td><td>{@link #shares}: what each positive counts in every mean over them; 1/n_u unless set otherwise</td></tr>
 * <tr><td>M</td><td>{@link #m}, the number of candidates (draws, if they were drawn)</td></tr>
 * <tr><td>#I</td><td>{@link #items}, the size of the catalogue</td></tr>
 * <tr><td>t</td><td>{@link #temperature}: scores are similarities divided by it</td></tr>
 * <tr><td>T_k</td><td>{@link #statistics}: what the loss asked for of the candidates, in that order ({@link RowLoss#statistics})</td></tr>
 * <tr><td>sum_j w_j phi(s_j)</td><td>{@link #sum}: T_0, where that is all; its natural logarithm for {@link Phi#EXP}</td></tr>
 * </table>
 */
public final class Row {

    public int n;
    public int m;
    public int items;
    public double temperature = 1;
    public final double[] statistics;
    public double[] positives;

    /** Weights above 0 with sum 1. */
    public double[] shares;

    /** w_i of each positive that is among the candidates itself, with all its draws; 0 for the others. */
    public double[] hits;

    /** Of a {@link PairedLoss}: {@code T_i = sum_j w_j phi(s_j - s_i)} of each positive. */
    public double[] pairSums;

    /** Of a {@link PairedLoss}: {@code sum_j w_j phi'(s_j - s_i)} of each positive; for a hinge, the weight of the candidates within its margin. */
    public double[] pairSlopes;

    /** Out, of a {@link PairedLoss}: derivative of the loss with respect to each T_i. */
    public double[] pairGradients;

    /** Out: derivative of the loss with respect to each positive's score, through the positive itself only, without {@link #pairSums}. */
    public double[] positiveGradients;

    /** Out: the loss of the row, where it was evaluated together with its candidates. */
    public double value;

    /** Out: derivative of the loss with respect to each of {@link #statistics}. */
    public final double[] statisticGradients;

    /** With room for {@code capacity} positives, for a loss that needs one sum of its candidates. */
    public Row(int capacity) {
        this(capacity, 1);
    }

    /** With room for {@code capacity} positives and this many statistics. */
    public Row(int capacity, int statisticCount) {
        statistics = new double[statisticCount];
        statisticGradients = new double[statisticCount];
        positives = new double[capacity];
        shares = new double[capacity];
        hits = new double[capacity];
        pairSums = new double[capacity];
        pairSlopes = new double[capacity];
        pairGradients = new double[capacity];
        positiveGradients = new double[capacity];
    }

    /** Makes room for n positives of equal shares, none among the candidates, and sets {@link #n}. Contents are lost when the arrays grow. */
    public void resize(int n) {
        if (positives.length < n) {
            positives = new double[Math.max(n, 2 * positives.length)];
            shares = new double[positives.length];
            hits = new double[positives.length];
            pairSums = new double[positives.length];
            pairSlopes = new double[positives.length];
            pairGradients = new double[positives.length];
            positiveGradients = new double[positives.length];
        }
        this.n = n;
        Arrays.fill(shares, 0, n, 1.0 / n);
        Arrays.fill(hits, 0, n, 0);
    }

    /** What a {@link SummedLoss} reads: the first statistic. */
    public double sum() {
        return statistics[0];
    }

    /** What a {@link SummedLoss} answers with: the derivative of the loss with respect to {@link #sum}. */
    public void sumGradient(double derivative) {
        statisticGradients[0] = derivative;
    }

    /**
     * The positives' part of a logistic loss, {@code a sum_i v_i log(1 + e^{b - s_i})}; sets its derivatives with respect to their scores, {@code -a v_i / (1 + e^{s_i - b})}.
     *
     * @param factor a
     * @param origin b
     */
    public double logistic(double factor, double origin) {
        double value = 0;
        // Of factors that count the same, one logarithm is enough: it costs as much as all the rest.
        double product = 1;
        for (int i = 0; i < n; i++) {
            double below = origin - positives[i];
            double e = Math.exp(-Math.abs(below));
            positiveGradients[i] = -factor * shares[i] * (below > 0 ? 1 : e) / (1 + e);
            value += shares[i] * Math.max(below, 0);
            product *= 1 + e;
            if (i + 1 == n || shares[i + 1] != shares[i] || product > 1e100) {
                value += shares[i] * Math.log(product);
                product = 1;
            }
        }
        return factor * value;
    }
}
