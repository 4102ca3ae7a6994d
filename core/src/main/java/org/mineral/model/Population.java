package org.mineral.model;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.mineral.data.Interactions;
import org.mineral.linalg.Matrix;

/**
 * The users, items and interactions of a model, in four terms:
 *
 * <ul>
 *   <li>{@link #trained}: the training interactions.
 *   <li>{@link #known}: those of training and validation, which are left out of lists by default.
 *   <li>{@link #hasUser}: the users it can rank for. Users without training interactions are folded in from their other known interactions;
 *       without these, nothing is known about them.
 *   <li>{@link #hasItem}: the items it can rank. An item without training interactions has no score and is in no list, unless the model
 *       knows something else of it.
 * </ul>
 *
 * A model without training interactions, such as imported factors, has all users and items with vectors. Immutable.
 */
public final class Population {

    private final Interactions trained;
    private final Interactions known;
    private final BitSet users;
    private final BitSet items;

    private Population(Interactions trained, Interactions known, BitSet users, BitSet items) {
        this.trained = trained;
        this.known = known;
        this.users = users;
        this.items = items;
    }

    /**
     * For a model that can rank for every user with a known interaction with a trained item.
     *
     * @param trained users x items
     * @param known the same shape; it need not include the training interactions
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Population of(Interactions trained, Interactions known) {
        if (trained.users() != known.users() || trained.items() != known.items()) {
            throw new IllegalArgumentException("trained on " + trained + ", but known are " + known);
        }
        Interactions all = known == trained ? trained : trained.union(known);
        BitSet users = new BitSet(trained.users());
        BitSet items = new BitSet(trained.items());
        if (trained.size() == 0) {
            users.set(0, trained.users());
            items.set(0, trained.items());
            return new Population(trained, all, users, items);
        }
        for (int item : trained.columns()) {
            items.set(item);
        }
        for (int u = 0; u < trained.users(); u++) {
            users.set(u, trained.count(u) > 0 || foldable(all, u, items));
        }
        return new Population(trained, all, users, items);
    }

    /** For a model whose known interactions are its training interactions. */
    public static Population of(Interactions trained) {
        return of(trained, trained);
    }

    /** For a factor model: the users and items with non-zero vectors. */
    Population with(Matrix userVectors, Matrix itemVectors) {
        return new Population(
                trained,
                known,
                where(trained.users(), u -> !isZero(userVectors, u)),
                where(trained.items(), i -> trained.size() > 0 && items.get(i) || !isZero(itemVectors, i)));
    }

    /** For a model that can rank more items than those of the training interactions, such as items with attributes. */
    public Population withItems(IntPredicate more) {
        BitSet all = where(trained.items(), i -> items.get(i) || more.test(i));
        return all.equals(items)
                ? this
                : new Population(
                        trained, known, where(trained.users(), u -> users.get(u) || foldable(known, u, all)), all);
    }

    /** The same population with only those of its items that the predicate accepts; of the users nothing changes. */
    public Population among(IntPredicate part) {
        return new Population(trained, known, users, where(trained.items(), i -> items.get(i) && part.test(i)));
    }

    private static boolean foldable(Interactions known, int user, BitSet items) {
        for (int k = known.begin(user); k < known.end(user); k++) {
            if (items.get(known.columns()[k])) {
                return true;
            }
        }
        return false;
    }

    private static BitSet where(int size, IntPredicate holds) {
        BitSet set = new BitSet(size);
        for (int k = 0; k < size; k++) {
            set.set(k, holds.test(k));
        }
        return set;
    }

    static boolean isZero(Matrix vectors, int row) {
        for (int k = 0; k < vectors.columns(); k++) {
            if (vectors.get(row, k) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The training interactions, users x items. */
    public Interactions trained() {
        return trained;
    }

    /** The interactions of training and validation, left out of lists by default. */
    public Interactions known() {
        return known;
    }

    /** Whether the model can rank for a user. */
    public boolean hasUser(int user) {
        return users.get(user);
    }

    /** Whether the model can rank an item. */
    public boolean hasItem(int item) {
        return items.get(item);
    }

    /** Whether a user has no training interactions and is ranked by their other known interactions. */
    public boolean foldedIn(int user) {
        return trained.size() > 0 && users.get(user) && trained.count(user) == 0;
    }

    /** Number of users that the model can rank for. */
    public int users() {
        return users.cardinality();
    }

    /** Number of items that the model can rank. */
    public int items() {
        return items.cardinality();
    }

    /** The items that the model cannot rank, ascending. */
    public int[] itemsWithout() {
        return where(trained.items(), i -> !items.get(i)).stream().toArray();
    }

    /** The known items from which a user without training interactions is folded in, ascending. */
    public int[] usable(int user) {
        return Arrays.stream(known.row(user)).filter(items::get).toArray();
    }

    /** All interactions that vectors were computed from: those of training and of fold-in. */
    public Interactions learntFrom() {
        boolean[] used = new boolean[known.size()];
        for (int u = 0; u < known.users(); u++) {
            for (int k = known.begin(u); k < known.end(u); k++) {
                int item = known.columns()[k];
                used[k] = foldedIn(u) ? items.get(item) : trained == known || trained.contains(u, item);
            }
        }
        return known.select(k -> used[k]);
    }

    /** Same interactions and the same users and items. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Population that
                && trained.equals(that.trained)
                && known.equals(that.known)
                && users.equals(that.users)
                && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return 31 * trained.hashCode() + known.hashCode();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d of %d users, %d of %d items, trained on %d interactions of %d known",
                users(),
                trained.users(),
                items(),
                trained.items(),
                trained.size(),
                known.size());
    }
}
