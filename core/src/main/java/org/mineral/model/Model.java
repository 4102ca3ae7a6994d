package org.mineral.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mineral.config.InputException;
import org.mineral.data.Attributes;
import org.mineral.data.IdMap;
import org.mineral.data.Interactions;
import org.mineral.linalg.Workers;
import org.mineral.model.rank.Ranking;

/**
 * A recommender: scores all items for a user. Immutable and thread-safe.
 *
 * <p>Further capabilities are interfaces, implemented by the model or provided by its algorithm, and obtained by {@link #as}:
 * {@link HistoryScorer}, {@link VectorModel}, {@link SimilarItems}, {@link Explainable}.
 */
public interface Model {

    /** The kind of model, for people and files: {@code mf}, {@code popularity}. */
    String name();

    /** The model's kind, settings and provenance; by default only its kind. */
    default ModelInfo info() {
        return ModelInfo.of(name());
    }

    IdMap users();

    IdMap items();

    /** What it knows of its users besides interactions; most models nothing. */
    default Attributes userAttributes() {
        return Attributes.none(users().size());
    }

    /** As {@link #userAttributes}, of its items. */
    default Attributes itemAttributes() {
        return Attributes.none(items().size());
    }

    /** The training interactions, the known interactions, and the users and items that it can rank. */
    Population population();

    /** Whether it can rank for one of its users. */
    default boolean ranksFor(int user) {
        return population().hasUser(user);
    }

    /**
     * The model's implementation of a capability, if it has one.
     *
     * @param type an interface with a {@link Capability}
     */
    default <C> Optional<C> as(Class<C> type) {
        return Capabilities.of(this, type);
    }

    /**
     * As {@link #as}, but required.
     *
     * @throws InputException if the model lacks it; the message names kinds of models that have it
     */
    default <C> C require(Class<C> type) {
        return Capabilities.require(this, type);
    }

    /**
     * The same model with other indices; returns itself if they are equal. Users and items that the new indices lack are dropped; ids that
     * the model lacks count as unknown.
     *
     * @throws InputException if models of this kind do not support it
     */
    default Model in(IdMap otherUsers, IdMap otherItems) {
        if (otherUsers.sameAs(users()) && otherItems.sameAs(items())) {
            return this;
        }
        throw new InputException(
                "a model of the kind '" + name() + "' is of other users or items than these data; train it on these.");
    }

    /**
     * Multiplications that the scores of all items take for one user, on average: what one request costs. A model that does not say counts as
     * a comparison of the user with all others.
     */
    default double servingCost() {
        return (double) users().size() * items().size();
    }

    /** The training interactions, users x items. */
    default Interactions trained() {
        return population().trained();
    }

    /** The interactions left out of lists by default: those of training and validation. */
    default Interactions known() {
        return population().known();
    }

    /** A copy of a user's known items: oldest first if the model knows their order, otherwise ascending. */
    default int[] sequence(int user) {
        return known().row(user);
    }

    /**
     * Scores of all items for one user; higher is better. Length: items. Scores of items that the model cannot rank
     * ({@link Population#hasItem}) are meaningless.
     *
     * @throws IllegalArgumentException if the index is out of range
     */
    float[] scores(int user);

    /**
     * The best k items of each user, best first, ties by lower item index. Items that the model cannot rank ({@link Population#hasItem}) are
     * in no list.
     *
     * @param users indices, any order
     * @param k at least 0
     * @param exclude users x items that are left out, rows by user index; the model's shape
     * @return one ranking for each user, shorter than k only if the catalogue is smaller
     * @throws IllegalArgumentException if a user, k or the shape of the exclusions is out of range
     */
    List<Ranking> rank(int[] users, int k, Interactions exclude, Workers workers);

    /** An item by its id, with its score. */
    record Recommendation(String item, double score) {}

    /**
     * The best n items of a user, without known interactions.
     *
     * @throws InputException if the user is null or unknown, nothing was learnt about them, or n is below 1
     */
    default List<Recommendation> recommend(String user, int n) {
        return recommend(user, n, true);
    }

    /**
     * The best n items of a user, fewer only if the catalogue is smaller.
     *
     * @param excludeSeen whether to leave out the user's known interactions ({@link #known})
     * @throws InputException if the user is null or unknown, nothing was learnt about them, or n is below 1
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
     * Writes the model directory; see {@code docs/reference/model-format.md}. An existing model there is replaced atomically.
     *
     * @throws InputException if models of this kind cannot be saved, or the path exists and is not a model
     */
    default void save(Path directory) {
        ModelStore.get().save(this, directory);
    }
}
