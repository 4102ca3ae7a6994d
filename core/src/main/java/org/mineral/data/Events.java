package org.mineral.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rating and time of each interaction. Entry k belongs to the pair at position k
 * of {@code pairs.columns()}. The arrays are shared and must not be written to.
 *
 * @param pairs users x items, all parts together
 * @param ratings one for each pair, or null if there are none
 * @param timestamps one for each pair, in the unit of the file (usually seconds since 1970), or null if there are none; repeated rows use the
 *     same unit
 * @param order the place of each pair's row in the order of reading, train first; or null if it was not kept, or if times alone
 *     order every user's rows
 * @param repeats the rows of pairs that occur in several, or null if no pair does or rows have neither times nor an order
 * @param timeDigits number of decimal places of the timestamps, which are stored as whole numbers: 0, unless small numbers have fractions
 */
public record Events(
        Interactions pairs,
        double @Nullable [] ratings,
        long @Nullable [] timestamps,
        long @Nullable [] order,
        @Nullable RepeatedRows repeats,
        int timeDigits) {

    public Events {
        if (ratings != null && ratings.length != pairs.size()
                || timestamps != null && timestamps.length != pairs.size()
                || order != null && order.length != pairs.size()) {
            throw new IllegalArgumentException(
                    "one rating, timestamp and place for each of the " + pairs.size() + " pairs");
        }
    }

    public Events(
            Interactions pairs, double @Nullable [] ratings, long @Nullable [] timestamps, long @Nullable [] order) {
        this(pairs, ratings, timestamps, order, null, 0);
    }

    public Events(Interactions pairs, double @Nullable [] ratings, long @Nullable [] timestamps) {
        this(pairs, ratings, timestamps, null, null, 0);
    }

    /** Sort keys of a user's pairs: times, or the order of the file if there are none; null if neither is known. */
    public long @Nullable [] moments() {
        return timestamps == null ? order : timestamps;
    }

    /** The events of a subset of the pairs. */
    public Events of(Interactions some) {
        return some.equals(pairs) ? this : at(some, places(some));
    }

    /** The events of the pairs at these ascending positions, which are the pairs of another matrix. */
    public Events at(Interactions renumbered, int[] places) {
        return new Events(
                renumbered,
                ratings == null ? null : PairList.pick(ratings, places, places.length),
                timestamps == null ? null : PairList.pick(timestamps, places, places.length),
                order == null ? null : PairList.pick(order, places, places.length),
                repeats == null ? null : repeats.of(places, pairs.size()),
                timeDigits);
    }

    /** With the repeated rows in other parts; the entries of their pairs are merged again from the rows in the same part. */
    Events in(byte[] parts) {
        if (repeats == null) {
            return this;
        }
        Events moved = new Events(
                pairs,
                ratings == null ? null : ratings.clone(),
                timestamps == null ? null : timestamps.clone(),
                order == null ? null : order.clone(),
                repeats.in(parts),
                timeDigits);
        repeats.in(parts).merge(moved.ratings, moved.timestamps, moved.order);
        return moved;
    }

    /** As {@link #in(byte[])}, for the repeated rows of some of the pairs, in the order of {@code of(some).repeats()}. */
    Events in(Interactions some, byte[] parts) {
        if (repeats == null || some.equals(pairs)) {
            return in(parts);
        }
        boolean[] among = new boolean[pairs.size()];
        for (int place : places(some)) {
            among[place] = true;
        }
        byte[] all = repeats.parts().clone();
        int next = 0;
        for (int r = 0; r < all.length; r++) {
            if (among[repeats.pairs()[r]]) {
                all[r] = parts[next++];
            }
        }
        return in(all);
    }

    private int[] places(Interactions some) {
        int[] places = new int[some.size()];
        for (int u = 0; u < some.users(); u++) {
            int at = pairs.begin(u);
            for (int k = some.begin(u); k < some.end(u); k++, at++) {
                while (pairs.columns()[at] != some.columns()[k]) {
                    at++;
                }
                places[k] = at;
            }
        }
        return places;
    }

    /** The position of a pair, or a negative number if it is missing. */
    public int position(int user, int item) {
        return Arrays.binarySearch(pairs.columns(), pairs.begin(user), pairs.end(user), item);
    }
}
