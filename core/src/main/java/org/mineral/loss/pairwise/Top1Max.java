package org.mineral.loss.pairwise;

import java.util.List;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.Similarity;

/**
 * TOP1-max: {@code l(u,i) = sum_j a_j [ sg(s_j - s_i) + sg(s_j^2) ]}, with the softmax {@code a_j = w_j e^{s_j} / sum_k w_k e^{s_k}} over candidates.
 *
 * <p>The chance that a likely candidate beats the positive, and a term that holds likely candidates at 0. The first is 1 - P_i, where {@link BprMax} has -log P_i of the same P_i.
 * Source: Hidasi and Karatzoglou, CIKM 2018.
 */
@LossType(
        name = "top1-max",
        formula = "sum_j a_j [ sg(s_j - s_i) + sg(s_j^2) ], a_j = e^{s_j} / sum_k e^{s_k}",
        source = "Hidasi, Karatzoglou 2018, arXiv 1706.03847",
        similarity = Similarity.DOT,
        temperature = 1,
        candidates = "uniform:256",
        compared = false)
public record Top1Max() implements PairedLoss {

    /** A candidate that rises takes share from those that the positive loses to, or comes nearer to 0. */
    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public Phi pairPhi() {
        return PairSums.SIGMOID;
    }

    @Override
    public List<RowStatistic> statistics() {
        return List.of(RowStatistic.sum(Phi.EXP), RowStatistic.softMean(new SigmoidOfSquare()));
    }

    @Override
    public double evaluate(Row row) {
        double value = row.statistics[1];
        row.statisticGradients[0] = 0;
        row.statisticGradients[1] = 1;
        for (int i = 0; i < row.n; i++) {
            double chance = Math.exp(PairSums.logChance(row, i));
            value += row.shares[i] * (1 - chance);
            PairSums.chanceGradients(row, i, -row.shares[i] * chance);
        }
        return value;
    }

    /** phi(s) = sg(s^2). */
    private record SigmoidOfSquare() implements Phi {

        @Override
        public double value(double s) {
            return 1 / (1 + Math.exp(-s * s));
        }

        @Override
        public double derivative(double s) {
            return 2 * s * value(s) / (1 + Math.exp(s * s));
        }
    }
}
