package org.mineral.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about its interactions besides the pair: rating and time. Entry k belongs to the pair at position k
 * of {@code pairs.columns()}. The arrays are shared and must not be written to.
 *
 * @param pairs users x items, all parts together
 * @param ratings one a pair, or null if there are none
 * @param timestamps one a pair, as the file has them (usually seconds since 1970), or null if there are none
 * @param order the place of each pair's row in the order of reading, train first, or null if it was not kept or there
 *     are timestamps
 */
public record Events(
        Interactions pairs, float @Nullable [] ratings, long @Nullable [] timestamps, long @Nullable [] order) {

    public Events {
        if (ratings != null && ratings.length != pairs.size()
                || timestamps != null && timestamps.length != pairs.size()
                || order != null && order.length != pairs.size()) {
            throw new IllegalArgumentException(
                    "one rating, timestamp and place for each of the " + pairs.size() + " pairs");
        }
    }

    public Events(Interactions pairs, float @Nullable [] ratings, long @Nullable [] timestamps) {
        this(pairs, ratings, timestamps, null);
    }

    /** Of parts that may share pairs; a shared pair's rating and time are those of the first part that has it. */
    static Events merge(int users, int items, boolean rated, boolean timed, boolean ordered, PairList.Merged... parts) {
        int total = Arrays.stream(parts).mapToInt(part -> part.pairs().size()).sum();
        int[] offsets = new int[users + 1];
        int[] columns = new int[total];
        float[] ratings = new float[rated ? total : 0];
        long[] timestamps = new long[timed ? total : 0];
        long[] order = new long[ordered ? total : 0];
        int[] next = new int[parts.length];
        int size = 0;
        for (int u = 0; u < users; u++) {
            while (true) {
                int first = -1;
                int item = Integer.MAX_VALUE;
                for (int p = 0; p < parts.length; p++) {
                    Interactions pairs = parts[p].pairs();
                    if (next[p] < pairs.end(u) && pairs.columns()[next[p]] < item) {
                        item = pairs.columns()[next[p]];
                        first = p;
                    }
                }
                if (first < 0) {
                    break;
                }
                float[] partRatings = parts[first].ratings();
                long[] partTimes = parts[first].timestamps();
                if (rated && partRatings != null) {
                    ratings[size] = partRatings[next[first]];
                }
                if (timed && partTimes != null) {
                    timestamps[size] = partTimes[next[first]];
                }
                long[] partOrder = parts[first].order();
                if (ordered && partOrder != null) {
                    order[size] = partOrder[next[first]];
                }
                columns[size++] = item;
                for (int p = 0; p < parts.length; p++) {
                    Interactions pairs = parts[p].pairs();
                    next[p] += next[p] < pairs.end(u) && pairs.columns()[next[p]] == item ? 1 : 0;
                }
            }
            offsets[u + 1] = size;
        }
        return new Events(
                new Interactions(items, offsets, Interactions.cut(columns, size)),
                rated ? Arrays.copyOf(ratings, size) : null,
                timed ? Arrays.copyOf(timestamps, size) : null,
                ordered ? Arrays.copyOf(order, size) : null);
    }

    /** What puts a user's pairs in order: times, or the order of the file where there are none; null if neither is known. */
    public long @Nullable [] moments() {
        return timestamps == null ? order : timestamps;
    }

    /** Of some of the pairs: all of {@code some} must be among them. */
    public Events of(Interactions some) {
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
        return new Events(
                some,
                ratings == null ? null : PairList.pick(ratings, places, places.length),
                timestamps == null ? null : PairList.pick(timestamps, places, places.length),
                order == null ? null : PairList.pick(order, places, places.length));
    }

    /** Where a pair stands, or a negative number if it is not there. */
    public int position(int user, int item) {
        return Arrays.binarySearch(pairs.columns(), pairs.begin(user), pairs.end(user), item);
    }
}
