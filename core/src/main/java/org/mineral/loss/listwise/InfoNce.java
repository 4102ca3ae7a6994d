package org.mineral.loss.listwise;

import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * InfoNCE: {@code l(u,i) = -s_i + log( e^{s_i} + sum_j w_j e^{s_j} )}.
 *
 * <p>Classify the positive among itself and M candidates; log(M + 1) minus the loss bounds mutual information from below.
 * Source: van den Oord, Li, Vinyals 2018.
 */
@LossType(
        name = "infonce",
        formula = "-s_i + log( e^{s_i} + sum_j e^{s_j} )",
        source = "van den Oord, Li, Vinyals 2018, arXiv 1807.03748",
        temperature = 0.12,
        candidates = "uniform:2048")
public record InfoNce() implements SummedLoss {

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, 1, 1);
    }
}
