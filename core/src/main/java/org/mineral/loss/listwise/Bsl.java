package org.mineral.loss.listwise;

import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.SummedLoss;

/**
 * BSL, the bilateral softmax loss: a row's value is {@code -r log mean_i e^{s_i / r} + log( (1/M) sum_j w_j e^{s_j} )}, with r = t1/t2 the ratio of the
 * positives' temperature to the candidates', t2 = t.
 *
 * <p>The positives are pooled as the candidates are: by a soft maximum, so that those which fit their user count more. That is {@link MinePlus} with
 * lambda = 1 and sharpness = 1/r. The authors' programs compute {@code -c_i/t1 + (t2/t1) log sum_j e^{c_j/t2}} of single positives, which is softmax at t2
 * times t2/t1: r then changes the step only. Here a row has all positives of a user, and a ratio near 1 leaves little but the best fitting one; the default is
 * a sharpness of 0.2, which was best in docs/lab/levers.md. Source: Wu et al., ICDE 2024.
 *
 * @param ratio r
 */
@LossType(
        name = "bsl",
        formula = "-r log mean_i e^{s_i / r} + log mean_j e^{s_j}",
        source = "Wu et al. 2024, arXiv 2312.12882",
        temperature = 0.12,
        compared = false)
public record Bsl(
        @Setting(
                value = "5",
                min = 0.01,
                max = 1e6,
                tune = "1:30:log",
                doc = "r: the positives' temperature divided by the candidates'")
        double ratio)
        implements SummedLoss {

    public Bsl {
        Config.check(Bsl.class, ratio);
    }

    @Override
    public Phi phi() {
        return Phi.EXP;
    }

    @Override
    public double evaluate(Row row) {
        return Listwise.evaluate(row, 1, 0, 1 / ratio) - Math.log(row.m);
    }
}
