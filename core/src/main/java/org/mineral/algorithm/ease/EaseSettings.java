package org.mineral.algorithm.ease;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Settings of {@link Ease}. */
public record EaseSettings(
        @Setting(
                value = "200",
                min = 1e-3,
                max = 1e9,
                tune = "5:5000:log",
                doc = "weight of the squared weights; the more interactions an item has, the more it takes")
        double l2,

        @Setting(
                value = "500",
                min = 0,
                max = 1e6,
                doc = "weights of the largest absolute value that are kept for each item; 0: all")
        int neighbours,

        @Setting(
                value = "0",
                min = 0,
                max = 4,
                doc = "an interaction has its rating to this power as its weight; 0: all count alike")
        double ratingPower) {

    public EaseSettings {
        Config.check(EaseSettings.class, l2, neighbours, ratingPower);
    }
}
