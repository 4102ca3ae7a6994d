package org.mineral.loss.listwise;

import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * DCL, decoupled contrastive learning: {@code l(u,i) = -s_i + log sum_j w_j e^{s_j}}.
 *
 * <p>InfoNCE without the positive in the denominator, so that the gradient of a well-ranked positive does not vanish. Source: Yeh et al.,
 * ECCV 2022.
 */
@LossType(
        name = "dcl",
        formula = "-s_i + log sum_j e^{s_j}",
        source = "Yeh et al. 2022, arXiv 2110.06848",
        temperature = 0.12)
public record Dcl() implements SummedLoss {

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, 1, 0);
    }
}
