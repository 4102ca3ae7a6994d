package org.mineral.loss.listwise;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/**
 * Talos: {@code l(u,i) = log sum_j w_j sg(c_j - b)^p - p log sg(c_i - b)}, sg(c) = 1/(1 + e^-c), c the similarity and b the K-th largest of the user's.
 *
 * <p>A candidate well below the user's list of K counts as in a softmax at t = 1/p; one well above it counts no more than another there. b is held constant, as in the
 * paper, which estimates it by quantile regression; here it is that of the row as it stands. At b = 0 this is {@link SigmoidSoftmax}. Source: Zhang et al. 2026.
 *
 * @param top K, in items of the catalogue
 * @param power p, 1/tau in the paper
 */
@LossType(
        name = "talos",
        formula = "log sum_j sg(c_j - b)^p - p log sg(c_i - b), b = the K-th largest c_j",
        source = "Zhang et al. 2026, arXiv 2601.19276",
        temperature = 1,
        tempered = false,
        estimatesTotal = true,
        compared = false)
public record Talos(
        @Setting(
                value = "20",
                min = 1,
                max = 1e6,
                tune = "5:100:log",
                doc = "K: how many items are above the threshold")
        double top,

        @Setting(value = "10", min = 0.01, max = 60, tune = "3:20:log", doc = "p: power of the sigmoids")
        double power)
        implements RowLoss {

    public Talos {
        Config.check(Talos.class, top, power);
    }

    @Override
    public boolean differentiated() {
        return false;
    }

    /** A candidate that raises the threshold makes what is below it count less. */
    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public List<RowStatistic> statistics() {
        RowStatistic threshold = RowStatistic.threshold(top);
        return List.of(threshold, RowStatistic.sumFrom(threshold, Phi.sigmoidPower(power)));
    }

    @Override
    public double evaluate(Row row) {
        double sum = row.statistics[1];
        row.statisticGradients[0] = 0;
        row.statisticGradients[1] = Listwise.slopeOfLog(sum);
        return Listwise.log(sum) + row.logistic(power, row.statistics[0]);
    }
}
