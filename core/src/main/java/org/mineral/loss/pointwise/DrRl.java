package org.mineral.loss.pointwise;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/**
 * DrRL, a loss of divergence-robust negatives: {@code l(u,i) = max(0, 1 - c_i) + b + (1/K) sum_j w_j max(0, c_j - b)}, c the similarity and b the user's own
 * margin.
 *
 * <p>The paper minimises {@code b + [mean_j (0.1 + w max(0, c_j - b))^p]^{1/p}} over b by steps of SGD, with p = 1.007 by default. At p = 1 the best b is known: the K-th largest
 * c_j with K = #I/w, and the term is then the mean of the K largest, which is what this loss computes. Its gradients are those of {@link Ccl} at the margin b and the weight
 * #I/K: a margin that nobody has to find, one for each user. b is held constant, which is right where it is the best one. Source: Zhang et al., AAAI 2025.
 *
 * @param top K, in items of the catalogue
 */
@LossType(
        name = "drrl",
        formula = "max(0, 1 - c_i) + b + (1/K) sum_j max(0, c_j - b), b = the K-th largest c_j",
        source = "Zhang et al. 2025, arXiv 2506.15120",
        temperature = 1,
        tempered = false,
        estimatesTotal = true,
        compared = false)
public record DrRl(
        @Setting(
                value = "50",
                min = 1,
                max = 1e6,
                tune = "5:500:log",
                doc = "K: how many items are above the user's margin")
        double top)
        implements RowLoss {

    public DrRl {
        Config.check(DrRl.class, top);
    }

    @Override
    public boolean differentiated() {
        return false;
    }

    @Override
    public List<RowStatistic> statistics() {
        RowStatistic margin = RowStatistic.threshold(top);
        return List.of(margin, RowStatistic.sumFrom(margin, Phi.hinge(0)));
    }

    @Override
    public double evaluate(Row row) {
        double value = row.statistics[0] + row.statistics[1] / top;
        row.statisticGradients[0] = 0;
        row.statisticGradients[1] = 1 / top;
        for (int i = 0; i < row.n; i++) {
            value += row.shares[i] * Ccl.positive(row.positives[i]);
            row.positiveGradients[i] = row.shares[i] * Ccl.slope(row.positives[i]);
        }
        return value;
    }
}
