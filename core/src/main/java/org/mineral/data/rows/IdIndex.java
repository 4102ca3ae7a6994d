package org.mineral.data.rows;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.mineral.data.IdMap;
import org.mineral.data.text.StringIntTable;

/**
 * Gives ids their dense indices while files are read: in the order of first appearance. Ids are kept as bytes, so that a
 * string is made once for each, at the end; small integers are looked up by their value.
 */
public final class IdIndex {

    private static final int LARGEST_DIRECT = 1 << 24;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

    private final StringIntTable ids = new StringIntTable(true);

    /** Index + 1 of the integers met so far. */
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
    public int[] of(StringIntTable some) {
        return some.addTo(ids);
    }

    int size() {
        return ids.size();
    }

    /**
     * How many ids have a fraction or an exponent, {@code 12.0} or {@code 1e5}, where all of them are numbers: they have
     * probably been integers once, and {@code 12.0} is not the id {@code 12}. 0 where some are other texts.
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
