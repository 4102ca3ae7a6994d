package org.mineral.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * The items of each user in the order in which they were taken, oldest first: the rows of some {@link Interactions}, in another order.
 * Immutable: the arrays are shared and must not be written to.
 */
public final class Sequences {

    private final Interactions pairs;
    private final int[] items;

    /**
     * @param items a permutation of each row of the pairs; row u begins at {@code pairs.begin(u)}
     * @throws IllegalArgumentException if it is none
     */
    public Sequences(Interactions pairs, int[] items) {
        this.pairs = pairs;
        this.items = items;
        if (items.length != pairs.size()) {
            throw new IllegalArgumentException(items.length + " places for " + pairs + "; allowed: as many");
        }
        for (int u = 0; u < pairs.users(); u++) {
            int[] sorted = of(u);
            Arrays.sort(sorted);
            if (!Arrays.equals(sorted, pairs.row(u))) {
                throw new IllegalArgumentException("the sequence of user " + u + " has other items than the user");
            }
        }
    }

    /**
     * By time, equal times in the order of reading; by that order alone where there are no times.
     *
     * @param name of the data, for the error
     * @param events of these pairs and any others; null if nothing is known of them
     * @throws InputException if neither times nor an order are known
     */
    public static Sequences of(String name, Interactions pairs, @Nullable Events events) {
        return new Sequences(pairs, sorted(pairs, ordered(name, events).of(pairs)));
    }

    /**
     * The events, if they have times or an order.
     *
     * @param name of the data, for the error
     * @throws InputException as {@link #of}
     */
    public static Events ordered(String name, @Nullable Events events) {
        if (events == null || events.moments() == null) {
            throw new InputException(
                    name + " has neither times nor the order of a file, which sequences need. Give data with a"
                            + " column named 'timestamp', or files that are read with the setting keep_order.");
        }
        return events;
    }

    private static int[] sorted(Interactions pairs, Events events) {
        long[] moments = events.moments();
        long[] order = events.order();
        int[] items = new int[pairs.size()];
        Comparator<Integer> earlier = Comparator.comparingLong(k -> moments == null ? 0 : moments[k]);
        Comparator<Integer> sooner = order == null ? earlier : earlier.thenComparingLong(k -> order[k]);
        for (int u = 0; u < pairs.users(); u++) {
            int begin = pairs.begin(u);
            int[] places = IntStream.range(begin, pairs.end(u))
                    .boxed()
                    .sorted(sooner)
                    .mapToInt(k -> k)
                    .toArray();
            for (int k = 0; k < places.length; k++) {
                items[begin + k] = pairs.columns()[places[k]];
            }
        }
        return items;
    }

    /** The same items without their order, users x items. */
    public Interactions pairs() {
        return pairs;
    }

    /** All sequences one after the other; those of user u are at {@code pairs().begin(u)} to {@code pairs().end(u)}. */
    public int[] items() {
        return items;
    }

    /** A copy of one user's items, oldest first. */
    public int[] of(int user) {
        return Arrays.copyOfRange(items, pairs.begin(user), pairs.end(user));
    }

    /** The user whose sequence has this position of {@link #items}. */
    public int owner(int position) {
        int low = 0;
        int high = pairs.users();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (pairs.begin(middle) <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The same sequences in other indices; see {@link Interactions#moved}. */
    public Sequences moved(int[] toUser, int[] toItem, int newUsers, int newItems) {
        Interactions moved = pairs.moved(toUser, toItem, newUsers, newItems);
        int[] placed = new int[moved.size()];
        for (int u = 0; u < toUser.length; u++) {
            for (int k = pairs.begin(u), to = toUser[u] < 0 ? 0 : moved.begin(toUser[u]);
                    toUser[u] >= 0 && k < pairs.end(u);
                    k++) {
                if (toItem[items[k]] >= 0) {
                    placed[to++] = toItem[items[k]];
                }
            }
        }
        return new Sequences(moved, placed);
    }

    /** These sequences, each followed by those of the other's items that it lacks; of one shape. */
    public Sequences followedBy(Sequences later) {
        Interactions union = pairs.union(later.pairs);
        int[] placed = new int[union.size()];
        for (int u = 0; u < union.users(); u++) {
            int to = union.begin(u);
            for (int k = pairs.begin(u); k < pairs.end(u); k++) {
                placed[to++] = items[k];
            }
            for (int k = later.pairs.begin(u); k < later.pairs.end(u); k++) {
                if (!pairs.contains(u, later.items[k])) {
                    placed[to++] = later.items[k];
                }
            }
        }
        return new Sequences(union, placed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sequences that && pairs.equals(that.pairs) && Arrays.equals(items, that.items);
    }

    @Override
    public int hashCode() {
        return 31 * pairs.hashCode() + Arrays.hashCode(items);
    }
}
