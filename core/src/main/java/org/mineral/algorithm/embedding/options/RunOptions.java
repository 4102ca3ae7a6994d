package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Where a run begins, when it ends early, and its random numbers. A group of {@link TrainOptions}. */
public record RunOptions(
        @Setting(
                value = "spectral",
                doc = "first embeddings: singular vectors of the interactions, or of a teacher's scores")
        TrainOptions.Start start,

        @Setting(value = "5", min = 1, max = 100000, doc = "validations without a better one before stopping")
        int patience,

        @Setting(value = "42", doc = "seed of every random number")
        long seed) {

    public RunOptions {
        Config.check(RunOptions.class, start, patience, seed);
    }
}
