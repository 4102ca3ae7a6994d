package org.mineral.algorithm.embedding.training;

import java.util.Optional;
import java.util.function.Consumer;
import org.mineral.algorithm.Checkpoints;
import org.mineral.algorithm.FitListener;
import org.mineral.algorithm.embedding.encoder.ParameterLayers;
import org.mineral.algorithm.embedding.init.Initializer;
import org.mineral.algorithm.embedding.options.TrainOptions;
import org.mineral.data.Interactions;
import org.mineral.linalg.KernelProvider;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Loss;
import org.mineral.model.Model;
import org.mineral.model.provenance.Provenance;

/**
 * Everything that configures a training run, except the dataset. {@link EmbeddingTrainer} changes copies of it; it does not change once it is
 * in use.
 */
final class TrainingConfig implements Cloneable {

    final Loss loss;
    TrainOptions options;
    int threads = Runtime.getRuntime().availableProcessors();
    Kernels kernels = KernelProvider.best();
    FitListener listener = FitListener.NONE;

    /** The initializer, unless a teacher replaces it. */
    Initializer starts = Initializer.BY_OPTIONS;

    /** Layers of the algorithm's own around the parameters. */
    ParameterLayers layers = ParameterLayers.NONE;

    Optional<Checkpoints> checkpoints = Optional.empty();

    /** The interactions for early stopping and the best epoch, in place of the valid part. */
    Optional<Interactions> judged = Optional.empty();

    Optional<Model> teacher = Optional.empty();

    /** What the caller knows of where the model comes from. */
    Provenance provenance = Provenance.NONE;

    TrainingConfig(Loss loss, TrainOptions options) {
        this.loss = loss;
        this.options = options;
    }

    TrainingConfig with(Consumer<TrainingConfig> change) {
        try {
            TrainingConfig copy = (TrainingConfig) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("a configuration can be cloned", e);
        }
    }
}
