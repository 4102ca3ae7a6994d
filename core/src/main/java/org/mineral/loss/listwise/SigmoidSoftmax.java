package org.mineral.loss.listwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * Softmax of powers of the sigmoid: {@code l(u,i) = log sum_j w_j sg(c_j)^p - p log sg(c_i)}, sg(c) = 1/(1 + e^-c), c the similarity.
 *
 * <p>{@link Talos} with its threshold at 0; p is 1/tau there. As sg bounds what a pair of scores contributes, a candidate far above a positive counts
 * less than in a softmax. For cosines {@code p log sg(c)} has slopes from 0.73 p to 0.27 p, about those of c/t at t = 2/p. Source: Zhang et al. 2026.
 *
 * @param power p
 */
@LossType(
        name = "sigmoid-softmax",
        formula = "log sum_j sg(c_j)^p - p log sg(c_i)",
        source = "Zhang et al. 2026 (Talos without its threshold), arXiv 2601.19276",
        temperature = 1,
        tempered = false,
        compared = false)
public record SigmoidSoftmax(
        @Setting(value = "12", min = 0.01, max = 60, tune = "4:30:log", doc = "p: power of the sigmoids")
        double power) implements SummedLoss {

    public SigmoidSoftmax {
        Config.check(SigmoidSoftmax.class, power);
    }

    @Override
    public Phi phi() {
        return Phi.sigmoidPower(power);
    }

    @Override
    public double evaluate(Row row) {
        row.sumGradient(Listwise.slopeOfLog(row.sum()));
        return Listwise.log(row.sum()) + row.logistic(power, 0);
    }
}
