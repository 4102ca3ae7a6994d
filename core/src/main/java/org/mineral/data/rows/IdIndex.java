package org.mineral.data.rows;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.mineral.config.Internal;
import org.mineral.data.IdMap;
import org.mineral.data.text.StringIntTable;

/**
 * Assigns dense indices to ids while files are read, in the order of first appearance. Ids are stored as bytes, and each becomes a string
 * once, at the end; small integers are looked up by value.
 */
public final class IdIndex {

    private static final int LARGEST_DIRECT = 1 << 24;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

    private final StringIntTable ids = new StringIntTable(true);

    /** By integer: index + 1, or 0 if it has not occurred. */
    private int[] direct = new int[1 << 12];

    public int of(String id) {
        return ids.add(id);
    }

    /** The index of a non-negative integer; the same as that of its decimal text. */
    public int of(int id) {
        if (id < direct.length && direct[id] != 0) {
            return direct[id] - 1;
        }
        int index = of(Integer.toString(id));
        if (id < LARGEST_DIRECT) {
            if (id >= direct.length) {
                direct = Arrays.copyOf(direct, Integer.highestOneBit(id) * 2);
            }
            direct[id] = index + 1;
        }
        return index;
    }

    /** The indices of all ids of another table. */
    @Internal
    public int[] of(StringIntTable some) {
        return some.addTo(ids);
    }

    int size() {
        return ids.size();
    }

    /**
     * If all ids are numbers: how many have a fraction or an exponent, such as {@code 12.0} or {@code 1e5}. They were probably integers, and
     * {@code 12.0} is not the id {@code 12}. Otherwise 0.
     */
    int fractions() {
        int fractions = 0;
        for (int k = 0; k < ids.size(); k++) {
            String id = ids.text(k);
            if (!NUMBER.matcher(id).matches()) {
                return 0;
            }
            fractions += WHOLE.matcher(id).matches() ? 0 : 1;
        }
        return fractions;
    }

    IdMap build() {
        IdMap.Builder builder = IdMap.builder();
        for (int k = 0; k < ids.size(); k++) {
            builder.add(ids.text(k));
        }
        return builder.build();
    }
}
