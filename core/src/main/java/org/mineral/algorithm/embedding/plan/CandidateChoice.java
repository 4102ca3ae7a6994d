package org.mineral.algorithm.embedding.plan;

import org.mineral.algorithm.embedding.engine.BlockScores;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.config.Internal;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.loss.Losses;
import org.mineral.loss.row.Loss;

/**
 * Chooses between exact and sampled candidates where the user left it open ({@code candidates=auto}): the loss's own
 * choice, unless that is the whole catalogue and an epoch of it would take minutes, or a block of scores would not fit
 * into one array. {@code candidates=all} overrides.
 */
@Internal
public final class CandidateChoice {

    /** Arithmetic of an exact epoch above which candidates are sampled: about two minutes on two cores of 2026. */
    static final double MOST_EXACT_FLOP = 2e13;

    /** A sample size with little noise in the denominator, at a few percent of the exact cost. */
    static final String SAMPLE = "uniform:8192";

    private CandidateChoice() {}

    /** The options, with {@code candidates} set if they are to be sampled instead of the loss's choice. */
    public static TrainOptions choose(Interactions train, Loss loss, TrainOptions options) {
        return choose(train.users(), train.items(), loss, options);
    }

    /** As above for this number of rows an epoch. */
    public static TrainOptions choose(long rows, long items, Loss loss, TrainOptions options) {
        boolean open = options.objective().candidates().equals("auto")
                && Losses.typeOf(loss).candidates().equals("all");
        return open && tooLarge(rows, items, options) ? options.with("candidates", SAMPLE) : options;
    }

    private static boolean tooLarge(long users, long items, TrainOptions options) {
        double flop = 6.0 * users * items * Matrix.pad(options.encoder().dimension());
        return flop > MOST_EXACT_FLOP || blockCells(items, users, options) > Integer.MAX_VALUE - 8;
    }

    /** Number of scores of a block. */
    static long blockCells(long candidates, long users, TrainOptions options) {
        long strips = (candidates + Kernels.STRIP - 1) / Kernels.STRIP;
        return BlockScores.size(strips, (int) Math.min(options.optimization().blockSize(), users) + Kernels.USER_TILE);
    }
}
