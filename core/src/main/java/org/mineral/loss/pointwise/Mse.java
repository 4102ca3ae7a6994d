package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/**
 * MSE, weighted squared error: {@code l(u,i) = (1 - y_i)^2 + (w/M) sum_j w_j y_j^2}, y the similarity.
 *
 * <p>Positives are regressed to 1, candidates to 0. With all items as candidates this is the objective of implicit
 * matrix factorisation, whose weight of a missing entry is w n_u / #I: about 0.05 for w = 50 and 40 items of 40,000.
 * Source: Hu, Koren, Volinsky, ICDM 2008.
 *
 * @param negativeWeight w, weight of the candidates' mean
 */
@LossType(
        name = "mse",
        formula = "(1 - y_i)^2 + (w/M) sum_j y_j^2",
        source = "weighted squared error; Hu, Koren, Volinsky 2008 (iALS)",
        similarity = Similarity.COSINE,
        temperature = 1,
        tempered = false)
public record Mse(
        @Setting(
                value = "50",
                min = 0,
                max = 1e6,
                tune = "1:1000:log",
                doc = "w: weight of the candidates' mean square")
        double negativeWeight)
        implements SummedLoss {

    public Mse {
        Config.check(Mse.class, negativeWeight);
    }

    @Override
    public Phi phi() {
        return Phi.SQUARE;
    }

    @Override
    public double evaluate(Row row) {
        return Pointwise.evaluate(row, negativeWeight, Mse::positive, Mse::slope);
    }

    /** (1 - y)^2. */
    static double positive(double y) {
        return (1 - y) * (1 - y);
    }

    static double slope(double y) {
        return -2 * (1 - y);
    }
}
