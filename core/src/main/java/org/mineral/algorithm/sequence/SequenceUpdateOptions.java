package org.mineral.algorithm.sequence;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Settings of an update of a sequence model. */
public record SequenceUpdateOptions(
        @Setting(value = "4", min = 0, max = 100000, doc = "passes over the new places and as many old ones")
        int epochs,

        @Setting(value = "0.005", min = 0, max = 1000, doc = "step size of these passes at their start, falling to 0")
        double learningRate) {

    public SequenceUpdateOptions {
        Config.check(SequenceUpdateOptions.class, epochs, learningRate);
    }
}
