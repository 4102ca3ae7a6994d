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
 * BPR-max: {@code l(u,i) = -log sum_j a_j sg(s_i - s_j) + q sum_j a_j s_j^2}, with the softmax {@code a_j = w_j e^{s_j} / sum_k w_k e^{s_k}} over candidates.
 *
 * <p>BPR against likely candidates instead of any. The first term is {@code -s_i + log sum_j w_j e^{s_j} - log T_i} with {@code T_i = sum_j w_j sg(s_j - s_i)}: a softmax,
 * without what the positive's soft rank T_i explains. Source: Hidasi and Karatzoglou, CIKM 2018, on sequences, where q is 0.5 to 2.
 *
 * @param scorePenalty q, weight of the candidates' squared scores
 */
@LossType(
        name = "bpr-max",
        formula = "-log sum_j a_j sg(s_i - s_j) + q sum_j a_j s_j^2, a_j = e^{s_j} / sum_k e^{s_k}",
        source = "Hidasi, Karatzoglou 2018, arXiv 1706.03847",
        similarity = Similarity.DOT,
        temperature = 1,
        candidates = "uniform:256",
        compared = false)
public record BprMax(
        @Setting(
                value = "1",
                min = 0,
                max = 1e6,
                tune = "0.01:3:log",
                doc = "q: weight of the candidates' squared scores")
        double scorePenalty)
        implements PairedLoss {

    public BprMax {
        Config.check(BprMax.class, scorePenalty);
    }

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
        return List.of(RowStatistic.sum(Phi.EXP), RowStatistic.softMean(Phi.SQUARE));
    }

    @Override
    public double evaluate(Row row) {
        double value = scorePenalty * row.statistics[1];
        row.statisticGradients[0] = 0;
        row.statisticGradients[1] = scorePenalty;
        for (int i = 0; i < row.n; i++) {
            value -= row.shares[i] * PairSums.logChance(row, i);
            PairSums.chanceGradients(row, i, -row.shares[i]);
        }
        return value;
    }
}
