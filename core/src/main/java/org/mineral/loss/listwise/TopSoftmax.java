package org.mineral.loss.listwise;

import java.util.List;
import org.mineral.config.Config;
import org.mineral.config.Setting;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.Row;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;

/**
 * SL@K, softmax for the top K: a row's value is {@code sum_i v_i (-s_i + log sum_j w_j e^{s_j})} with weights {@code v_i} proportional to
 * {@code sg((c_i - b) / h)}, c the similarity and b the K-th largest of the user's; they add up to 1.
 *
 * <p>Positives near or in the user's list of K count more than those far below it. Weights are weights: they and b are held constant. Where all positives are far below b
 * the weights are those of {@link MinePlus} with a sharpness of t/h, whatever b is. Source: Yang et al., KDD 2025, whose h is 0.5 to 2.5; their programs find b anew
 * every few epochs, here it is that of the row as it stands.
 *
 * @param top K, in items of the catalogue
 * @param width h
 */
@LossType(
        name = "sl@k",
        formula =
                "v_i n_u (-s_i + log sum_j e^{s_j}), v_i = sg((c_i - b) / h) / sum_k sg((c_k - b) / h), b = the K-th largest c_j",
        source = "Yang et al. 2025, arXiv 2508.05673",
        temperature = 0.12,
        estimatesTotal = true,
        compared = false)
public record TopSoftmax(
        @Setting(
                value = "20",
                min = 1,
                max = 1e6,
                tune = "5:100:log",
                doc = "K: how many items are above the threshold")
        double top,

        @Setting(
                value = "1",
                min = 0.01,
                max = 1e6,
                tune = "0.3:3:log",
                doc = "h: distance from the threshold over which weights change")
        double width)
        implements RowLoss {

    public TopSoftmax {
        Config.check(TopSoftmax.class, top, width);
    }

    @Override
    public boolean differentiated() {
        return false;
    }

    /** A positive that falls out of the list takes its weight with it. */
    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public List<RowStatistic> statistics() {
        return List.of(RowStatistic.sum(Phi.EXP), RowStatistic.threshold(top));
    }

    @Override
    public double evaluate(Row row) {
        double[] given = row.shares;
        double[] weighted = new double[row.n];
        // A factor of all weights does not matter: with that of the highest positive they do not all vanish.
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < row.n; i++) {
            highest = Math.max(highest, row.positives[i]);
        }
        double scale = row.temperature / width;
        double lift = Math.min(0, scale * (highest - row.statistics[1]));
        double total = 0;
        for (int i = 0; i < row.n; i++) {
            double above = scale * (row.positives[i] - row.statistics[1]);
            // e^-lift sg(above), without an e^x that overflows.
            weighted[i] = given[i]
                    * (above > 0 ? 1 / (1 + Math.exp(-above)) : Math.exp(above - lift) / (1 + Math.exp(above)));
            total += weighted[i];
        }
        for (int i = 0; i < row.n; i++) {
            weighted[i] /= total;
        }
        row.shares = weighted;
        double value = Listwise.evaluate(row, 1, 0);
        row.shares = given;
        row.statisticGradients[1] = 0;
        return value;
    }
}
