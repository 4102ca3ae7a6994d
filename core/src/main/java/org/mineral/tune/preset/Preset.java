package org.mineral.tune.preset;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mineral.algorithm.ModelSpec;
import org.mineral.data.Interactions;

/**
 * Settings to begin with, for one loss or several, and where they come from. An algorithm without losses stands among them by its own
 * name.
 */
public interface Preset {

    /** What a preset knows a model by: its loss, or its algorithm where that has none. */
    static String key(ModelSpec spec) {
        return spec.loss().isEmpty() ? spec.algorithm() : spec.loss();
    }

    /** The name that a user gives. */
    String name();

    /** The losses that it knows, the one that it is meant for first. */
    List<String> losses();

    /**
     * Settings of a loss and of its training, by public name; none for a loss that the preset does not know.
     *
     * @param train what will be trained on
     */
    Map<String, String> settings(String loss, Interactions train);

    /** What {@link #settings} sets for a loss, whatever the data are. */
    Set<String> names(String loss);

    /** The epoch at which training without a validation part ends; 0 for the last of the schedule. */
    default int bestEpoch(String loss) {
        return 0;
    }
}
