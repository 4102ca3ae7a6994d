package org.mineral.algorithm.embedding.training;

import java.util.Map;
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
import org.mineral.loss.Loss;
import org.mineral.model.Model;

/** All that a run is told but the data. {@link EmbeddingTrainer} changes copies of it; nothing changes it once it is in use. */
final class TrainingConfig implements Cloneable {

    final Loss loss;
    TrainOptions options;
    int threads = Runtime.getRuntime().availableProcessors();
    Kernels kernels = KernelProvider.best();
    FitListener listener = FitListener.NONE;

    /** Where parameters begin, unless a teacher says it. */
    Initializer starts = Initializer.BY_OPTIONS;

    /** Layers of the algorithm's own around the parameters. */
    ParameterLayers layers = ParameterLayers.NONE;

    Optional<Checkpoints> checkpoints = Optional.empty();

    /** What a run stops by in place of the valid part. */
    Optional<Interactions> judged = Optional.empty();

    Optional<Model> teacher = Optional.empty();

    /** What models say of themselves beside what every model does. */
    Map<String, Object> facts = Map.of();

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
