package org.mineral.algorithm.sequence;

import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.init.SpectralInit;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.data.Sequences;
import org.mineral.linalg.Kernels;
import org.mineral.linalg.Matrix;
import org.mineral.linalg.Workers;

/**
 * First item vectors: the leading eigenvectors of a {@link Neighbourhood}, or random ones. The last are kept for runs on the same training data with
 * other settings: each gets a copy with the same bits as if computed for it. Thread-safe.
 */
final class SequenceStart {

    private @Nullable Interactions train;
    private int dimension;
    private long seed;
    private double decay;
    private Matrix kept = new Matrix(0, 0);

    /** I x d, without biases; the caller may change them. */
    static Matrix items(Sequences sequences, double decay, TrainOptions options, Workers workers, Kernels kernels) {
        if (options.run().start() == TrainOptions.Start.RANDOM) {
            return Initializer.RANDOM.parameters(sequences.pairs(), options, workers, kernels)[1];
        }
        return items(new Neighbourhood(sequences, decay, workers, kernels), options, workers);
    }

    /** The leading eigenvectors. */
    static Matrix items(Neighbourhood near, TrainOptions options, Workers workers) {
        return SpectralInit.embeddings(
                near, options.encoder().dimension(), options.run().seed(), workers)[1];
    }

    /** The same, computed once. */
    synchronized Matrix shared(
            Sequences sequences, double decay, TrainOptions options, Workers workers, Kernels kernels) {
        if (options.run().start() == TrainOptions.Start.RANDOM) {
            return items(sequences, decay, options, workers, kernels);
        }
        if (train != sequences.pairs()
                || dimension != options.encoder().dimension()
                || seed != options.run().seed()
                || this.decay != decay) {
            kept = items(sequences, decay, options, workers, kernels);
            train = sequences.pairs();
            dimension = options.encoder().dimension();
            seed = options.run().seed();
            this.decay = decay;
        }
        return kept.copy();
    }
}
