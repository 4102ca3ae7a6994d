package org.mineral.loss.listwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * InfoNCE+: {@code l(u,i) = -s_i + lambda log( epsilon e^{s_i} + sum_j w_j e^{s_j} )}.
 *
 * <p>InfoNCE with free parameters for the positive's share of the denominator (epsilon) and the denominator's weight (lambda). The
 * study finds epsilon = 0 and lambda a little above 1 best. Source: Li, Jin, Ren, arXiv 2312.08520.
 *
 * @param epsilon share of the positive in the denominator; 1 is InfoNCE, 0 decouples it
 * @param lambda weight of the candidates' term; 1 is InfoNCE
 * @param sharpness how the values of a row's positives are pooled; above 0, positives that fit their user count more
 */
@LossType(
        name = "infonce+",
        formula = "-s_i + lambda log( epsilon e^{s_i} + sum_j e^{s_j} )",
        source = "Li, Jin, Ren 2023, arXiv 2312.08520")
public record InfoNcePlus(
        @Setting(value = "0", min = 0, max = 100, tune = "0:1", doc = "share of the positive in the denominator")
        double epsilon,

        @Setting(
                value = "1.1",
                min = 0,
                max = 100,
                tune = "0.9:1.6",
                doc = "weight of the candidates' term, outside the logarithm")
        double lambda,

        @Setting(
                value = "0",
                min = 0,
                max = 100,
                tune = "0:0.4",
                doc = "g: a row's value is -1/g log mean_i e^{-g l(u,i)}; 0: their mean")
        double sharpness)
        implements SummedLoss {

    public InfoNcePlus {
        Config.check(InfoNcePlus.class, epsilon, lambda, sharpness);
    }

    /** With epsilon above 0 and lambda above 1 a positive that outweighs all candidates is pushed down: its slope is {@code -1 + lambda epsilon e^{s_i} / D_i}. */
    @Override
    public boolean monotone() {
        return epsilon == 0 || lambda <= 1;
    }

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, lambda, epsilon, sharpness);
    }
}
