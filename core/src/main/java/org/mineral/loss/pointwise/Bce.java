package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/**
 * BCE, binary cross-entropy: {@code l(u,i) = log(1 + e^{-s_i}) + (w/M) sum_j w_j log(1 + e^{s_j})}.
 *
 * <p>A logistic model of "did or did not". Its best score is the log-odds of the item for the user less log w, so that w
 * plays the number of negatives drawn for a positive. Source: Johnson 2014 (logistic matrix factorisation); He et al.
 * 2017.
 *
 * @param negativeWeight w, weight of the candidates' mean
 */
@LossType(
        name = "bce",
        formula = "softplus(-s_i) + (w/M) sum_j softplus(s_j)",
        source = "logistic likelihood; Johnson 2014, He et al. 2017, arXiv 1708.05031",
        similarity = Similarity.DOT,
        temperature = 1)
public record Bce(
        @Setting(value = "10", min = 0, max = 1e6, tune = "1:1000:log", doc = "w: weight of the candidates' mean")
        double negativeWeight)
        implements SummedLoss {

    public Bce {
        Config.check(Bce.class, negativeWeight);
    }

    @Override
    public Phi phi() {
        return Phi.SOFTPLUS;
    }

    @Override
    public double evaluate(Row row) {
        return Pointwise.logistic(row, 1, negativeWeight, 0);
    }
}
