package org.mineral.app.command.option;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;
import org.mineral.data.Dataset;
import org.mineral.data.HoldOut;
import org.mineral.tune.compare.Retraining;
import picocli.CommandLine.Option;

/** Which part of the data a model is trained on, which part stops it, and what the model tells of that afterwards. */
public final class PartsOptions {

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = {
                "Share of each user's training interactions to hold out for early stopping: 0.1, at random, or last:0.1,",
                "the last ones (by time, else in the order of the file). last alone: a tenth."
            })
    @Nullable
    public String validation;

    @Option(
            names = "--retrain",
            description = "Then train again on train and validation part, for as many epochs as were best.")
    public boolean retrain;

    @Option(
            names = "--with-valid",
            description = "Train on the train and the valid part together; nothing stops early.")
    public boolean withValid;

    /** @throws InputException for options that contradict each other */
    public void check() {
        if (withValid && validation != null) {
            throw new InputException("--with-valid leaves nothing for --validation to stop by; give one of them.");
        }
    }

    public HoldOut.Order order() {
        HoldOut held = heldOut();
        return held == null ? HoldOut.Order.RANDOM : held.order();
    }

    /**
     * The data, divided as was asked for.
     *
     * @throws InputException if nothing is left to choose the epoch of {@code --retrain} on
     */
    public Dataset of(Dataset read, long seed) {
        HoldOut held = heldOut();
        Dataset divided = withValid ? read.withValidInTrain() : held == null ? read : read.holdOut(held, seed);
        if (retrain && divided.valid().size() == 0) {
            throw new InputException("--retrain wants a validation part to choose the epoch on; add --validation 0.1.");
        }
        return divided;
    }

    /** What {@code mineral config} needs to know of these options. */
    public Map<String, Object> facts() {
        if (withValid) {
            return Map.of(Retraining.FACT, true);
        }
        HoldOut held = heldOut();
        if (held == null) {
            return Map.of();
        }
        boolean last = held.order() == HoldOut.Order.LAST;
        if (retrain) {
            // The model is of all the data then; what was held out only tells how the epoch was chosen.
            return last ? Map.of(Retraining.CHOSEN_ON, held.toString()) : Map.of();
        }
        return Map.of("validation", last ? held.toString() : (Object) held.share());
    }

    private @Nullable HoldOut heldOut() {
        return validation == null ? null : HoldOut.parse(validation);
    }
}
