package org.mineral.model.rank;

import java.util.Arrays;
import org.mineral.config.Internal;

/**
 * Keeps the best k of a stream of scored items: a binary heap whose root is the worst one kept. Score and item share one long
 * key, so that "higher score, then lower index" is one comparison. Not thread-safe.
 *
 * <p>Keys: the score's 32 bits, reordered so that they compare as integers, above the 31 of the largest index less this one.
 */
@Internal
public final class TopK {

    private final long[] keys;
    private int size;

    public TopK(int k) {
        this.keys = new long[k];
    }

    /** The threshold: an item with a score up to this cannot enter, given that items are offered in ascending order. */
    public float threshold() {
        if (keys.length == 0) {
            return Float.POSITIVE_INFINITY;
        }
        return size < keys.length ? Float.NEGATIVE_INFINITY : score(keys[0]);
    }

    /** Offers one item. The score must not be NaN. */
    public void offer(int item, float score) {
        long key = key(item, score);
        if (size < keys.length) {
            keys[size++] = key;
            if (size == keys.length) {
                for (int i = size / 2 - 1; i >= 0; i--) {
                    sink(i, keys[i]);
                }
            }
        } else if (size > 0 && key > keys[0]) {
            sink(0, key);
        }
    }

    /** The items kept, best first. */
    public Ranking ranking() {
        long[] sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted);
        int[] items = new int[size];
        float[] scores = new float[size];
        for (int r = 0; r < size; r++) {
            long key = sorted[size - 1 - r];
            items[r] = Integer.MAX_VALUE - ((int) key & Integer.MAX_VALUE);
            scores[r] = score(key);
        }
        return new Ranking(items, scores);
    }

    /**
     * Sifts a key down from i: along the path of smaller children the smaller of two keys stays and the larger one moves on. Without
     * branches, because they would be unpredictable. Keys have 63 bits, so that differences do not overflow.
     */
    private void sink(int i, long key) {
        int at = i;
        int child = 2 * at + 1;
        while (child < size - 1) {
            child += (int) ((keys[child + 1] - keys[child]) >>> 63);
            long other = keys[child];
            long less = (key - other) & (key - other) >> 63;
            keys[at] = other + less;
            key -= less;
            at = child;
            child = 2 * at + 1;
        }
        if (child < size && keys[child] < key) {
            keys[at] = keys[child];
            at = child;
        }
        keys[at] = key;
    }

    private static long key(int item, float score) {
        // Adding zero turns -0 into 0.
        return (long) flip(Float.floatToRawIntBits(score + 0f)) << 31 | Integer.MAX_VALUE - item;
    }

    private static float score(long key) {
        return Float.intBitsToFloat(flip((int) (key >> 31)));
    }

    /** Maps float bits to integers of the same order by inverting the bits of negative numbers. An involution. */
    private static int flip(int bits) {
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }
}
