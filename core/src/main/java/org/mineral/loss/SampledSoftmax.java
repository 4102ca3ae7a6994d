package org.mineral.loss;

import org.mineral.config.Setting;

/**
 * Sampled softmax: {@code l(u,i) = -s_i + log( e^{s_i} + Z )}, {@code Z = sum_j w_j e^{s_j}}, w_j = 1/(M q_j).
 *
 * <p>Softmax over the catalogue with its sum estimated from M items drawn from q. With {@link Pooling#OUTSIDE} the row
 * has one value, {@code -log sum_i [ e^{s_i} / (e^{s_i} + Z) ]}: the log stands outside the sum over positives, as the
 * study prints it. Source: Jean et al. 2015; Covington et al. 2016; Yi et al. 2019 (q and its correction).
 *
 * @param pooling where the sum over the row's positives stands
 */
@LossType(
        name = "sampled-softmax",
        formula = "-s_i + log( e^{s_i} + sum_j w_j e^{s_j} )",
        source = "Jean et al. 2015, arXiv 1412.2007; Covington et al. 2016; Yi et al. 2019",
        temperature = 0.12,
        candidates = "popularity:2048:1",
        estimatesTotal = true)
public record SampledSoftmax(
        @Setting(value = "inside", doc = "log of each positive's probability, or one log outside their sum")
        Pooling pooling)
        implements SummedLoss {

    /** Where the sum over the positives stands. */
    public enum Pooling {
        /** mean_i of -log p_i. */
        INSIDE,
        /** -log sum_i p_i. */
        OUTSIDE
    }

    @Override
    public Term term() {
        return Term.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return pooling == Pooling.INSIDE ? Listwise.evaluate(row, 1, 1) : outside(row);
    }

    /**
     * With x_i = s_i - log Z, p_i = n_u v_i sigmoid(x_i) and shares a_i = p_i / sum_k p_k: {@code dl/dx_i = -a_i (1 - sigmoid(x_i))}.
     */
    private static double outside(Row row) {
        double[] logs = row.positiveGradients;
        for (int i = 0; i < row.n; i++) {
            logs[i] = Math.log(row.n * row.shares[i]) + row.positives[i] - Listwise.logAdd(row.positives[i], row.sum);
        }
        double total = Listwise.logSum(logs, row.n);
        row.sumGradient = 0;
        for (int i = 0; i < row.n; i++) {
            double pull = Math.exp(logs[i] - total) * Listwise.sigmoid(row.sum - row.positives[i]);
            row.positiveGradients[i] = -pull;
            row.sumGradient += pull;
        }
        return -total;
    }
}
