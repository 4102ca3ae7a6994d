package org.mineral.data;

import java.util.Arrays;

/**
 * Gives ids their dense indices while files are read. Integer ids go through an open-addressing table of ints, so that
 * a file of numbers makes a string only when it meets an id for the first time.
 */
final class IdIndex {

    private final IdMap.Builder builder = IdMap.builder();
    private int[] keys = filled(1 << 12);
    private int[] indices = new int[1 << 12];
    private int used;

    int of(String id) {
        return builder.add(id);
    }

    /** The index of a non-negative integer; the same as that of its decimal text. */
    int of(int id) {
        int slot = slot(id);
        if (keys[slot] == id) {
            return indices[slot];
        }
        int index = builder.add(Integer.toString(id));
        keys[slot] = id;
        indices[slot] = index;
        if (++used * 2 > keys.length) {
            grow();
        }
        return index;
    }

    int size() {
        return builder.size();
    }

    IdMap build() {
        return builder.build();
    }

    /** Where the id stands, or the free slot where it would. */
    private int slot(int id) {
        int mask = keys.length - 1;
        int slot = (id * 0x9E3779B9 >>> 7) & mask;
        while (keys[slot] != id && keys[slot] >= 0) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldKeys = keys;
        int[] oldIndices = indices;
        keys = filled(oldKeys.length * 2);
        indices = new int[oldKeys.length * 2];
        for (int k = 0; k < oldKeys.length; k++) {
            if (oldKeys[k] >= 0) {
                int slot = slot(oldKeys[k]);
                keys[slot] = oldKeys[k];
                indices[slot] = oldIndices[k];
            }
        }
    }

    private static int[] filled(int length) {
        int[] empty = new int[length];
        Arrays.fill(empty, -1);
        return empty;
    }
}
