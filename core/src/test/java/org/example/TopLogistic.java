package org.example;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/**
 * {@code l(u,i) = log(1 + e^{b - s_i}) + (1/K) sum_j w_j log(1 + e^{s_j - b})}, b the K-th largest score: a logistic model of who is in the user's list of K,
 * measured from its end.
 */
@LossType(
        name = "top-logistic",
        formula = "softplus(b - s_i) + (1/K) sum_j softplus(s_j - b), b = the K-th largest s_j",
        source = "an example",
        temperature = 0.2,
        estimatesTotal = true)
public record TopLogistic(
        @Setting(value = "200", min = 1, max = 1e6, tune = "20:2000:log", doc = "K: how long the list is")
        double top) implements RowLoss {

    public TopLogistic {
        Config.check(TopLogistic.class, top);
    }

    @Override
    public List<RowStatistic> statistics() {
        RowStatistic threshold = RowStatistic.threshold(top);
        return List.of(threshold, RowStatistic.sumFrom(threshold, Phi.SOFTPLUS));
    }

    /** b is held constant. */
    @Override
    public boolean differentiated() {
        return false;
    }

    /** A candidate that raises b relieves the others. */
    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public double evaluate(Row row) {
        double value = row.statistics[1] / top;
        row.statisticGradients[1] = 1 / top;
        for (int i = 0; i < row.n; i++) {
            double below = row.statistics[0] - row.positives[i];
            value += row.shares[i] * Phi.SOFTPLUS.value(below);
            row.positiveGradients[i] = -row.shares[i] * Phi.SOFTPLUS.derivative(below);
        }
        return value;
    }
}
