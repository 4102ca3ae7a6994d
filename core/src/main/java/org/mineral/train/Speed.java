package org.mineral.train;

import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;
import org.mineral.loss.PairwiseLoss;

/**
 * How long a run's parts take here, with its options.
 *
 * @param fixed seconds of a step on no items
 * @param perItem further seconds for each item of the catalogue
 * @param ranking seconds of ranking one item for one user
 */
record Speed(double fixed, double perItem, double ranking) {

    /** Catalogues that an exact run is measured on; its steps cost by the item. */
    private static final int FEW = 8192;

    private static final int MANY = 32_768;

    /** The catalogue of a sampled run: larger ones cost little more, since a step touches the sample and its positives. */
    private static final int SAMPLED = 131_072;

    /** A shorter run is over before a measurement has paid. */
    private static final double SHORT_RUN = 3;

    /** As long as nothing is compiled, a guess is right only for what ends at once. */
    private static final double SHORT_FIRST_RUN = 0.1;

    /** Of one core where nothing was measured: a guess that is right within a factor of a few. */
    private static final double GUESSED_FLOPS = 5e10;

    private static final double GUESSED_SCALAR_FLOPS = 1.5e9;

    /** Of one core: fetching and stepping an interaction's item; a pair of a pairwise loss. */
    private static final double GUESSED_INTERACTION = 60e-9;

    private static final double GUESSED_PAIR = 2e-9;

    /** Measured where the run is long enough for it, otherwise guessed. */
    static Speed of(
            Interactions train,
            boolean ranks,
            Objective objective,
            TrainOptions options,
            long draws,
            Workers workers,
            Kernels kernels) {
        double flops = kernels.lanes() == 1 ? GUESSED_SCALAR_FLOPS : GUESSED_FLOPS;
        int stride = Matrix.pad(options.dimension());
        double pair = objective.loss() instanceof PairwiseLoss ? draws * GUESSED_PAIR : 0;
        int active = train.users() - train.emptyRows();
        double each = train.size() / (double) active * (GUESSED_INTERACTION + pair) + 6.0 * draws * stride / flops;
        double run = each * active * options.epochs() / workers.threads();
        return run > (Calibration.warm() ? SHORT_RUN : SHORT_FIRST_RUN)
                ? measure(train, ranks, objective, options, workers, kernels)
                : new Speed(
                        Math.min(options.blockSize(), active) * each / workers.threads(),
                        0,
                        2.0 * stride / flops / workers.threads());
    }

    static Speed measure(
            Interactions train,
            boolean ranks,
            Objective objective,
            TrainOptions options,
            Workers workers,
            Kernels kernels) {
        Calibration calibration = new Calibration(train, objective, options, workers, kernels);
        calibration.warmUp();
        boolean all = objective.candidates().equals("all");
        Speed steps;
        if (all && train.items() > MANY) {
            steps = line(FEW, calibration.stepSeconds(FEW), MANY, calibration.stepSeconds(MANY));
        } else {
            int items = all ? train.items() : Math.min(train.items(), SAMPLED);
            steps = new Speed(calibration.stepSeconds(items), 0, 0);
        }
        return ranks ? new Speed(steps.fixed, steps.perItem, calibration.rankSeconds()) : steps;
    }

    /**
     * Through two measurements, the larger of them exactly. The part that does not grow is at most half of the smaller
     * one and never negative, so that noise in the smaller one hardly moves what is said of a large catalogue.
     */
    static Speed line(int few, double fewSeconds, int many, double manySeconds) {
        double slope = (manySeconds - fewSeconds) / (many - few);
        double fixed = Math.max(0, Math.min(fewSeconds - slope * few, fewSeconds / 2));
        fixed = Math.min(fixed, manySeconds);
        return new Speed(fixed, (manySeconds - fixed) / many, 0);
    }

    double stepSeconds(long items) {
        return fixed + perItem * items;
    }
}
