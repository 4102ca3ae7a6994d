package org.mineral.model;

import java.util.List;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;

/** Ranks users for an item. */
@Capability("ranking of users for an item")
public interface UserRanker {

    /**
     * The k users with the largest scores for each of the items, ties by lower user index.
     *
     * @param items item indices
     * @param exclude one row for each item with the users to leave out
     * @return rankings whose {@code items} are user indices
     * @throws IllegalArgumentException if an index, k or the shape of the exclusions is out of range
     */
    List<Ranking> rankUsers(int[] items, int k, Interactions exclude, Workers workers);
}
