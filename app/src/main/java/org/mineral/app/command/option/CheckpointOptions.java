package org.mineral.app.command.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import org.mineral.recipe.TrainingRecipe;
import picocli.CommandLine.Option;

/** Whether a run can be resumed after a kill, and whether it is. */
public final class CheckpointOptions {

    @Option(
            names = "--checkpoint",
            paramLabel = "N",
            description = "Keep a checkpoint in MODEL.checkpoint every N epochs; 0: none. Default: at the first "
                    + "epoch's end after a minute. The same command, given again after a kill, resumes from the "
                    + "last one. Deleted at the end.")
    @Nullable
    Integer every;

    @Option(names = "--fresh", description = "Start over, and delete existing checkpoints.")
    public boolean fresh;

    /**
     * The checkpoints that a recipe keeps beside the model's place.
     *
     * @return what is to be deleted at the start or the end, whether or not the recipe keeps any
     */
    public Checkpoints into(TrainingRecipe recipe, Path model) {
        Checkpoints beside = Checkpoints.beside(model);
        if (every != null) {
            recipe.needsEpochs("checkpoint");
        }
        if (kept()) {
            recipe.checkpoints(every == null ? beside : beside.every(every));
        }
        return beside;
    }

    /** Whether the run writes checkpoints. */
    public boolean kept() {
        return every == null || every != 0;
    }
}
