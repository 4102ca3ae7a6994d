package org.mineral.loss.pointwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.Similarity;
import org.mineral.loss.row.SummedLoss;

/**
 * NCE, noise-contrastive estimation: {@code l(u,i) = log(1 + e^{log k - s_i}) + (k/M) sum_j w_j log(1 + e^{s_j - log k})}.
 *
 * <p>Which of k + 1 items did the user take, if the k others come from a known noise distribution q? With {@code p(i|u) = q_i e^{s_i}} the log-odds against one item of the
 * noise are {@code s_i - log k}, and this is the likelihood of both answers, where the paper draws the k items and here their expectation is taken over the candidates. So the best scores
 * are {@code log p(i|u)/q_i}, normalised without a sum over items.
 *
 * <p>q is how candidates count: uniform over the catalogue; proportional to n_j^b with {@code candidate_weight} b; or as they were drawn, without a correction. Scores are relative to it: with
 * q by popularity they say how much more likely an item is for this user than for any.
 *
 * <p>It is {@link Bce} with w = k of scores less log k, and at k = 1 of the scores themselves. For large k it tends to {@code -s_i + mean_j e^{s_j} + log k}, the bound of Nguyen, Wainwright and
 * Jordan, whose best scores are those of a softmax. k costs nothing where the expectation is taken whole; 100 is a place to begin a search, not a measured optimum. Source: Gutmann and Hyvarinen, AISTATS 2010; Mnih and Teh, ICML 2012.
 *
 * @param negatives k
 */
@LossType(
        name = "nce",
        formula = "softplus(log k - s_i) + (k/M) sum_j softplus(s_j - log k)",
        source = "Gutmann, Hyvarinen 2010; Mnih, Teh 2012, arXiv 1206.6426",
        similarity = Similarity.DOT,
        temperature = 1,
        compared = false)
public record Nce(
        @Setting(
                value = "100",
                min = 0.01,
                max = 1e6,
                tune = "1:10000:log",
                doc = "k: how many items of the noise a positive is told from")
        double negatives)
        implements SummedLoss {

    public Nce {
        Config.check(Nce.class, negatives);
    }

    @Override
    public Phi phi() {
        return Phi.softplus(Math.log(negatives));
    }

    @Override
    public double evaluate(Row row) {
        return Pointwise.logistic(row, 1, negatives, Math.log(negatives));
    }
}
