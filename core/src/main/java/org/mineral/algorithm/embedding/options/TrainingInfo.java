package org.mineral.algorithm.embedding.options;

import org.mineral.algorithm.FitContext;
import org.mineral.data.Dataset;
import org.mineral.linalg.Kernels;
import org.mineral.loss.row.Loss;
import org.mineral.model.FactorModel;
import org.mineral.model.ModelInfo;
import org.mineral.model.provenance.Provenance;
import org.mineral.model.provenance.TrainerProvenance;

/** The info of a trained model, and the loss and objective read back from it. */
public final class TrainingInfo {

    private TrainingInfo() {}

    public static ModelInfo of(Loss loss, TrainOptions options, Dataset data, Kernels kernels, Provenance provenance) {
        return FitContext.defaults()
                .withKernels(kernels)
                .withProvenance(provenance)
                .with(TrainerProvenance.NONE.withSeed(options.run().seed()))
                .info(FactorModel.NAME, new EmbeddingSettings(loss, options).describe(), data);
    }

    /** The objective that a model was trained with. */
    public static Objective objective(ModelInfo info) {
        return EmbeddingSettings.of(info).objective();
    }

    /** The options that a model was trained with; missing ones have their defaults. */
    public static TrainOptions options(ModelInfo info) {
        return EmbeddingSettings.of(info).options();
    }
}
