package org.mineral.loss.listwise;

import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * Sampled softmax: {@code l(u,i) = -s_i + log( e^{s_i} + Z )}, {@code Z = sum_j w_j e^{s_j}}, w_j = 1/(M q_j).
 *
 * <p>Softmax over the catalogue with its sum estimated from M items drawn from q. With {@link Pooling#OUTSIDE} the row
 * has one value, {@code -log sum_i [ e^{s_i} / (e^{s_i} + Z) ]}: the log is outside the sum over positives, as the
 * study prints it. Source: Jean et al. 2015; Covington et al. 2016; Yi et al. 2019 (q and its correction).
 *
 * @param pooling whether the sum over the row's positives is inside or outside the log
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

    /** Whether the sum over the positives is inside or outside the log. */
    public enum Pooling {
        /** mean_i of -log p_i. */
        INSIDE,
        /** -log sum_i p_i. */
        OUTSIDE
    }

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    /** One log outside the sum over the positives is their losses pooled with sharpness 1, up to log n_u. */
    @Override
    public double evaluate(Row row) {
        return pooling == Pooling.INSIDE
                ? Listwise.evaluate(row, 1, 1)
                : Listwise.evaluate(row, 1, 1, 1) - Math.log(row.n);
    }
}
