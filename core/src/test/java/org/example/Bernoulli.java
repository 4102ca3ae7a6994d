package org.example;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.LossProvider;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/**
 * {@code l(u,i) = -s_i + (w/M) sum_j w_j log(1 + e^{s_j})}: the likelihood of independent yes-or-no events, in which a positive is
 * also one of the candidates.
 */
@LossType(
        name = "bernoulli",
        formula = "-s_i + (w/M) sum_j softplus(s_j)",
        source = "Johnson 2014, logistic matrix factorization",
        similarity = Similarity.DOT,
        temperature = 1)
public record Bernoulli(
        @Setting(value = "10", min = 0, max = 1e6, tune = "1:1000:log", doc = "w: weight of the candidates' mean")
        double negativeWeight)
        implements SummedLoss {

    public Bernoulli {
        Config.check(Bernoulli.class, negativeWeight);
    }

    @Override
    public Phi phi() {
        return Phi.SOFTPLUS;
    }

    @Override
    public double evaluate(Row row) {
        double value = 0;
        for (int i = 0; i < row.n; i++) {
            value -= row.shares[i] * row.positives[i];
            row.positiveGradients[i] = -row.shares[i];
        }
        row.sumGradient(negativeWeight / row.m);
        return value + negativeWeight / row.m * row.sum();
    }

    /** Named in META-INF/services/org.mineral.loss.LossProvider. */
    public static final class Provider implements LossProvider {

        @Override
        public List<Class<? extends Record>> losses() {
            return List.of(Bernoulli.class, TopLogistic.class);
        }
    }
}
