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
                value = "-1",
                min = -1,
                max = 1e6,
                doc = "weights of the largest absolute value that are kept for each item; 0: all; "
                        + "-1: a sixteenth of the number of items, at least 500")
        int neighbours,

        @Setting(
                value = "0",
                min = 0,
                max = 4,
                doc = "an interaction has its rating to this power as its weight; 0: all count alike")
        double ratingPower) {

    private static final int LEAST_KEPT = 500;
    private static final int SHARE_KEPT = 16;

    public EaseSettings {
        Config.check(EaseSettings.class, l2, neighbours, ratingPower);
    }

    /** How many weights are kept for each of so many items; 0: all. */
    int kept(int items) {
        return neighbours >= 0 ? neighbours : Math.max(LEAST_KEPT, items / SHARE_KEPT);
    }
}
