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
 */
public record Events(Interactions pairs, float @Nullable [] ratings, long @Nullable [] timestamps) {

    public Events {
        if (ratings != null && ratings.length != pairs.size()
                || timestamps != null && timestamps.length != pairs.size()) {
            throw new IllegalArgumentException(
                    "one rating and one timestamp for each of the " + pairs.size() + " pairs");
        }
    }

    /** Where a pair stands, or a negative number if it is not there. */
    public int position(int user, int item) {
        return Arrays.binarySearch(pairs.columns(), pairs.begin(user), pairs.end(user), item);
    }
}
