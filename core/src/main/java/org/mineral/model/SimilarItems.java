package org.mineral.model;

import java.util.List;

/** Finds items similar to an item. */
@Capability("similar items")
public interface SimilarItems {

    /**
     * The n most similar items, best first, without the item itself; fewer if there are no more.
     *
     * @param exclude item indices to leave out, in any order
     * @throws org.mineral.config.InputException if the item is null or unknown, nothing was learnt about it, or n is below 1
     */
    List<Model.Recommendation> similarItems(String item, int n, int... exclude);
}
