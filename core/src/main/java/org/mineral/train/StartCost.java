package org.mineral.train;

import org.mineral.data.Interactions;

/**
 * How long the first embeddings take: for the spectral start, 13 products with the interactions and a few with tall matrices.
 * Constants of one core of an AMD EPYC (Zen 4) at about 3.7 GHz; a start is a small part of a run.
 */
final class StartCost {

    /** Products with the interactions that gather items' rows, and users' rows. */
    private static final int ITEM_PASSES = 7;

    private static final int USER_PASSES = 6;

    /** An interaction and column, its row in cache. */
    private static final double CACHED = 0.25e-9;

    /** A table that caches hold; for each doubling beyond it a gathered row costs {@link #CACHED} more, up to all from memory. */
    private static final double CACHE = 24e6;

    private static final double MOST_DOUBLINGS = 2.6;

    /** A row and pair of columns. */
    private static final double TALL = 0.25e-9;

    /** An entry of a table: drawn, scaled, copied, by one thread. */
    private static final double ENTRY = 15e-9;

    /** A triple of a teacher's dimensions: roots, products and eigenvectors of its Gram matrices, by one thread. */
    private static final double CUBE = 1e-8;

    /** An entry of a random start. */
    private static final double RANDOM = 1e-7;

    /** Code that is not compiled yet. */
    private static final double OVERHEAD = 0.3;

    private StartCost() {}

    static double seconds(Interactions train, TrainOptions options, int threads) {
        double rows = (double) train.users() + train.items();
        if (options.start() != TrainOptions.Start.SPECTRAL) {
            return RANDOM * options.dimension() * rows;
        }
        double width = options.dimension() + SpectralStart.OVERSAMPLING;
        double sparse = width
                * train.size()
                * (ITEM_PASSES * gather(width * train.items()) + USER_PASSES * gather(width * train.users()));
        double tall = TALL * width * width * (7.0 * train.items() + 2.0 * train.users());
        return OVERHEAD + ENTRY * options.dimension() * rows + (sparse + tall) / threads;
    }

    /** The student's start from a teacher of this dimension, see {@link TeacherStart}. */
    static double teacherSeconds(Interactions train, TrainOptions options, int teacher, int threads) {
        double rows = (double) train.users() + train.items();
        double tall = TALL * rows * teacher * (teacher + options.dimension());
        return OVERHEAD + ENTRY * options.dimension() * rows + tall / threads + CUBE * teacher * teacher * teacher;
    }

    /** Seconds for an interaction and column, from a table of so many entries. */
    static double gather(double entries) {
        double doublings = Math.log(Float.BYTES * entries / CACHE) / Math.log(2);
        return CACHED * (1 + Math.max(0, Math.min(MOST_DOUBLINGS, doublings)));
    }
}
