package org.mineral.tune;

import org.mineral.data.Dataset;
import org.mineral.train.TrainListener;
import org.mineral.train.TrainResult;
import org.mineral.train.Trainer;

/** The last training, once everything is chosen: on train and validation part together. */
public final class Retraining {

    /** In the model's provenance: that its training part is train and validation part together. */
    public static final String FACT = "with_valid";

    /** In the model's provenance: what was held out to choose on, if not interactions at random. */
    public static final String CHOSEN_ON = "chosen_on";

    private Retraining() {}

    /**
     * Trains for as many epochs as were best, of the same schedule: the learning rate at each is what it was when the choice
     * was made.
     *
     * @param divided the data that the choice was made on
     */
    public static TrainResult train(Trainer trainer, int bestEpoch, Dataset divided, TrainListener to) {
        return trainer.stopAfter(bestEpoch).fact(FACT, true).listener(to).train(divided.withValidInTrain());
    }
}
