package org.mineral.loss.pairwise;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.Similarity;

/**
 * WARP, weighted approximate-rank pairwise loss: {@code l(u,i) = log(1 + r_i) / r_i sum_j w_j max(0, m + s_j - s_i)}, with {@code r_i = sum_j w_j [s_j > s_i - m]} the rank of the
 * positive, by a margin m.
 *
 * <p>The mean of what the candidates above exceed the positive by, weighted by the logarithm of how many they are: a positive that is far down matters more, but not
 * in proportion. The paper draws candidates until one is above, and estimates the rank from how many it took; here the row's candidates show it. The weight is held constant.
 * log(1 + r) stands for the paper's sum of 1/k up to r. Source: Weston, Bengio, Usunier, IJCAI 2011.
 *
 * @param margin m
 */
@LossType(
        name = "warp",
        formula = "log(1 + r_i) / r_i sum_j w_j max(0, m + s_j - s_i), r_i = sum_j w_j [s_j > s_i - m]",
        source = "Weston, Bengio, Usunier 2011 (WSABIE)",
        similarity = Similarity.DOT,
        temperature = 1,
        candidates = "uniform:256",
        estimatesTotal = true,
        compared = false)
public record Warp(
        @Setting(
                value = "1",
                min = 0,
                max = 1e6,
                tune = "0.1:2:log",
                doc = "m: how far above its candidates a positive is to be")
        double margin)
        implements PairedLoss {

    public Warp {
        Config.check(Warp.class, margin);
    }

    @Override
    public boolean differentiated() {
        return false;
    }

    /** One candidate more within the margin makes the others count less. */
    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public Phi pairPhi() {
        return Phi.hinge(-margin);
    }

    @Override
    public List<RowStatistic> statistics() {
        return List.of();
    }

    @Override
    public double evaluate(Row row) {
        double value = 0;
        for (int i = 0; i < row.n; i++) {
            double rank = row.pairSlopes[i];
            double weight = rank > 0 ? Math.log1p(rank) / rank : 0;
            value += row.shares[i] * weight * row.pairSums[i];
            row.pairGradients[i] = row.shares[i] * weight;
            row.positiveGradients[i] = 0;
        }
        return value;
    }
}
