package org.mineral.loss.listwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * MINE+: {@code l(u,i) = -s_i + lambda log( (1/M) sum_j w_j e^{s_j} )}.
 *
 * <p>The mutual-information bound of MINE with the weight lambda outside the logarithm, which pushes candidates down more than the bound
 * does. Source: Li, Jin, Ren, arXiv 2312.08520; MINE: Belghazi et al. 2018.
 *
 * @param lambda weight of the candidates' term; 1 is MINE
 * @param sharpness how the values of a row's positives are pooled; above 0, positives that fit their user count more
 */
@LossType(name = "mine+", formula = "-s_i + lambda log mean_j e^{s_j}", source = "Li, Jin, Ren 2023, arXiv 2312.08520")
public record MinePlus(
        @Setting(
                value = "1.2",
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

    public MinePlus {
        Config.check(MinePlus.class, lambda, sharpness);
    }

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, lambda, 0, sharpness) - lambda * Math.log(row.m);
    }
}
