package org.mineral.tune.compare;

import java.util.Map;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/** The final training on train and validation part together, after everything was chosen. */
public final class Retraining {

    /** Provenance key: the model was trained on train and validation part together. */
    public static final String FACT = "with_valid";

    /** Provenance key: the hold-out for selection, if not random. */
    public static final String CHOSEN_ON = "chosen_on";

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
                .fit(divided.withValidInTrain(), context.withFact(FACT, true));
    }
}
