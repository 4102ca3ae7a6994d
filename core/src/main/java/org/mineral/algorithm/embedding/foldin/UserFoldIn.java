package org.mineral.algorithm.embedding.foldin;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mineral.algorithm.embedding.encoder.BiasColumn;
import org.mineral.algorithm.embedding.encoder.Encoder;
import org.mineral.algorithm.embedding.encoder.Encoders;
import org.mineral.algorithm.embedding.engine.BlockEngine;
import org.mineral.algorithm.embedding.options.Objective;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.algorithm.embedding.target.Targets;
import org.mineral.candidate.CandidateSampler;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.row.PairedLoss;
import org.mineral.loss.row.PairwiseLoss;

/**
 * Vectors for many users, the items fixed: each user minimises their own row's loss, as {@link FoldIn} does for one person, but
 * in blocks, by the engine that trains. Adam, whose rate falls to 0.
 */
public final class UserFoldIn {

    private static final double RATE = 0.05;
    private static final int BLOCK = 480;

    private final Objective objective;
    private final TrainOptions options;
    private final Workers workers;
    private final Kernels kernels;

    /** @param options the model's own */
    public UserFoldIn(Objective objective, TrainOptions options, Workers workers, Kernels kernels) {
        this.objective = objective;
        // A pairwise loss visits every pair of a positive and a candidate: it keeps its sample.
        boolean pairs = objective.loss() instanceof PairwiseLoss || objective.loss() instanceof PairedLoss;
        String candidates = pairs ? objective.candidates() : "all";
        // Weights of candidates go by their users, of whom only some are here.
        this.options = options.plain()
                .with("block_size", BLOCK)
                .with("candidates", candidates)
                .with("candidate_weight", 0);
        this.workers = workers;
        this.kernels = kernels;
    }

    /**
     * @param rows the users' interactions, U x I
     * @param start their first parameters, U x d
     * @param fixed the items' parameters, I x d
     * @return parameters, U x d; rows without interactions as they were
     */
    public Matrix vectors(Interactions rows, Matrix start, Matrix fixed, int steps) {
        int[] order =
                IntStream.range(0, rows.users()).filter(u -> rows.count(u) > 0).toArray();
        Matrix result = start.copy();
        if (options.encoder().itemBias()) {
            BiasColumn.clear(result);
        }
        if (order.length == 0) {
            return result;
        }
        Encoder users = Encoders.plainUsers(result.copy(), objective, options, kernels);
        // Plain gradient descent remembers nothing of rows that never step.
        Encoder items = Encoders.plainItems(fixed.copy(), objective, options.with("optimizer", "sgd"), kernels);
        BlockEngine engine =
                new BlockEngine(objective, options, users, items, Targets.of(rows, options), workers, kernels);
        CandidateSampler sampler = CandidateSampler.of(
                options.objective().candidates(),
                rows,
                options.objective().correction() == TrainOptions.Correction.IMPORTANCE);
        for (int step = 0; step < steps; step++) {
            double rate = RATE * (1 - (double) step / steps);
            for (int from = 0; from < order.length; from += BLOCK) {
                int[] block = Arrays.copyOfRange(order, from, Math.min(order.length, from + BLOCK));
                engine.usersStep(
                        block,
                        sampler.draw(block, options.run().seed(), step),
                        rate,
                        options.run().seed());
            }
        }
        Matrix scored = users.snapshot();
        for (int user : order) {
            result.setRow(user, scored.row(user));
        }
        if (options.encoder().itemBias()) {
            BiasColumn.clear(result);
        }
        return result;
    }

    /** The means of the positives' parameters, where nothing better is known of a row. */
    public static Matrix means(Interactions rows, Matrix fixed, Kernels kernels) {
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
