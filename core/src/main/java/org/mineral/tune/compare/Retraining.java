package org.mineral.tune.compare;

import java.util.Map;
import org.mineral.algorithm.ConfiguredAlgorithm;
import org.mineral.algorithm.Fit;
import org.mineral.algorithm.FitContext;
import org.mineral.data.Dataset;
import org.mineral.model.Model;

/** The last training, once everything is chosen: on train and validation part together. */
public final class Retraining {

    /** In the model's provenance: that its training part is train and validation part together. */
    public static final String FACT = "with_valid";

    /** In the model's provenance: what was held out to choose on, if not interactions at random. */
    public static final String CHOSEN_ON = "chosen_on";

    private Retraining() {}

    /**
     * Trains for as many epochs as were best, of the same schedule: the learning rate at each is what it was when the choice
     * was made. An algorithm without epochs is trained again with the same settings.
     *
     * @param divided the data that the choice was made on
     */
    public static Fit<? extends Model> train(
            ConfiguredAlgorithm<?> algorithm, int bestEpoch, Dataset divided, FitContext context) {
        return algorithm
                .withKnown(Map.of("stop_after", String.valueOf(bestEpoch)))
                .fit(divided.withValidInTrain(), context.withFact(FACT, true));
    }
}
