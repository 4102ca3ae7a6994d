package org.mineral.algorithm.embedding.update;

import org.mineral.algorithm.FitListener;
import org.mineral.data.Dataset;
import org.mineral.model.Capability;

/** Takes in new interactions, users and items without being trained from the start. */
@Capability("way to take in new interactions")
public interface Updatable {

    /**
     * The model with the new interactions in it; this one stays as it is. Nothing new is no error: see {@link Update.Result}.
     *
     * @param news train is taken in; if it has a valid part, the best epoch on that is kept; test is not looked at
     */
    Update.Result update(Dataset news, UpdateOptions options, int threads, FitListener listener);
}
