package org.mineral.app.command.option;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.mineral.algorithm.Checkpoints;
import picocli.CommandLine.Option;

/** Whether a run can go on after a kill, and whether it does. */
public final class CheckpointOptions {

    @Option(
            names = "--checkpoint",
            paramLabel = "N",
            description = {
                "Keep a checkpoint in MODEL.checkpoint every N epochs; 0: none. Default: at the first epoch's end after a",
                "minute. The same command, given again after a kill, goes on from the last. Deleted at the end."
            })
    @Nullable
    public Integer every;

    @Option(names = "--fresh", description = "Begin anew, and delete the checkpoints that are there.")
    public boolean fresh;

    public boolean kept() {
        return every == null || every != 0;
    }

    public Checkpoints beside(Path model) {
        Checkpoints beside = Checkpoints.beside(model);
        return every == null || every == 0 ? beside : beside.every(every);
    }
}
