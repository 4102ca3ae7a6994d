package org.mineral.train;

import java.util.Locale;
import org.mineral.config.InputException;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.loss.PairwiseLoss;

/**
 * What a run will do and cost, known before it starts.
 *
 * @param engine which candidates, in words
 * @param gigaflopsPerEpoch arithmetic of the three products: 6 |U| |C| d
 * @param secondsEstimate whole run without validation, from a short measurement of the kernels
 * @param bytesEstimate memory of parameters, optimiser and block
 */
public record Plan(
        String engine,
        long users,
        long items,
        int dimension,
        int epochs,
        double gigaflopsPerEpoch,
        double secondsEstimate,
        long bytesEstimate) {

    /** One line for people. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s; %,d users x %,d items, d=%d; %.1f Gflop an epoch, %d epochs in about %.0f s, %.2f GB of memory",
                engine,
                users,
                items,
                dimension,
                gigaflopsPerEpoch,
                epochs,
                Math.max(1, secondsEstimate),
                bytesEstimate / 1e9);
    }

    static Plan of(
            Interactions train, Objective objective, TrainOptions options, int draws, Kernels kernels, int threads) {
        boolean all = objective.candidates().equals("all");
        int dp = Matrix.pad(options.dimension());
        double flop = 6.0 * train.users() * draws * dp;
        long tables = 5L * Float.BYTES * dp * ((long) train.users() + train.items());
        long block = CostModel.blockCells(draws, train.users(), options);
        if (block > Integer.MAX_VALUE - 8) {
            throw new InputException("block_size = %d with %,d candidates needs a block of %,d scores; allowed: 2^31."
                            .formatted(options.blockSize(), draws, block)
                    + " Lower block_size, or sample: --set candidates=uniform:4096");
        }
        long bytes = tables + Float.BYTES * (block + (long) draws * dp) + 8L * train.size();
        String engine = all
                ? "exact: every user against all " + draws + " items"
                : "sampled: " + objective.candidates() + ", shared by each block of users";
        // Sampled steps also touch the positives, at about a dozen cache lines an interaction.
        double gathers = 40e-9 * train.size() / threads;
        double pairs = objective.loss() instanceof PairwiseLoss ? 2e-9 * train.size() * draws / threads : 0;
        double perEpoch = flop / (Speed.flops(kernels) * threads) + gathers + pairs;
        return new Plan(
                engine,
                train.users(),
                train.items(),
                options.dimension(),
                options.epochs(),
                flop / 1e9,
                options.epochs() * perEpoch,
                bytes);
    }
}
