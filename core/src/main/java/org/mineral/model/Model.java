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

    /** What the model was shown: users x items. Excluded from recommendations by default. */
    Interactions seen();

    /** Scores of all items for one user; higher is better. Length: items. */
    float[] scores(int user);

    /**
     * The best k items of each user, best first, ties by lower item index.
     *
     * @param users indices, any order
     * @param exclude users x items that are left out, rows by user index
     * @return one array a user, shorter than k only where the catalogue ends
     */
    List<Ranking> rank(int[] users, int k, Interactions exclude, Workers workers);

    /** Items of one user, best first, with their scores. */
    record Ranking(int[] items, float[] scores) {}

    /** An item by its id, with its score. */
    record Recommendation(String item, double score) {}

    /**
     * The best n unseen items of a user.
     *
     * @throws org.mineral.config.InputException if the user is unknown
     */
    List<Recommendation> recommend(String user, int n);
}
