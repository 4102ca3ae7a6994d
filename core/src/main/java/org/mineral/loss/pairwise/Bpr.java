package org.mineral.loss.pairwise;

import org.mineral.loss.row.LossType;
import org.mineral.loss.row.PairwiseLoss;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Similarity;

/**
 * BPR, Bayesian personalised ranking: {@code l(u,i) = (1/M) sum_j w_j log(1 + e^{s_j - s_i})}.
 *
 * <p>Minus the log-likelihood that the user prefers the positive i to the candidate j, averaged over candidates: the only
 * loss here that looks at pairs. Source: Rendle et al., UAI 2009, arXiv 1205.2618.
 */
@LossType(
        name = "bpr",
        formula = "mean_j softplus(s_j - s_i)",
        source = "Rendle et al. 2009, arXiv 1205.2618",
        similarity = Similarity.DOT,
        temperature = 1,
        candidates = "uniform:256")
public record Bpr() implements PairwiseLoss {

    @Override
    public Phi phi() {
        return Phi.SOFTPLUS;
    }
}
