package org.mineral.model;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mineral.config.InputException;

/**
 * A user's history: distinct item indices, oldest first, with weights. Immutable.
 *
 * <p>An item with weight 2 counts like two interactions. Models without a notion of order ignore it.
 */
public final class History {

    private final int[] items;
    private final double @Nullable [] weights;

    private History(int[] items, double @Nullable [] weights) {
        this.items = items;
        this.weights = weights;
    }

    /**
     * Items with weight 1.
     *
     * @throws InputException if there are none, one is negative, or one occurs twice
     */
    public static History of(int... items) {
        check(items);
        return new History(items.clone(), null);
    }

    /**
     * Items with weights.
     *
     * @param weights above 0, finite
     * @throws InputException if there is no item, one is negative or occurs twice, or a weight is out of range
     */
    public static History of(int[] items, double[] weights) {
        check(items);
        if (weights.length != items.length) {
            throw new InputException(weights.length + " weights for " + items.length + " items; give one each.");
        }
        for (double weight : weights) {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new InputException("a weight is " + weight + "; allowed: above 0, finite.");
            }
        }
        return new History(items.clone(), weights.clone());
    }

    /**
     * Items with weight 1, from a list with repetitions: the last occurrence of each item is kept.
     *
     * @throws InputException if there is none, or one is negative
     */
    public static History latest(int... items) {
        Set<Integer> latest = new LinkedHashSet<>();
        for (int item : items) {
            latest.remove(item);
            latest.add(item);
        }
        return of(latest.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void check(int[] items) {
        if (items.length == 0) {
            throw new InputException("the history is empty; give at least one item that the model knows.");
        }
        int[] sorted = items.clone();
        Arrays.sort(sorted);
        if (sorted[0] < 0) {
            throw new InputException("the history has the item index " + sorted[0] + "; indices begin with 0.");
        }
        for (int k = 1; k < sorted.length; k++) {
            if (sorted[k] == sorted[k - 1]) {
                throw new InputException("the history has the item index " + sorted[k] + " twice; give it once.");
            }
        }
    }

    /**
     * Checks that a model has all items; returns this.
     *
     * @throws InputException if an index is out of range, or nothing was learnt about an item
     */
    public History checked(Model model) {
        for (int item : items) {
            if (item >= model.items().size()) {
                throw new InputException(String.format(
                        Locale.ROOT,
                        "the history has the item index %d; the model's are 0 to %d.",
                        item,
                        model.items().size() - 1));
            }
            if (!model.population().hasItem(item)) {
                throw new InputException(String.format(
                                Locale.ROOT,
                                "the history has the item '%s', which has no training interactions, so nothing was",
                                model.items().id(item))
                        + " learnt about it; leave it out.");
            }
        }
        return this;
    }

    /** The number of items, at least 1. */
    public int size() {
        return items.length;
    }

    /** A copy of the item indices, oldest first. */
    public int[] items() {
        return items.clone();
    }

    /** The item at a position, 0 the oldest. */
    public int item(int position) {
        return items[position];
    }

    /** The weight of the item at a position; 1 unless weights were given. */
    public double weight(int position) {
        return weights == null ? 1 : weights[position];
    }

    /** The positions in the order of item indices, for sums that have the same bits for any order of the history. */
    public int[] ascending() {
        long[] order = new long[items.length];
        Arrays.setAll(order, k -> (long) items[k] << 32 | k);
        Arrays.sort(order);
        return Arrays.stream(order)
                .mapToInt(itemAndPosition -> (int) itemAndPosition)
                .toArray();
    }

    /** A copy of the weights, one for each item. */
    public double[] weights() {
        double[] all = new double[items.length];
        Arrays.setAll(all, this::weight);
        return all;
    }
}
