package org.mineral.tune.auto;

import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/**
 * Arithmetic in Gflop, counted from shapes. Nothing of it is measured, so that a search that ends when its work is spent ends at the
 * same place on any machine and with any number of threads.
 */
final class Work {

    /** What an epoch takes beside its products, as arithmetic of the same duration. */
    private static final double EPOCH = 1;

    /** Passes of the spectral start over its tables, in products of a row with the square of their width. */
    private static final double START_PASSES = 20;

    private static final int OVERSAMPLING = 16;

    private Work() {}

    /** {@code 6 |U| |I| d}, and {@code 2 |V| |I| d} for the ranking of the users V who are judged. */
    static double epoch(Interactions train, Interactions valid, int dimension) {
        double width = Matrix.pad(dimension);
        double users = train.users() - train.emptyRows();
        double judged = valid.users() - valid.emptyRows();
        return EPOCH + (6 * users + 2 * judged) * train.items() * width / 1e9;
    }

    /** Of the spectral start, {@code 20 (|U| + |I|) (d + 16)^2}. */
    static double start(Interactions train, int dimension) {
        double width = dimension + OVERSAMPLING;
        return START_PASSES * ((double) train.users() + train.items()) * width * width / 1e9;
    }
}
