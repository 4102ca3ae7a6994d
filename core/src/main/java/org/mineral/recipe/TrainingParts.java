package org.mineral.recipe;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.tune.compare.Retraining;

/** Which part of the data a model is trained on, which part stops it, and what the model says of that afterwards. */
record TrainingParts(@Nullable HoldOut heldOut, boolean retrain, boolean withValid) {

    /**
     * The data, divided.
     *
     * @throws InputException if nothing is left to choose the epoch of a second training on
     */
    Dataset of(Dataset read, long seed) {
        Dataset divided = withValid ? read.withValidInTrain() : heldOut == null ? read : read.holdOut(heldOut, seed);
        if (retrain && divided.valid().size() == 0) {
            throw new InputException("the setting retrain needs a validation part to choose the epoch on; hold one out"
                    + " with the setting validation 0.1.");
        }
        return divided;
    }

    /** What is needed to repeat the division. */
    Map<String, Object> facts() {
        if (withValid) {
            return Map.of(Retraining.FACT, true);
        }
        if (heldOut == null) {
            return Map.of();
        }
        boolean last = heldOut.order() == HoldOut.Order.LAST;
        if (retrain) {
            // The model is of all the data then; what was held out only tells how the epoch was chosen.
            return last ? Map.of(Retraining.CHOSEN_ON, heldOut.toString()) : Map.of();
        }
        return Map.of("validation", last ? heldOut.toString() : (Object) heldOut.share());
    }
}
