package org.mineral.algorithm.embedding.options;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** How the parameters move, and for how long. A group of {@link TrainOptions}. */
public record OptimizerOptions(
        @Setting(value = "30", min = 0, max = 100000, doc = "passes over the users")
        int epochs,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc = "epochs to run of those that the schedule is laid out for; 0: all")
        int stopAfter,

        @Setting(value = "0.05", min = 0, max = 1000, tune = "0.01:0.2:log", doc = "step size at the start")
        double learningRate,

        @Setting(value = "linear", doc = "how the step size goes on")
        org.mineral.optim.Schedule schedule,

        @Setting(value = "adam", doc = "update rule") org.mineral.optim.Optimizer.Kind optimizer,

        @Setting(value = "0", min = 0, max = 1000, doc = "L2: weight of half the squared norm of every row in a step")
        double regularization,

        @Setting(value = "0", min = 0, max = 0.99, doc = "share of the candidates' scores left out of a row at random")
        double dropout,

        @Setting(value = "480", min = 1, max = 1000000, doc = "users in a step")
        int blockSize,

        @Setting(
                value = "0",
                min = 0,
                max = 100000,
                doc = "h: epochs over which the embeddings are averaged exponentially; 0: the last ones are taken")
        double averaging) {

    public OptimizerOptions {
        Config.check(
                OptimizerOptions.class,
                epochs,
                stopAfter,
                learningRate,
                schedule,
                optimizer,
                regularization,
                dropout,
                blockSize,
                averaging);
    }

    /** The same to the end of the schedule, with the last weights. */
    public OptimizerOptions plain() {
        return Config.with(Config.with(this, "averaging", 0), "stop_after", 0);
    }
}
