package org.mineral.loss.listwise;

import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * Softmax cross-entropy over the whole catalogue: {@code l(u,i) = -s_i + log sum_{j in I} e^{s_j}}.
 *
 * <p>Minus the log-probability that a softmax over all items I gives to the positive. With drawn candidates the sum is
 * estimated with w_j = 1/(M q_j).
 */
@LossType(
        name = "softmax",
        formula = "-s_i + log sum_{j in I} e^{s_j}",
        source = "multinomial likelihood over the catalogue, as in extreme classification",
        temperature = 0.12,
        estimatesTotal = true)
public record Softmax() implements SummedLoss {

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, 1, 0);
    }
}
