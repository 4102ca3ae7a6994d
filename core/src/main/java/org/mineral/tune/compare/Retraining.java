package org.mineral.tune.compare;

import java.util.Map;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.data.Dataset;
import org.mineral.model.Model;
import org.mineral.model.provenance.SelectionProvenance;

/** The final training on train and validation part together, after everything was chosen. */
public final class Retraining {

    private Retraining() {}

    /**
     * Trains for the best number of epochs with the same schedule, so that the learning rate of each epoch is the same as before. An
     * algorithm without epochs is trained again with the same settings.
     *
     * @param divided the split data used for the selection
     */
    public static Fit<? extends Model> train(
            ConfiguredAlgorithm<?> algorithm, int bestEpoch, Dataset divided, FitContext context) {
        return algorithm
                .withKnown(Map.of("stop_after", String.valueOf(bestEpoch)))
                .fit(divided.withValidInTrain(), context.with(SelectionProvenance.NONE.withValidInTrain()));
    }
}
