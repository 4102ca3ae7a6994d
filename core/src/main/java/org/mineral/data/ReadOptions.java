package org.mineral.data;

import org.mineral.config.Config;
import org.mineral.config.Setting;

/** How interactions are read. */
public record ReadOptions(
        @Setting(doc = "rows with a lower rating are left out (and counted); auto keeps every row", value = "auto")
        double minRating) {

    public static final ReadOptions DEFAULTS = Config.defaults(ReadOptions.class);

    public ReadOptions {
        Config.check(ReadOptions.class, minRating);
    }

    boolean keeps(float rating) {
        return Double.isNaN(minRating) || rating >= minRating;
    }
}
