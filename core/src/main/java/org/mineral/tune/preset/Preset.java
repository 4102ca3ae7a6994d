package org.mineral.tune.preset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Interactions;

/**
 * Initial settings for one or several losses, and their origin. An algorithm without losses is listed by its name.
 */
public interface Preset {

    /** The key of a model: its loss, or its algorithm if it has none. */
    static String key(ModelSpec spec) {
        return spec.loss().isEmpty() ? spec.algorithm() : spec.loss();
    }

    /** The name of the preset. */
    String name();

    /** The losses that it covers, the main one first. */
    List<String> losses();

    /**
     * Settings of a loss and its training, by public name; empty for losses that the preset does not cover.
     *
     * @param train the training interactions
     */
    Map<String, String> settings(String loss, Interactions train);

    /** The names of the settings that {@link #settings} gives for a loss. */
    Set<String> names(String loss);

    /** The last epoch of a training without validation part; 0 for the end of the schedule. */
    default int bestEpoch(String loss) {
        return 0;
    }
}
