package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * CCL, cosine contrastive loss: {@code l(u,i) = max(0, 1 - c_i) + (w/M) sum_j w_j max(0, c_j - m)}, c the similarity.
 *
 * <p>Candidates below the margin m have no gradient, which filters easy ones. The weight w multiplies a mean over all candidates, few of
 * which exceed the margin; hence its size. Source: SimpleX, Mao et al., CIKM 2021.
 *
 * @param margin m, cosine above which a candidate is pushed away
 * @param negativeWeight w, weight of the candidates' mean
 */
@LossType(
        name = "ccl",
        formula = "max(0, 1 - c_i) + (w/M) sum_j max(0, c_j - m)",
        source = "Mao et al. 2021 (SimpleX), arXiv 2109.12613",
        temperature = 1,
        tempered = false)
public record Ccl(
        @Setting(
                value = "0.4",
                min = -1,
                max = 1,
                tune = "0:0.9",
                doc = "m: similarity above which a candidate is pushed away")
        double margin,

        @Setting(value = "30", min = 0, max = 1e6, tune = "1:1000:log", doc = "w: weight of the candidates' mean")
        double negativeWeight)
        implements SummedLoss {

    public Ccl {
        Config.check(Ccl.class, margin, negativeWeight);
    }

    @Override
    public Phi phi() {
        return Phi.hinge(margin);
    }

    @Override
    public double evaluate(Row row) {
        return Pointwise.evaluate(row, negativeWeight, Ccl::positive, Ccl::slope);
    }

    /** max(0, 1 - c). */
    static double positive(double c) {
        return Math.max(0, 1 - c);
    }

    static double slope(double c) {
        return c < 1 ? -1 : 0;
    }
}
