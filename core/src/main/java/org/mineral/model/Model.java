package org.mineral.model;

import java.util.List;
import java.util.Map;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;

/** Something that scores all items for a user. Immutable and thread-safe. */
public interface Model {

    /** For people and files: {@code mf}, {@code popularity}. */
    String name();

    /** What the model is and where it comes from; here, only its kind. */
    default ModelInfo info() {
        return ModelInfo.of(name(), Map.of(), Map.of());
    }

    IdMap users();

    IdMap items();

    /** Whom and what it knows: what it was trained on, what its lists leave out, whom and what it can rank. */
    Population population();

    /** What its parameters were learnt from: users x items. */
    default Interactions trained() {
        return population().trained();
    }

    /** What its lists leave out by default: training interactions and those held out for validation. */
    default Interactions known() {
        return population().known();
    }

    /**
     * Scores of all items for one user; higher is better. Length: items. Those of items that the model does not have
     * ({@link Population#hasItem}) mean nothing.
     *
     * @throws IllegalArgumentException if there is no such index
     */
    float[] scores(int user);

    /**
     * The best k items of each user, best first, ties by lower item index. Items that the model does not have
     * ({@link Population#hasItem}) stand in no list.
     *
     * @param users indices, any order
     * @param k at least 0
     * @param exclude users x items that are left out, rows by user index; the model's shape
     * @return one ranking a user, shorter than k only where the catalogue ends
     * @throws IllegalArgumentException if a user, k or the shape of the exclusions is out of range
     */
    List<Ranking> rank(int[] users, int k, Interactions exclude, Workers workers);

    /** Items of one user, best first, with their scores. */
    record Ranking(int[] items, float[] scores) {}

    /** An item by its id, with its score. */
    record Recommendation(String item, double score) {}

    /**
     * The best n items of a user that they are not known to have taken.
     *
     * @throws org.mineral.config.InputException if the user is null or unknown, nothing was learnt of them, or n is below 1
     */
    List<Recommendation> recommend(String user, int n);
}
