package org.mineral.algorithm.embedding.target;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;

/**
 * The training targets: positives of each row, and weights of rows, positives and candidates.
 *
 * @param rows the positives: a user's interactions, and items of a teacher ({@link Distillation})
 * @param counts weight of each positive in the mean over its row, one a position of {@code rows.columns()}, their mean 1 for every row,
 *     such as those of {@link RecencyWeights}; null if all are 1
 * @param rowWeights one a row; see {@link UserWeights}
 * @param candidateWeights one an item; null if all are 1; see {@link CandidateWeights}
 * @param meanLog mean of the logarithms of the rows' numbers of positives; see {@link UserTemperatures}
 */
public record Targets(
        Interactions rows,
        float @Nullable [] counts,
        double[] rowWeights,
        float @Nullable [] candidateWeights,
        double meanLog)
        implements RowTargets {

    /** Interactions with equal weights. */
    public static Targets of(Interactions train, TrainOptions options) {
        return of(train, null, options);
    }

    /** Interactions with weights. */
    public static Targets of(Interactions train, float @Nullable [] counts, TrainOptions options) {
        return new Targets(
                train,
                counts,
                UserWeights.of(train, options.objective().userWeight()),
                CandidateWeights.of(train, options.objective().candidateWeight()),
                UserTemperatures.meanLog(train));
    }

    @Override
    public int items() {
        return rows.items();
    }

    @Override
    public int count(int row) {
        return rows.count(row);
    }

    @Override
    public boolean weighted() {
        return counts != null;
    }

    @Override
    public void copy(int row, int[] positives, float @Nullable [] to, int at) {
        int begin = rows.begin(row);
        System.arraycopy(rows.columns(), begin, positives, at, rows.count(row));
        if (counts != null && to != null) {
            System.arraycopy(counts, begin, to, at, rows.count(row));
        }
    }

    @Override
    public double weight(int row) {
        return rowWeights[row];
    }

    /** A copy with other positives; weights of rows and candidates stay. */
    Targets with(Interactions positives, float[] positiveCounts) {
        return new Targets(positives, positiveCounts, rowWeights, candidateWeights, meanLog);
    }
}
