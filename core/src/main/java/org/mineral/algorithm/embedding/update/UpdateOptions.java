package org.mineral.algorithm.embedding.update;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Settings of an {@link Update}. */
public record UpdateOptions(
        @Setting(value = "30", min = 1, max = 100000, doc = "steps of newcomers towards a vector, the others fixed")
        int foldSteps,

        @Setting(value = "3", min = 0, max = 100000, doc = "passes over all users afterwards")
        int epochs,

        @Setting(value = "0.01", min = 0, max = 1000, doc = "step size of these passes at their start, falling to 0")
        double learningRate) {

    public UpdateOptions {
        Config.check(UpdateOptions.class, foldSteps, epochs, learningRate);
    }

    public static UpdateOptions defaults() {
        return Config.defaults(UpdateOptions.class);
    }

    /** A copy with one setting, by its public name. */
    public UpdateOptions with(String name, Object value) {
        return Config.with(this, name, value);
    }
}
