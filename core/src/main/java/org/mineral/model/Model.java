package org.mineral.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mineral.config.InputException;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;

/**
 * Something that scores all items for a user. Immutable and thread-safe.
 *
 * <p>What else a model can do, it or the algorithm that made it offers as an interface that is asked for by {@link #as}:
 * {@link HistoryScorer}, {@link VectorModel}, {@link SimilarItems}, {@link Explainable}.
 */
public interface Model {

    /** The kind of model, for people and files: {@code mf}, {@code popularity}. */
    String name();

    /** What the model is and where it comes from; here, only its kind. */
    default ModelInfo info() {
        return ModelInfo.of(name(), Map.of(), Map.of());
    }

    IdMap users();

    IdMap items();

    /** Whom and what it knows: what it was trained on, what its lists leave out, whom and what it can rank. */
    Population population();

    /** Whether it has a list for a user of its own. */
    default boolean ranksFor(int user) {
        return population().hasUser(user);
    }

    /**
     * This model as something that only some models are.
     *
     * @param type an interface with a {@link Capability}
     */
    default <C> Optional<C> as(Class<C> type) {
        return Capabilities.of(this, type);
    }

    /**
     * The same as {@link #as}, for callers that cannot do without.
     *
     * @throws InputException if it cannot be that; the message names kinds of models that can
     */
    default <C> C require(Class<C> type) {
        return Capabilities.require(this, type);
    }

    /**
     * The same model in other indices, itself if they are its own. What the others lack is left out; nothing is known of ids that the
     * model lacks.
     *
     * @throws InputException if models of this kind cannot be moved
     */
    default Model in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.ids().equals(users().ids()) && otherItems.ids().equals(items().ids())) {
            return this;
        }
        throw new InputException(
                "a model of the kind '" + name() + "' is of other users or items than these data; train it on these.");
    }

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

    /** An item by its id, with its score. */
    record Recommendation(String item, double score) {}

    /**
     * The best n items of a user that they are not known to have taken.
     *
     * @throws InputException if the user is null or unknown, nothing was learnt of them, or n is below 1
     */
    default List<Recommendation> recommend(String user, int n) {
        return recommend(user, n, true);
    }

    /**
     * The best n items of a user, fewer only where the catalogue ends.
     *
     * @param excludeSeen whether to leave out what the user is known to have taken ({@link #known})
     * @throws InputException if the user is null or unknown, nothing was learnt of them, or n is below 1
     */
    default List<Recommendation> recommend(String user, int n, boolean excludeSeen) {
        int row = Lookup.learntUser(this, user);
        int k = Math.min(Lookup.count(n), items().size());
        Interactions exclude = excludeSeen ? known() : Interactions.empty(users().size(), items().size());
        try (Workers workers = new Workers(1)) {
            return Lookup.named(
                    items(), rank(new int[] {row}, k, exclude, workers).get(0));
        }
    }

    /**
     * Writes the model directory; see {@code docs/model-format.md}. An older model at that place is replaced at the end.
     *
     * @throws InputException if models of this kind are not kept in files, or something else is at that place
     */
    default void save(Path directory) {
        ModelStore.get().save(this, directory);
    }
}
