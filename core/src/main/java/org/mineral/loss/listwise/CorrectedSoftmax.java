package org.mineral.loss.listwise;

import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * Sampled softmax with the logQ correction of 2025: {@code l(u,i) = -s_i + log( e^{s_i} + sum_{j != i} w_j e^{s_j} )}, w_j = 1/(M q_j).
 *
 * <p>The positive is there for sure, not drawn, so it has no correction, and where it was drawn among its own candidates it is left out of their sum.
 * {@link SampledSoftmax} keeps it there, and counts it twice in expectation. Over the whole catalogue this is {@link Softmax}, exactly. The authors write the
 * gradient as that of {@code -s_i + log sum_{j != i} w_j e^{s_j}}, weighted by 1 - p_i with p_i the positive's probability: it is the same one. Source: Khrylchenko et
 * al., RecSys 2025.
 */
@LossType(
        name = "corrected-softmax",
        formula = "-s_i + log( e^{s_i} + sum_{j != i} w_j e^{s_j} )",
        source = "Khrylchenko et al. 2025, arXiv 2507.09331",
        temperature = 0.12,
        candidates = "popularity:2048:1",
        estimatesTotal = true,
        compared = false)
public record CorrectedSoftmax() implements SummedLoss {

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        double value = 0;
        double sumGradient = 0;
        for (int i = 0; i < row.n; i++) {
            double others = others(row, i);
            double missed = others == Double.NEGATIVE_INFINITY ? 0 : Listwise.sigmoid(others - row.positives[i]);
            value += row.shares[i] * Phi.SOFTPLUS.value(others - row.positives[i]);
            double sum = missed == 0 ? 0 : missed * Math.exp(row.sum() - others);
            sumGradient += row.shares[i] * sum;
            // What the sum passes on to i as a candidate is taken back here.
            row.positiveGradients[i] = row.shares[i] * (-missed - (sum - missed));
        }
        row.sumGradient(sumGradient);
        return value;
    }

    /** log sum_{j != i} w_j e^{s_j}. */
    private static double others(Row row, int i) {
        if (row.hits[i] == 0) {
            return row.sum();
        }
        double own = Math.log(row.hits[i]) + row.positives[i] - row.sum();
        return own < 0 ? row.sum() + Math.log(-Math.expm1(own)) : Double.NEGATIVE_INFINITY;
    }
}
