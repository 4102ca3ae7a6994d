package org.mineral.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mineral.candidate.CandidateSampler;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.PairwiseLoss;

/**
 * Vectors for many rows that a model has none for, with the vectors of the other side fixed: each row minimises its own loss, as
 * {@link FoldIn} does for one person, but in blocks, by the engine that trains. Rows are users against items; for new items
 * the matrix is given transposed, and the item's loss is that of a user who took its users.
 *
 * <p>Starts from the mean of the row's positives; Adam, whose rate falls to 0.
 */
final class Newcomers {

    private static final double RATE = 0.05;
    private static final int BLOCK = 480;

    private Newcomers() {}

    /**
     * @param rows the new rows' interactions, R x F
     * @param fixed F x d
     * @return R x d; rows without interactions are 0
     */
    static Matrix vectors(
            Interactions rows,
            Matrix fixed,
            Objective objective,
            TrainOptions options,
            int steps,
            Workers workers,
            Kernels kernels) {
        Matrix start = means(rows, fixed, kernels);
        int[] order =
                IntStream.range(0, rows.users()).filter(u -> rows.count(u) > 0).toArray();
        if (order.length == 0) {
            return start;
        }
        // A pairwise loss visits every pair of a positive and a candidate: it keeps its sample.
        String candidates = objective.loss() instanceof PairwiseLoss ? objective.candidates() : "all";
        TrainOptions plain = Update.plain(options).with("block_size", BLOCK).with("candidates", candidates);
        Embeddings users = new Embeddings(start, objective.cosine(), plain, kernels);
        Embeddings items = new Embeddings(fixed.copy(), objective.cosine(), plain, kernels);
        BlockEngine engine = new BlockEngine(objective, plain, users, items, rows, workers, kernels);
        CandidateSampler sampler =
                CandidateSampler.of(candidates, rows, plain.correction() == TrainOptions.Correction.IMPORTANCE);
        for (int step = 0; step < steps; step++) {
            double rate = RATE * (1 - (double) step / steps);
            for (int from = 0; from < order.length; from += BLOCK) {
                int[] block = Arrays.copyOfRange(order, from, Math.min(order.length, from + BLOCK));
                engine.usersStep(block, sampler.draw(block, plain.seed(), step), rate, plain.seed());
            }
        }
        return users.snapshot();
    }

    private static Matrix means(Interactions rows, Matrix fixed, Kernels kernels) {
        Matrix means = new Matrix(rows.users(), fixed.columns());
        for (int u = 0; u < rows.users(); u++) {
            for (int k = rows.begin(u); k < rows.end(u); k++) {
                kernels.axpy(
                        1f / rows.count(u),
                        fixed.values(),
                        fixed.offset(rows.columns()[k]),
                        means.values(),
                        means.offset(u),
                        fixed.stride());
            }
        }
        return means;
    }
}
