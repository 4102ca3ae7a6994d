package org.mineral.algorithm.rp3beta;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Settings of {@link Rp3Beta}. */
public record Rp3BetaSettings(
        @Setting(
                value = "0.5",
                min = 0,
                max = 10,
                tune = "0.3:1.5",
                doc = "power of the probabilities of a step; below 1, steps are more alike")
        double alpha,

        @Setting(
                value = "0.35",
                min = -2,
                max = 2,
                tune = "0:1",
                doc = "power of an item's number of users that its weights are divided by; 0: P3alpha")
        double beta,

        @Setting(
                value = "500",
                min = 0,
                max = 1e6,
                tune = "100:3000:log:whole",
                doc = "largest weights that are kept for each item that is scored; 0: all")
        int neighbours) {

    public Rp3BetaSettings {
        Config.check(Rp3BetaSettings.class, alpha, beta, neighbours);
    }
}
