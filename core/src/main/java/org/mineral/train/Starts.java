package org.mineral.train;

import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Keeps the last spectral start, for runs over the same training data that differ in other settings: it is computed once
 * for all of them, and each gets a copy, the same to the bit as its own would be. Or it hands out embeddings that are
 * there already.
 */
public final class Starts {

    private @Nullable Interactions train;
    private int dimension;
    private long seed;
    private Matrix[] kept = {};
    private boolean fixed;

    /** Every run begins with copies of these, U x d and I x d. */
    static Starts of(Matrix users, Matrix items) {
        Starts starts = new Starts();
        starts.kept = new Matrix[] {users, items};
        starts.fixed = true;
        return starts;
    }

    synchronized Matrix[] spectral(Interactions train, int dimension, long seed, Workers workers, Kernels kernels) {
        if (!fixed && (this.train != train || this.dimension != dimension || this.seed != seed)) {
            kept = SpectralStart.embeddings(train, dimension, seed, workers, kernels);
            this.train = train;
            this.dimension = dimension;
            this.seed = seed;
        }
        return new Matrix[] {kept[0].copy(), kept[1].copy()};
    }
}
