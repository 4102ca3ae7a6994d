package org.mineral.model.rank;

import java.util.Arrays;

/**
 * The best k of a stream of scored items: a binary heap whose root is the worst one kept. Score and item share one long
 * key, so that "higher score, then lower index" is one comparison. Not thread-safe.
 *
 * <p>Keys: the score's 32 bits, reordered so that they compare as integers, above the 31 of the largest index less this one.
 */
public final class TopK {

    private final long[] keys;
    private int size;

    public TopK(int k) {
        this.keys = new long[k];
    }

    /** A score must exceed this to be worth offering, given that items are offered in ascending order. */
    public float threshold() {
        if (keys.length == 0) {
            return Float.POSITIVE_INFINITY;
        }
        return size < keys.length ? Float.NEGATIVE_INFINITY : score(keys[0]);
    }

    /** Considers one item. The score is not NaN. */
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

    /** What was kept, best first. */
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
     * Puts a key at i or below, so that no parent exceeds its children: on the way along the smaller children the smaller of
     * two keys stays and the larger one goes on. Without a branch: which child is smaller no processor can guess. Keys
     * have 63 bits, so that differences do not overflow.
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
        // Adding zero makes -0 equal to 0, as floats compare.
        return (long) flip(Float.floatToRawIntBits(score + 0f)) << 31 | Integer.MAX_VALUE - item;
    }

    private static float score(long key) {
        return Float.intBitsToFloat(flip((int) (key >> 31)));
    }

    /** Negative floats order backwards by their bits; turned round, all order as integers. Its own inverse. */
    private static int flip(int bits) {
        return bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
    }
}
