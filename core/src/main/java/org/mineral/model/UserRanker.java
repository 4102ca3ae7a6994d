package org.mineral.model;

import java.util.List;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;

/** Ranks the other way round: whom to show an item. */
@Capability("ranking of users for an item")
public interface UserRanker {

    /**
     * The k users with the largest scores for each of some items, ties by lower user index.
     *
     * @param items item indices
     * @param exclude a row of users for each of them, who are left out
     * @return rankings whose {@code items} are user indices
     * @throws IllegalArgumentException if an index, k or the shape of the exclusions is out of range
     */
    List<Ranking> rankUsers(int[] items, int k, Interactions exclude, Workers workers);
}
