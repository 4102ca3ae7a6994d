package org.mineral.app.command.option;

import org.jspecify.annotations.Nullable;
import org.mineral.data.HoldOut;
import org.mineral.recipe.TrainingRecipe;
import picocli.CommandLine.Option;

/** The parts of the data for training and early stopping. */
public final class PartsOptions {

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of each user's training interactions to hold out for early stopping: 0.1, at "
                    + "random, or last:0.1, the last ones (by time, else in the order of the file), or "
                    + "popularity:0.1, drawn so that items count alike, for use where popular items are no more "
                    + "asked for than others. last or popularity alone: a tenth.")
    @Nullable
    String validation;

    @Option(
            names = "--retrain",
            description = "Then train again on train and validation part, for as many epochs as were best.")
    boolean retrain;

    @Option(
            names = "--with-valid",
            description = "Train on the train and the valid part together; nothing stops early.")
    boolean withValid;

    void into(TrainingRecipe recipe) {
        recipe.validation(validation == null ? null : HoldOut.parse(validation));
        if (retrain) {
            recipe.retrain();
        }
        if (withValid) {
            recipe.withValid();
        }
    }
}
