package org.mineral.algorithm.embedding.init;

import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/** Computes the initial parameters of a run. */
@FunctionalInterface
public interface Initializer {

    /** Independent normal entries, so that a row's mean norm is that of {@link #SPECTRAL}. */
    Initializer RANDOM = (train, options, workers, kernels) -> {
        int d = options.encoder().dimension();
        double deviation = SpectralInit.MEAN_NORM / Math.sqrt(d);
        return new Matrix[] {
            SpectralInit.random(train.users(), d, deviation, options.run().seed() + 1),
            SpectralInit.random(train.items(), d, deviation, options.run().seed() + 2)
        };
    };

    /** The leading singular vectors of the interactions; see {@link SpectralInit}. */
    Initializer SPECTRAL = (train, options, workers, kernels) -> SpectralInit.embeddings(
            train, options.encoder().dimension(), options.run().seed(), workers, kernels);

    /** Chooses by the setting {@code start}. */
    Initializer BY_OPTIONS = (train, options, workers, kernels) ->
            of(options.run().start()).parameters(train, options, workers, kernels);

    /** Users' and items' parameters, U x d and I x d; the caller may change them. */
    Matrix[] parameters(Interactions train, TrainOptions options, Workers workers, Kernels kernels);

    /** Whether they are trained parameters with biases, to continue from. Otherwise biases start at 0. */
    default boolean trained() {
        return false;
    }

    /** Whether they are shared by several runs, so that their time does not count for one of them. */
    default boolean shared() {
        return false;
    }

    static Initializer of(TrainOptions.Start start) {
        return switch (start) {
            case SPECTRAL -> SPECTRAL;
            case RANDOM -> RANDOM;
        };
    }

    /** Copies of a model's parameters, U x d and I x d. */
    static Initializer of(Matrix users, Matrix items) {
        return new Initializer() {
            @Override
            public Matrix[] parameters(Interactions train, TrainOptions options, Workers workers, Kernels kernels) {
                return new Matrix[] {users.copy(), items.copy()};
            }

            @Override
            public boolean trained() {
                return true;
            }
        };
    }
}
