package org.mineral.recipe;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.model.Provenance;

/** Chooses the parts of the data for training and early stopping, and records them in the provenance. */
record TrainingParts(@Nullable HoldOut heldOut, boolean retrain, boolean withValid) {

    /**
     * Splits the data.
     *
     * @throws InputException if there is no validation part to choose the epoch of a second training on
     */
    Dataset of(Dataset read, long seed) {
        Dataset divided = withValid ? read.withValidInTrain() : heldOut == null ? read : read.holdOut(heldOut, seed);
        if (retrain && divided.valid().size() == 0) {
            throw new InputException("the setting retrain needs a validation part to choose the epoch on; hold one out"
                    + " with the setting validation 0.1.");
        }
        return divided;
    }

    /** Facts that are needed to repeat the split. */
    Map<String, Object> facts() {
        if (withValid) {
            return Map.of(Provenance.WITH_VALID, true);
        }
        if (heldOut == null) {
            return Map.of();
        }
        boolean random = heldOut.order() == HoldOut.Order.RANDOM;
        if (retrain) {
            // The final model uses all data; the hold-out only tells how the epoch was chosen.
            return random ? Map.of() : Map.of(Provenance.CHOSEN_ON, heldOut.toString());
        }
        return Map.of(Provenance.VALIDATION, random ? (Object) heldOut.share() : heldOut.toString());
    }
}
