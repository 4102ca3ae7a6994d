package org.mineral.loss.listwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * Debiased InfoNCE: {@code l(u,i) = -s_i + log( e^{s_i} + M g )} with
 * {@code g = max( [ (1/M) sum_j w_j e^{s_j} - r sum_k v_k e^{s_k} ] / (1 - r), e^{-1/t} )}, k over the positives,
 * v_k their shares.
 *
 * <p>A candidate drawn from all items is a positive with probability r (tau+ in the paper); that share is subtracted from the mean. The floor
 * is the smallest e^s of a cosine; where it applies, g has no gradient. Source: Chuang
 * et al., NeurIPS 2020.
 *
 * @param positiveRate r, the chance that a candidate is a positive
 */
@LossType(
        name = "debiased-infonce",
        formula = "-s_i + log( e^{s_i} + M g ), g = max( [mean_j e^{s_j} - r mean_k e^{s_k}] / (1 - r), e^{-1/t} )",
        source = "Chuang et al. 2020, arXiv 2007.00224",
        temperature = 0.12,
        candidates = "uniform:2048")
public record DebiasedInfoNce(
        @Setting(
                value = "0.005",
                min = 0,
                max = 0.999,
                tune = "0.0001:0.05:log",
                doc = "r: chance that a candidate is a positive")
        double positiveRate)
        implements SummedLoss {

    public DebiasedInfoNce {
        Config.check(DebiasedInfoNce.class, positiveRate);
    }

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        double candidates = row.sum() - Math.log(row.m);
        double logMean = Listwise.logMean(row);
        double positives = Math.log(positiveRate) + logMean;
        // 1 - e^gap is what is left of the candidates' mean; at or below 0 the floor takes over.
        double gap = positives - candidates;
        double left = gap < 0 ? -Math.expm1(gap) : 0;
        double open = candidates + Math.log(left) - Math.log1p(-positiveRate);
        double floor = -1 / row.temperature;
        double sum = Math.log(row.m) + Math.max(open, floor);

        double value = 0;
        double pull = 0;
        for (int i = 0; i < row.n; i++) {
            double share = row.shares[i] * Listwise.sigmoid(sum - row.positives[i]);
            value += row.shares[i] * Phi.SOFTPLUS.value(sum - row.positives[i]);
            row.positiveGradients[i] = -share;
            pull += share;
        }
        double sumGradient = open > floor ? pull / left : 0;
        row.sumGradient(sumGradient);
        if (sumGradient > 0) {
            double back = sumGradient * Math.exp(gap);
            for (int k = 0; k < row.n; k++) {
                row.positiveGradients[k] -= back * row.shares[k] * Math.exp(row.positives[k] - logMean);
            }
        }
        return value;
    }
}
