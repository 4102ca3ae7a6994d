package org.mineral.algorithm.embedding.options;

import java.util.List;
import org.mineral.config.Names;
import org.mineral.loss.Losses;
import org.mineral.loss.row.Loss;
import org.mineral.loss.row.LossType;
import org.mineral.loss.row.Phi;
import org.mineral.loss.row.RowLoss;
import org.mineral.loss.row.RowStatistic;
import org.mineral.loss.row.Similarity;

/**
 * A loss with similarity, temperature and candidates; {@code auto} is resolved to the loss's defaults.
 *
 * @param temperature t, 1 for a loss of plain similarities
 * @param candidates all, uniform:M, ...
 */
public record Objective(Loss loss, Similarity similarity, double temperature, String candidates) {

    public static Objective of(Loss loss, TrainOptions options) {
        LossType type = Losses.typeOf(loss);
        double temperature = Double.isNaN(options.objective().temperature())
                ? type.temperature()
                : options.objective().temperature();
        return new Objective(
                loss,
                similarity(options.objective().similarity(), type.similarity()),
                type.tempered() ? temperature : 1,
                options.objective().candidates().equals("auto")
                        ? type.candidates()
                        : options.objective().candidates());
    }

    /** w_j = 1/(M q_j) rather than 1/(#I q_j); see {@link LossType#estimatesTotal}. */
    public boolean estimatesTotal() {
        return Losses.typeOf(loss).estimatesTotal();
    }

    /** Whether scores are divided by a temperature. */
    public boolean tempered() {
        return Losses.typeOf(loss).tempered();
    }

    public boolean cosine() {
        return similarity == Similarity.COSINE;
    }

    /**
     * Whether the loss sees its candidates through {@code log sum_j w_j e^{s_j}} alone, and perhaps a threshold: then a constant added to all biases does not
     * change the gradients of candidates.
     */
    public boolean logSumExp() {
        return loss instanceof RowLoss whole
                && whole.statistics().stream()
                        .filter(one -> !(one instanceof RowStatistic.Quantile quantile && quantile.constant()))
                        .toList()
                        .equals(List.of(RowStatistic.sum(Phi.EXP)));
    }

    /** Whether e^s needs the row's running maximum: cosines are bounded, dot products are not. */
    public boolean runningMaximum() {
        return logSumExp() && !cosine();
    }

    private static Similarity similarity(String name, Similarity otherwise) {
        return name.equals("auto") ? otherwise : Names.constant(Similarity.class, "similarity", name);
    }
}
