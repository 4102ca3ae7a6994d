package org.mineral.algorithm.slim;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** Settings of {@link Slim}. */
public record SlimSettings(
        @Setting(
                value = "1",
                min = 0,
                max = 1e6,
                tune = "0.1:10:log",
                doc = "weight of the absolute weights; the more, the fewer are not zero")
        double l1,

        @Setting(value = "20", min = 1e-3, max = 1e9, tune = "1:500:log", doc = "weight of half the squared weights")
        double l2,

        @Setting(
                value = "100",
                min = 1,
                max = 1e6,
                doc = "nearest items by cosine, from which alone an item is predicted")
        int neighbours) {

    public SlimSettings {
        Config.check(SlimSettings.class, l1, l2, neighbours);
    }
}
