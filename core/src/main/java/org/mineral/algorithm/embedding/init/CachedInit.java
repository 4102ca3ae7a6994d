package org.mineral.algorithm.embedding.init;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * Caches the last spectral start for runs on the same training data with other settings: each gets a copy with the same bits as if computed
 * for it. Thread-safe.
 */
public final class CachedInit implements Initializer {

    private @Nullable Interactions train;
    private int dimension;
    private long seed;
    private Matrix[] kept = {};

    @Override
    public synchronized Matrix[] parameters(Interactions data, TrainOptions options, Workers workers, Kernels kernels) {
        Initializer first = Initializer.of(options.run().start());
        if (first != SPECTRAL) {
            return first.parameters(data, options, workers, kernels);
        }
        if (train != data
                || dimension != options.encoder().dimension()
                || seed != options.run().seed()) {
            kept = first.parameters(data, options, workers, kernels);
            train = data;
            dimension = options.encoder().dimension();
            seed = options.run().seed();
        }
        return new Matrix[] {kept[0].copy(), kept[1].copy()};
    }

    @Override
    public boolean shared() {
        return true;
    }
}
