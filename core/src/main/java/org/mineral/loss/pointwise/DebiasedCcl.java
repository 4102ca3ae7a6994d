package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * Debiased CCL: {@code l(u,i) = r_u max(0, 1 - c_i) + w [ (1/M) sum_j w_j max(0, c_j - m) - r_u (1/n_u) sum_k max(0, c_k - m) ]},
 * c the similarity, k over the positives.
 *
 * <p>Candidates are drawn from all items, so the share r_u of them that are positives is taken out. As r_u is small, so is
 * w: w / r_u here is what w is to {@link Ccl}. Source: Li, Jin, Ren, arXiv 2312.08520.
 *
 * @param margin m, cosine above which a candidate is pushed away
 * @param negativeWeight w, weight of the negatives' mean
 * @param positiveScale K in r_u = K n_u / #I
 */
@LossType(
        name = "debiased-ccl",
        formula = "r_u max(0, 1 - c_i) + w [mean_j max(0, c_j - m) - r_u mean_k max(0, c_k - m)], r_u = K n_u / #I",
        source = "Li, Jin, Ren 2023, arXiv 2312.08520",
        temperature = 1,
        tempered = false)
public record DebiasedCcl(
        @Setting(
                value = "0.4",
                min = -1,
                max = 1,
                tune = "0:0.9",
                doc = "m: similarity above which a candidate is pushed away")
        double margin,

        @Setting(value = "0.2", min = 0, max = 1e6, tune = "0.01:10:log", doc = "w: weight of the negatives' mean")
        double negativeWeight,

        @Setting(value = "1.25", min = 0, max = 1e6, doc = "K: r_u = K n_u / #I, K above 1 allows for unseen positives")
        double positiveScale)
        implements SummedLoss {

    public DebiasedCcl {
        Config.check(DebiasedCcl.class, margin, negativeWeight, positiveScale);
    }

    @Override
    public Phi phi() {
        return Phi.hinge(margin);
    }

    @Override
    public double evaluate(Row row) {
        return Pointwise.debiased(row, positiveScale, negativeWeight, phi(), Ccl::positive, Ccl::slope);
    }
}
