package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/**
 * Debiased MSE: {@code l(u,i) = r_u (1 - y_i)^2 + w [ (1/M) sum_j w_j y_j^2 - r_u (1/n_u) sum_k y_k^2 ]}, y the
 * similarity, k over the positives.
 *
 * <p>Squared error with the positives' share r_u taken out of the candidates' mean; iALS and EASE are its closed forms,
 * w / K being the weight of a missing entry. Source: Li, Jin, Ren, arXiv 2312.08520.
 *
 * @param negativeWeight w, weight of the negatives' mean
 * @param positiveScale K in r_u = K n_u / #I
 */
@LossType(
        name = "debiased-mse",
        formula = "r_u (1 - y_i)^2 + w [mean_j y_j^2 - r_u mean_k y_k^2], r_u = K n_u / #I",
        source = "Li, Jin, Ren 2023, arXiv 2312.08520",
        similarity = Similarity.DOT,
        temperature = 1,
        tempered = false)
public record DebiasedMse(
        @Setting(
                value = "0.1",
                min = 0,
                max = 1e6,
                tune = "0.01:10:log",
                doc = "w: weight of the negatives' mean square")
        double negativeWeight,

        @Setting(value = "1.25", min = 0, max = 1e6, doc = "K: r_u = K n_u / #I, K above 1 allows for unseen positives")
        double positiveScale)
        implements SummedLoss {

    public DebiasedMse {
        Config.check(DebiasedMse.class, negativeWeight, positiveScale);
    }

    /** Where w r_u y^2 takes more than (1 - y)^2 gives, a positive near 1 that rises costs. */
    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public Phi phi() {
        return Phi.SQUARE;
    }

    @Override
    public double evaluate(Row row) {
        return Pointwise.debiased(row, positiveScale, negativeWeight, phi(), Mse::positive, Mse::slope);
    }
}
