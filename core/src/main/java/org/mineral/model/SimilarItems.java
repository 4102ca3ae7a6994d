package org.mineral.model;

import java.util.List;

/** Finds items that are like an item. */
@Capability("similar items")
public interface SimilarItems {

    /**
     * The n items that are most like an item, best first, itself left out; fewer where no more are like it.
     *
     * @param exclude item indices to leave out, in any order
     * @throws org.mineral.config.InputException if the item is null or unknown, nothing was learnt of it, or n is below 1
     */
    List<Model.Recommendation> similarItems(String item, int n, int... exclude);
}
