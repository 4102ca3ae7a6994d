package org.mineral.loss.listwise;

import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * MINE: {@code l(u,i) = -s_i + log( (1/M) sum_j w_j e^{s_j} )}.
 *
 * <p>Minus the Donsker-Varadhan bound of the mutual information between user and item, in nats. Source: Belghazi et al.
 * 2018; as a recommender's loss: Li, Jin, Ren, arXiv 2312.08520.
 */
@LossType(
        name = "mine",
        formula = "-s_i + log mean_j e^{s_j}",
        source = "Belghazi et al. 2018, arXiv 1801.04062; Li, Jin, Ren 2023, arXiv 2312.08520",
        temperature = 0.12)
public record Mine() implements SummedLoss {

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, 1, 0) - Math.log(row.m);
    }
}
