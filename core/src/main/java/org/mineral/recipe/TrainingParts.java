package org.mineral.recipe;

import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.config.SettingName;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.model.provenance.SelectionProvenance;

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
            throw InputException.naming(
                    "%s needs a validation part to choose the epoch on; hold one out with %s 0.1.",
                    new SettingName("retrain"), new SettingName("validation"));
        }
        return divided;
    }

    /** What is needed to repeat the split. */
    SelectionProvenance provenance() {
        if (withValid) {
            return SelectionProvenance.NONE.withValidInTrain();
        }
        if (heldOut == null) {
            return SelectionProvenance.NONE;
        }
        if (retrain) {
            // The final model uses all data; the hold-out only tells how the epoch was chosen.
            return heldOut.order() == HoldOut.Order.RANDOM
                    ? SelectionProvenance.NONE
                    : SelectionProvenance.NONE.withChosenOn(heldOut.toString());
        }
        return SelectionProvenance.NONE.withValidation(heldOut);
    }
}
