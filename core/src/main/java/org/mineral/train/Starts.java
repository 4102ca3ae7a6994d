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

    /**
     * The first embeddings of a run, U x d and I x d: spectral ones, or drawn at random.
     *
     * @param shared where spectral ones are kept for other runs; null for a run of its own
     */
    static Matrix[] first(
            @Nullable Starts shared, Interactions train, TrainOptions options, Workers workers, Kernels kernels) {
        int d = options.dimension();
        if (options.start() == TrainOptions.Start.SPECTRAL) {
            return shared == null
                    ? SpectralStart.embeddings(train, d, options.seed(), workers, kernels)
                    : shared.spectral(train, d, options.seed(), workers, kernels);
        }
        double deviation = SpectralStart.MEAN_NORM / Math.sqrt(d);
        return new Matrix[] {
            SpectralStart.random(train.users(), d, deviation, options.seed() + 1),
            SpectralStart.random(train.items(), d, deviation, options.seed() + 2)
        };
    }

    /** Whether the embeddings come from a model: then they are parameters, biases and all. */
    boolean warm() {
        return fixed;
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
