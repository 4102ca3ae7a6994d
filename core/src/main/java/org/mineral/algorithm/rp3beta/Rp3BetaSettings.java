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
                doc = "largest weights that are kept for each item; 0: all")
        int neighbours,

        @Setting(
                value = "target",
                doc = "whose largest weights are kept: those of each item that is scored, or of each item of a history")
        Keep keptBy) {

    /** Whose largest weights are kept. */
    public enum Keep {
        /** Of each item that is scored: those of the items of a history that say most of it. */
        TARGET,

        /** Of each item of a history: those to the items that it leads to most. */
        HISTORY
    }

    public Rp3BetaSettings {
        Config.check(Rp3BetaSettings.class, alpha, beta, neighbours, keptBy);
    }
}
