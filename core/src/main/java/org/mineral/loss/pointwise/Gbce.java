package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/**
 * gBCE, generalised binary cross-entropy: {@code l(u,i) = [ b log(1 + e^{-s_i}) + (k/M) sum_j w_j log(1 + e^{s_j}) ] / (k + 1)} with
 * {@code b = 1 - t (1 - a)}, a = k / (#I - 1).
 *
 * <p>A positive is meant to have k negatives, a share a of the catalogue. So few make a logistic model believe that most items are taken; the positives' weight b undoes
 * that. The authors draw k candidates; here their mean over any candidates is taken k times. It is {@link Bce} with the weight w = k/b, times b / (k + 1), a w that
 * knows the catalogue's size. Source: gSASRec, Petrov and Macdonald, RecSys 2023, where b is written {@code a ((1 - 1/a) t + 1/a)}, with k = 256 on
 * sequences and t = 0.75; k is 3 here, which gives about the default w of {@link Bce}.
 *
 * @param negatives k
 * @param calibration t; 0 is BCE, 1 gives probabilities that are calibrated
 */
@LossType(
        name = "gbce",
        formula = "[b softplus(-s_i) + (k/M) sum_j softplus(s_j)] / (k + 1), b = 1 - t (1 - k / (#I - 1))",
        source = "Petrov, Macdonald 2023 (gSASRec), arXiv 2308.07192",
        similarity = Similarity.DOT,
        temperature = 1,
        compared = false)
public record Gbce(
        @Setting(
                value = "3",
                min = 0.01,
                max = 1e6,
                tune = "1:256:log",
                doc = "k: how many negatives a positive is meant to have")
        double negatives,

        @Setting(
                value = "0.75",
                min = 0,
                max = 1,
                tune = "0:1",
                doc = "t: 0 is binary cross-entropy, 1 calibrates its probabilities")
        double calibration)
        implements SummedLoss {

    public Gbce {
        Config.check(Gbce.class, negatives, calibration);
    }

    @Override
    public Phi phi() {
        return Phi.SOFTPLUS;
    }

    @Override
    public double evaluate(Row row) {
        double sampled = Math.min(1, negatives / Math.max(1.0, row.items - 1));
        double weight = 1 - calibration * (1 - sampled);
        double all = negatives + 1;
        return Pointwise.logistic(row, weight / all, negatives / all, 0);
    }
}
