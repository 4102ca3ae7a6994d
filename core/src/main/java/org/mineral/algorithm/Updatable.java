package org.mineral.algorithm;

import java.util.Map;
import org.mineral.data.Dataset;
import org.mineral.model.Capability;

/** Takes in new interactions without being trained from the start. */
@Capability("way to take in new interactions")
public interface Updatable {

    /** Whether the new interactions must have times or an order. */
    default boolean readsOrder() {
        return false;
    }

    /**
     * The model with the new interactions, users and items in it; this one stays as it is. Nothing new is no error: see {@link Updated}.
     *
     * @param news train is taken in; if it has a valid part, the best epoch on that is kept; test is not looked at
     * @param settings of the update by their names, all others as by default
     * @throws org.mineral.config.InputException if a setting is unknown or out of range, or this model cannot be updated
     */
    Updated<?> update(Dataset news, Map<String, String> settings, int threads, FitListener listener);
}
