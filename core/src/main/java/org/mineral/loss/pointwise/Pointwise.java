package org.mineral.loss.pointwise;

import java.util.function.DoubleUnaryOperator;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;

/** The arithmetic of the pointwise family: {@code l(u,i) = f(s_i) + (w/M) sum_j w_j phi(s_j)}. */
final class Pointwise {

    private Pointwise() {}

    /** The mean over the row's positives, with all derivatives. */
    static double evaluate(Row row, double weight, DoubleUnaryOperator positive, DoubleUnaryOperator slope) {
        double value = 0;
        for (int i = 0; i < row.n; i++) {
            value += row.shares[i] * positive.applyAsDouble(row.positives[i]);
            row.positiveGradients[i] = row.shares[i] * slope.applyAsDouble(row.positives[i]);
        }
        double sumGradient = weight / row.m;
        row.sumGradient(sumGradient);
        return value + sumGradient * row.sum();
    }

    /** {@code a log(1 + e^{b - s_i}) + (w/M) sum_j w_j phi(s_j)}, the mean over the row's positives, with all derivatives. */
    static double logistic(Row row, double factor, double weight, double origin) {
        double sumGradient = weight / row.m;
        row.sumGradient(sumGradient);
        return row.logistic(factor, origin) + sumGradient * row.sum();
    }

    /**
     * The debiased form {@code r_u f(s_i) + w [ (1/M) sum_j w_j phi(s_j) - r_u sum_k v_k phi(s_k) ]}, k over the
     * positives, v_k their shares, with {@code r_u = scale n_u / #I} the chance that a candidate drawn from all items is a positive.
     */
    static double debiased(
            Row row, double scale, double weight, Phi phi, DoubleUnaryOperator positive, DoubleUnaryOperator slope) {
        double rate = scale * row.n / row.items;
        double value = 0;
        for (int i = 0; i < row.n; i++) {
            double s = row.positives[i];
            double share = rate * row.shares[i];
            value += share * (positive.applyAsDouble(s) - weight * phi.value(s));
            row.positiveGradients[i] = share * (slope.applyAsDouble(s) - weight * phi.derivative(s));
        }
        double sumGradient = weight / row.m;
        row.sumGradient(sumGradient);
        return value + sumGradient * row.sum();
    }
}
